# SPDX-License-Identifier: AGPL-3.0-or-later
"""The routes of the POLA."""

from typing import Any

from piani.models import Azienda
from tests.factories import PianoFactory
from tests.factories_lavoro_agile import FaseSviluppoFactory, IndicatorePolaFactory, PolaFactory

PUBBLICHE: set[str] = set()
PERSONALI: set[str] = set()
SCRITTURE: set[str] = {"pola_apri"}
MODULI: set[str] = {
    "pola_nuovo", "pola_fasi", "pola_linee_guida", "pola_indicatore_nuovo", "pola_livelli",
    "pola_indicatore_togli",
}  # fmt: skip
NASCOSTE: set[str] = set()


def chiavi(azienda: Azienda) -> dict[str, dict[str, Any]]:
    pola = PolaFactory(piano__azienda=azienda)
    FaseSviluppoFactory(pola=pola)
    indicatore = {"pk": IndicatorePolaFactory(pola=pola).pk}
    ente = {"azienda": azienda.codice}
    piano = {"slug": pola.piano.slug}
    senza = PianoFactory(azienda=azienda, tipo="pola", anno_inizio=2021, anno_fine=2023)
    del_piano = (
        "pola_piano", "pola_andamento", "pola_csv", "pola_fasi", "pola_linee_guida",
        "pola_indicatore_nuovo",
    )  # fmt: skip
    return {
        **dict.fromkeys(("lavoro_agile_pola", "pola_nuovo"), ente),
        **dict.fromkeys(del_piano, piano),
        "pola_apri": {"slug": senza.slug},
        **dict.fromkeys(("pola_livelli", "pola_indicatore_togli"), indicatore),
    }
