# SPDX-License-Identifier: AGPL-3.0-or-later
"""The routes of the allocation."""

from typing import Any

from piani.models import Azienda
from tests.factories_conciliazione import (
    EdizioneConciliazioneFactory,
    ManifestazioneFactory,
    ScenarioFactory,
)

PUBBLICHE: set[str] = {"riparto_risultati", "riparto_risultati_csv"}
PERSONALI: set[str] = set()
SCRITTURE: set[str] = {"scenario_copia"}
MODULI: set[str] = {
    "scenario_nuovo", "scenario_modifica", "scenario_elimina", "scenario_scegli",
    "scenario_scorri",
}  # fmt: skip
NASCOSTE: set[str] = set()


def chiavi(azienda: Azienda) -> dict[str, dict[str, Any]]:
    edizione = EdizioneConciliazioneFactory(azienda=azienda, anno_inizio=2007, anno_fine=2008)
    bando = ManifestazioneFactory(edizione=edizione, chiusa=True)
    scenario = {"pk": ScenarioFactory(manifestazione=bando).pk}
    dello_scenario = ("scenario", "scenario_csv", "scenario_copia", *sorted(MODULI))
    return {
        "conciliazione_riparto": {"slug": edizione.slug},
        **dict.fromkeys(dello_scenario, scenario),
        "riparto_bando": {"pk": bando.pk},
        "scenario_nuovo": {"pk": bando.pk},
    }
