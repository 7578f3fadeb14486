# SPDX-License-Identifier: AGPL-3.0-or-later
"""The routes of the mapping."""

from typing import Any

from django.utils import timezone

from piani.models import Azienda
from tests.factories_lavoro_agile import (
    AttivitaFactory,
    CampagnaFactory,
    MappaturaFactory,
    ProfiloFactory,
)

PUBBLICHE: set[str] = set()
PERSONALI: set[str] = set()
SCRITTURE: set[str] = {
    "campagna_chiudi", "campagna_riapri",
    "mappatura_acquisisci", "mappatura_riapri", "mappatura_togli",
}  # fmt: skip
MODULI: set[str] = {"campagna_nuova", "campagna_modifica", "campagna_unita", "mappatura_compila"}
NASCOSTE: set[str] = set()


def chiavi(azienda: Azienda) -> dict[str, dict[str, Any]]:
    """A form that was sent: until then only who leads the unit and the office find it."""
    trasmessa = MappaturaFactory(
        campagna=CampagnaFactory(azienda=azienda), stato="trasmessa", trasmessa_il=timezone.now()
    )
    AttivitaFactory(mappatura=trasmessa)
    ProfiloFactory(mappatura=trasmessa)
    ente = {"azienda": azienda.codice}
    campagna, scheda = {"pk": trasmessa.campagna_id}, {"pk": trasmessa.pk}
    della_campagna = (
        "campagna", "campagna_modifica", "campagna_unita", "campagna_chiudi", "campagna_riapri",
        "campagna_persone_csv", "campagna_attivita_csv",
    )  # fmt: skip
    della_scheda = (
        "mappatura_scheda", "mappatura_compila", "mappatura_acquisisci", "mappatura_riapri",
        "mappatura_togli",
    )  # fmt: skip
    return {
        **dict.fromkeys(("lavoro_agile_mappatura", "campagna_nuova"), ente),
        **dict.fromkeys(della_campagna, campagna),
        **dict.fromkeys(della_scheda, scheda),
    }
