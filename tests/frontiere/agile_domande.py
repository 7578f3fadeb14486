# SPDX-License-Identifier: AGPL-3.0-or-later
"""The routes of calls and requests."""

from typing import Any

from piani.models import Azienda
from tests.factories_lavoro_agile import BandoAgileFactory, DomandaAgileFactory, TrancheFactory
from tests.frontiere.agile import edizione_di

PUBBLICHE: set[str] = set()
PERSONALI: set[str] = set()
SCRITTURE: set[str] = {
    "agile_bando_pubblica", "agile_bando_concludi", "agile_domanda_presenta",
    "agile_domanda_ritira",
}  # fmt: skip
MODULI: set[str] = {
    "agile_bando_nuovo", "agile_bando_modifica", "agile_bando_tranche", "agile_bando_riapri",
    "agile_bando_annulla", "agile_bando_ammissione", "agile_domanda_nuova",
    "agile_domanda_modifica", "agile_domanda_colloquio", "agile_domanda_parere",
    "agile_domanda_riesame", "agile_domanda_decisione",
}  # fmt: skip
DELLA_DOMANDA = (
    "agile_domanda", "agile_domanda_modifica", "agile_domanda_presenta", "agile_domanda_ritira",
    "agile_domanda_colloquio", "agile_domanda_parere", "agile_domanda_riesame",
    "agile_domanda_decisione",
)  # fmt: skip
# A request is of the person, of the office, of who leads the unit.
NASCOSTE: set[str] = set(DELLA_DOMANDA)
DEL_BANDO = (
    "agile_bando", "agile_bando_modifica", "agile_bando_tranche", "agile_bando_pubblica",
    "agile_bando_concludi", "agile_bando_riapri", "agile_bando_annulla", "agile_bando_cifre",
    "agile_bando_ammissione", "agile_domanda_nuova", "agile_bando_cifre_csv",
)  # fmt: skip


def chiavi(azienda: Azienda) -> dict[str, dict[str, Any]]:
    bando = BandoAgileFactory(edizione=edizione_di(azienda))
    TrancheFactory(bando=bando)
    domanda = DomandaAgileFactory(bando=bando)
    ente, suo, sua = {"azienda": azienda.codice}, {"pk": bando.pk}, {"pk": domanda.pk}
    return {
        **dict.fromkeys(DEL_BANDO, suo),
        **dict.fromkeys(DELLA_DOMANDA, sua),
        **dict.fromkeys(("lavoro_agile_domande", "agile_bando_nuovo"), ente),
    }
