# SPDX-License-Identifier: AGPL-3.0-or-later
"""The sheet of a period, filled in: only the rows that were changed are written."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from obiettivi.foglio.colonne import COLONNE, LETTE, NO, SI, STATI
from obiettivi.foglio.confronto import confronta
from obiettivi.foglio.scrittura import pulito
from obiettivi.importazioni.annullo import annulla
from obiettivi.importazioni.scrittura import scrivi
from piani.importazioni import celle
from piani.importazioni.genere import Campo, Contesto, Differenza, Genere, RigaLetta, Scritto

TITOLI = {colonna.nome: colonna.titolo for colonna in COLONNE}
_numero = celle.numero(4)
TESTO_MASSIMO = 2000


def _risultato(cella: Any) -> Any:
    """A number, or yes or no as the list of the sheet says it."""
    if isinstance(cella, bool):
        return SI if cella else NO
    detta = celle.normale(cella) if isinstance(cella, str) else ""
    if detta in ("si", "no"):
        return SI if detta == "si" else NO
    return _numero(cella)


def _nota(cella: Any) -> str | None:
    """The note just as it is, whatever it begins with: it may have left with the sheet."""
    detta = pulito(cella if isinstance(cella, str) else celle.scritta(cella))
    if len(detta) > TESTO_MASSIMO:
        raise ValueError(_("Al massimo %(n)s caratteri.") % {"n": TESTO_MASSIMO})
    return detta or None


class Foglio(Genere):
    """What comes back of the sheet that ``obiettivi.foglio`` gives out."""

    chiave = "foglio"
    nome = gettext_lazy("Foglio dei risultati, compilato")
    descrizione = gettext_lazy(
        "Il foglio di un periodo scaricato dal piano o dal monitoraggio: si scrivono solo le righe "
        "cambiate, e mai sopra ciò che ha scritto qualcun altro."
    )
    permesso = "obiettivi.usa_foglio"
    ignora = tuple(str(colonna.titolo) for colonna in LETTE)
    campi = (
        Campo("chiave", TITOLI["chiave"], ("chiave",), celle.testo(110), obbligatorio=True),
        Campo("versione", TITOLI["versione"], ("versione",), celle.intero(0)),
        Campo("stato", TITOLI["stato"], ("stato",), celle.scelta(
            {stato: (nome,) for stato, nome in STATI.items()}
        )),
        Campo("valore", TITOLI["valore"], ("risultato",), _risultato),
        Campo("numeratore", TITOLI["numeratore"], ("numeratore",), _numero),
        Campo("denominatore", TITOLI["denominatore"], ("denominatore",), _numero),
        Campo("avanzamento", TITOLI["avanzamento"], ("avanzamento",), _numero),
        Campo("testo", TITOLI["testo"], ("nota o motivo",), _nota),
    )  # fmt: skip

    def confronta(self, contesto: Contesto, righe: Iterable[RigaLetta]) -> Iterator[Differenza]:
        yield from confronta(contesto.azienda, list(righe), contesto.da)

    def scrivi(self, contesto: Contesto, differenze: Iterator[Differenza]) -> Scritto:
        return scrivi(contesto, differenze)

    def annulla(self, contesto: Contesto) -> list[str]:
        return annulla(contesto)


GENERE = Foglio()
