# SPDX-License-Identifier: AGPL-3.0-or-later
"""The scores of many indicators in a period: figures by the core, the rest by the reference.

What has no figure (missing, not applicable, no target, another unit) has one outcome for each
rule and reason: the reference is asked once and the answer is kept.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial
from math import ceil

import numpy as np

from ..arrotondamento import Arrotondamento, Livello, esatto
from ..edizione import Edizione, Metodo, SintesiPeriodi
from ..giudizio import Giudizio, giudica
from ..limiti import arrotonda_al_livello
from ..misura import Periodo
from ..valori import Calcolato
from . import nucleo
from .catene import Catene
from .compila import SENZA_CIFRA, compila, sempre_uguale
from .confronti import Confronti, campione
from .esiti import Esiti
from .insieme import Parte, metti_insieme
from .nucleo import DECIMALI, Interi, Tavola
from .regola import Classe, Regola
from .risultati import FRAZIONI, Risultati
from .voci import AZIENDA, Voci

UnoPerUno = Callable[[Sequence[int]], Iterable[Giudizio]]
"""From the places of some leaves to their judgements by the reference, with all their results."""
_INSIEME = 2048
"""Results set against their rules at a time."""
_DI_TUTTE = -1
_DA_COMPILARE = -1


@dataclass(frozen=True)
class Foglie:
    """Leaves to judge: the voce of each, the row of its indicator, its benchmark in 1e-4."""

    voci: Interi
    chi: Interi
    riferimenti: Interi


def tutto_fisso(edizione: Edizione) -> bool:
    """Whether an edition needs voci whose figures all stay in the modello."""
    return Metodo.INTERPOLAZIONE in vars(edizione.metodi).values()


class Giudice:
    """Judges the leaves of many plans by one edition.

    ``voci`` holds what they ask to be judged on: aziende with other rules may share it. Each of
    its modelli is compiled once, when it is first met.
    """

    def __init__(self, edizione: Edizione, voci: Voci) -> None:
        self.edizione, self.voci = edizione, voci
        self.catene = Catene(edizione)
        self.arrotondamento = nucleo.arrotondamento_di(edizione)
        self.tavola = Tavola(self.catene)
        self._senza_tondi = replace(edizione, arrotondamento=Arrotondamento(livelli=()))
        self._regole = np.zeros(0, np.int64)
        self._campioni: dict[tuple[object, ...], Giudizio] = {}

    @esatto
    def giudica(
        self, foglie: Foglie, periodo: Periodo, risultati: Risultati, uno_per_uno: UnoPerUno
    ) -> Esiti:
        """The scores of leaves in a period."""
        return self.giudica_insieme(
            foglie, [periodo], risultati, lambda _periodo, posti: uno_per_uno(posti)
        )

    @esatto
    def giudica_insieme(
        self,
        foglie: Foglie,
        periodi: Sequence[Periodo],
        risultati: Risultati,
        uno_per_uno: Callable[[Periodo, Sequence[int]], Iterable[Giudizio]],
    ) -> Esiti:
        """The scores of leaves in some periods of a year, one period after the other."""
        regola, quante = self.arrotondamento, len(foglie.voci)
        tondi = regola is not None and regola.decimali <= DECIMALI
        esiti = Esiti.vuoti(quante * len(periodi), tondi=tondi)
        posti = [FRAZIONI.index(periodo.frazione) for periodo in periodi]
        insieme = self.voci.parti().messe_insieme(posti, foglie.voci).ravel()
        confronti = partial(Confronti, self, periodi, foglie, risultati)
        lasciate: list[int] = []
        for quali in _a_pezzi(np.flatnonzero(~insieme)):
            lasciate += self._sole(esiti, confronti(quali))
        for quali in _a_pezzi(np.flatnonzero(insieme)):
            lasciate += self._tante(esiti, confronti(quali))
        for k, periodo in enumerate(periodi):
            sue = [uno for uno in lasciate if k * quante <= uno < (k + 1) * quante]
            giudizi = uno_per_uno(periodo, [uno - k * quante for uno in sue]) if sue else ()
            for posto, giudizio in zip(sue, giudizi, strict=True):
                esiti.metti(posto, giudizio)
        return esiti

    def regole(self, modelli: Interi) -> Interi:
        """The rules of some modelli, by number; those met for the first time are compiled."""
        mancano = len(self.voci.modelli) - len(self._regole)
        self._regole = np.append(self._regole, np.full(mancano, _DA_COMPILARE))
        regole = self._regole[modelli]
        nuovi = np.unique(modelli[regole == _DA_COMPILARE])
        if len(nuovi):
            self._regole[nuovi] = len(self.tavola.campioni) + np.arange(len(nuovi))
            self.tavola.cresci([self._compila(modello) for modello in nuovi.tolist()])
            regole = self._regole[modelli]
        return regole

    def _compila(self, quale: int) -> Regola:
        modello = self.voci.modelli[quale]
        if modello.letture is None:
            return sempre_uguale(modello.misura)
        return compila(modello.misura, modello.letture, self.catene, modello.aperte)

    # --- one part -------------------------------------------------------------------------

    def _sole(self, esiti: Esiti, righe: Confronti) -> list[int]:
        """Leaves with a single comparison; which are left to the reference."""
        esiti.dimostrativo[righe.foglie] = righe.dimostrativo
        posti = righe.foglie[righe.cifre]
        tondi = nucleo.arrotonda(righe.rapporti, self.arrotondamento or nucleo.TRONCO)
        esiti.punti[posti] = tondi.da_salvare()
        fuori = tondi.fuori
        if self.arrotondamento is None:
            esiti.num[posti], esiti.den[posti] = righe.rapporti.num, righe.rapporti.den
            fuori = {riga: righe.valore(riga) for riga in fuori}
        elif not esiti.tondi:
            esiti.num[posti], esiti.den[posti] = tondi.interi, 10**tondi.decimali
        for riga, valore in fuori.items():
            esiti.metti_valore(int(posti[riga]), valore)
        esiti.coperture |= {int(righe.foglie[r]): quota for r, quota in righe.coperture().items()}
        for quali, giudizio in righe.campioni():
            esiti.metti_uguali(righe.foglie[quali], giudizio)
        return righe.foglie[righe.uno_per_uno].tolist()

    # --- several parts --------------------------------------------------------------------

    def _tante(self, esiti: Esiti, righe: Confronti) -> list[int]:
        """Leaves with several parts, or with sites; which are left to the reference."""
        parti = self._parti(righe)
        lasciate = set(righe.foglie[righe.uno_per_uno].tolist())
        per_sede = self.voci.parti().sede[righe.parti] != AZIENDA
        inizi = np.flatnonzero(np.diff(righe.foglie, prepend=-1)).tolist()
        for inizio, fine in zip(inizi, [*inizi[1:], len(righe.foglie)], strict=True):
            posto = int(righe.foglie[inizio])
            if posto in lasciate:
                continue
            come = SintesiPeriodi.MEDIA if per_sede[inizio] else self.edizione.sintesi_periodi
            tutta = metti_insieme(parti[inizio:fine], self.edizione, come)
            if tutta is None:
                lasciate.add(posto)
                continue
            punteggio = tutta.punteggio
            if isinstance(punteggio, Calcolato):
                punteggio = Calcolato(self._tondo(punteggio.valore))
            esiti.metti_punteggio(np.array([posto]), punteggio, tutta.copertura)
            esiti.dimostrativo[posto] = tutta.dimostrativo
        return sorted(lasciate)

    def _parti(self, righe: Confronti) -> list[Parte]:
        """Each row as a part of its leaf, not rounded; what is left out is never looked at."""
        inventati = righe.dimostrativo.tolist()
        coperture = righe.coperture()
        parti = [Parte.vuota()] * len(inventati)
        for k, riga in enumerate(righe.cifre.tolist()):
            punteggio = Calcolato(righe.valore(k))
            parti[riga] = Parte.calcolata(punteggio, coperture.get(riga), inventati[riga])
        for quali, giudizio in righe.campioni(tondi=False):
            una = Parte(giudizio.punteggio, giudizio.copertura, giudizio.dimostrativo)
            for riga in quali.tolist():
                parti[riga] = una
        return parti

    def _tondo(self, valore: Decimal) -> Decimal:
        return arrotonda_al_livello(valore, Livello.INDICATORE, self.edizione)[0]

    # --- samples --------------------------------------------------------------------------

    def campione(
        self,
        suo: Periodo,
        regola: int,
        classe: int,
        testo: str,
        inventato: bool,
        tondi: bool,
    ) -> Giudizio:
        """What the reference says of a result of that class, whatever its figure.

        It is judged in its own part of the year; ``tondi``: its score is rounded. Its steps, that
        nobody reads here, are not kept.
        """
        quando = suo if self.tavola.dice_quando[regola] else None
        come_tutte = self.tavola.come_tutte[regola] and classe in SENZA_CIFRA
        quale = _DI_TUTTE if come_tutte else regola
        chiave = (quando, quale, classe, testo, inventato, tondi)
        if chiave not in self._campioni:
            risultato = campione(suo, Classe(classe), testo, inventato)
            misura = replace(
                self.tavola.campioni[regola], risultati=(risultato,) if risultato else ()
            )
            edizione = self.edizione if tondi else self._senza_tondi
            self._campioni[chiave] = replace(giudica(misura, edizione, suo), passi=())
        return self._campioni[chiave]


def _a_pezzi(quali: Interi) -> Iterator[Interi]:
    """Some thousands at a time, as many in each: a result has a hundred numbers on the way to its
    score.
    """
    yield from np.array_split(quali, ceil(len(quali) / _INSIEME)) if len(quali) else ()
