# SPDX-License-Identifier: AGPL-3.0-or-later
"""The sheet of a period, filled in: only the rows that were changed are written."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from obiettivi.foglio.colonne import COLONNE, DEL_RESOCONTO, LETTE, NO, SI, STATI
from obiettivi.foglio.confronto import confronta
from obiettivi.foglio.confronto_resoconti import con_resoconti
from obiettivi.foglio.regole import RESOCONTO_MASSIMO, TESTO_MASSIMO
from obiettivi.foglio.testi import pulito
from obiettivi.importazioni.annullo import annulla
from obiettivi.importazioni.resoconti import annulla_resoconti, scrivi_resoconti
from obiettivi.importazioni.scrittura import scrivi
from piani.importazioni import celle
from piani.importazioni.genere import Campo, Contesto, Differenza, Genere, RigaLetta, Scritto

TITOLI = {colonna.nome: colonna.titolo for colonna in (*COLONNE, *DEL_RESOCONTO)}
_numero = celle.numero(4)


def _risultato(cella: Any) -> Any:
    """A number, or yes or no as the list of the sheet says it."""
    if isinstance(cella, bool):
        return SI if cella else NO
    detta = celle.normale(cella) if isinstance(cella, str) else ""
    if detta in ("si", "no"):
        return SI if detta == "si" else NO
    return _numero(cella)


def _testo(massimo: int) -> celle.Lettore:
    """A text just as it is, whatever it begins with: it may have left with the sheet."""

    def leggi(cella: Any) -> str | None:
        detta = pulito(cella if isinstance(cella, str) else celle.scritta(cella))
        if len(detta) > massimo:
            raise ValueError(_("Al massimo %(n)s caratteri.") % {"n": massimo})
        return detta or None

    return leggi


def _resoconto(nome: str) -> Campo:
    return Campo(nome, TITOLI[nome], (str(TITOLI[nome]).lower(),), _testo(RESOCONTO_MASSIMO))


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
        Campo("data", TITOLI["data"], ("giorno",), celle.giorno),
        Campo("testo", TITOLI["testo"], ("nota o motivo",), _testo(TESTO_MASSIMO)),
        *(_resoconto(nome) for nome in ("azioni", "provvedimenti", "criticita", "motivo")),
        Campo("raggiungibile", TITOLI["raggiungibile"], ("raggiungibile al 31 12",), celle.si_no),
        Campo("dichiarato", TITOLI["dichiarato"], ("percentuale dichiarata",),
              celle.numero(2, 0, 100)),
        Campo("resoconto", TITOLI["resoconto"], ("resoconto",), celle.testo(110)),
    )  # fmt: skip

    def confronta(self, contesto: Contesto, righe: Iterable[RigaLetta]) -> Iterator[Differenza]:
        tutte = list(righe)
        risultati = confronta(contesto.azienda, tutte, contesto.da)
        yield from con_resoconti(contesto.azienda, tutte, risultati, contesto.da)

    def scrivi(self, contesto: Contesto, differenze: Iterator[Differenza]) -> Scritto:
        tutte = list(differenze)
        risultati = [una for una in tutte if "st" in una.dati]
        resoconti = [una for una in tutte if "r" in una.dati]
        fatti = [scrivi(contesto, iter(risultati))] if risultati else []
        fatti += [scrivi_resoconti(contesto, resoconti)] if resoconti else []
        return Scritto(
            {nome: valore for uno in fatti for nome, valore in uno.annullo.items()},
            [frase for uno in fatti for frase in uno.effetti],
        )

    def annulla(self, contesto: Contesto) -> list[str]:
        scritto = contesto.importazione.annullo
        frasi = annulla(contesto) if scritto.get("istante") else []
        if resoconti := scritto.get("resoconti"):
            frasi += annulla_resoconti(contesto, resoconti)
        return frasi


GENERE = Foglio()
