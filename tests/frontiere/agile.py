# SPDX-License-Identifier: AGPL-3.0-or-later
"""The entrance of the lavoro agile, the page of an azienda, an edition."""

from typing import Any

from lavoro_agile.models import EdizioneLavoroAgile
from piani.models import Azienda
from tests.factories_lavoro_agile import EdizioneAgileFactory

PUBBLICHE: set[str] = set()
PERSONALI: set[str] = {"lavoro_agile"}
SCRITTURE: set[str] = {"lavoro_agile_edizione_in_vigore", "lavoro_agile_edizione_chiudi"}
MODULI: set[str] = {
    "lavoro_agile_edizione_nuova", "lavoro_agile_edizione_dati", "lavoro_agile_regole",
}  # fmt: skip
NASCOSTE: set[str] = set()


def edizione_di(azienda: Azienda) -> EdizioneLavoroAgile:
    """The edition in force, one for all the parts."""
    in_vigore = EdizioneLavoroAgile.objects.in_vigore().filter(azienda=azienda).first()
    return in_vigore or EdizioneAgileFactory(azienda=azienda)


def chiavi(azienda: Azienda) -> dict[str, dict[str, Any]]:
    edizione = {"slug": edizione_di(azienda).slug}
    ente = {"azienda": azienda.codice}
    return {
        **dict.fromkeys(
            ("lavoro_agile_edizione", "lavoro_agile_edizione_dati", *sorted(SCRITTURE)), edizione
        ),
        "lavoro_agile_regole": edizione | {"sezione": "motivi"},
        **dict.fromkeys(("lavoro_agile_azienda", "lavoro_agile_edizione_nuova"), ente),
    }
