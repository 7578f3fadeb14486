# SPDX-License-Identifier: AGPL-3.0-or-later
"""From the leaves to their objectives, all together: sums of whole numbers, one division each.

Where the leaves are rounded their scores are whole numbers of 1e-8, weights are whole hundredths,
and the sums of a mean are exact in ``int64``. Whatever is not a plain mean of such numbers goes
to ``risalita``, one objective at a time.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..arrotondamento import CENTO, Livello
from ..edizione import Pesi, Politica, Sintesi
from ..limiti import arrotonda_al_livello, limita
from .esiti import Esiti, Stato
from .nucleo import LIMITE, Interi, Veri
from .risalita import Figlio, Risalita

SENZA_PESO = -1
"""In the column of the weights (hundredths of %): not written."""
_UNITA = 10**8
_PIENA = 100 * 10**4
_CENTESIMI = 100 * 100


class Gruppi:
    """The leaves of each objective: they come one objective after the other, none empty."""

    def __init__(self, inizi: Interi, pesi: Interi) -> None:
        self.inizi, self.pesi = inizi, pesi
        self.quante = np.diff(np.append(inizi, len(pesi)))
        senza = self.somma((pesi == SENZA_PESO).astype(np.int64))
        self.uguali: Veri = senza == self.quante
        self.misti: Veri = (senza > 0) & ~self.uguali
        # Equal weights are all 1: the sums are then counts.
        self.usati = np.where(np.repeat(self.uguali, self.quante), 1, pesi)

    def somma(self, interi: Interi) -> Interi:
        """The sum of a column in each group."""
        return np.add.reduceat(interi, self.inizi) if len(self.inizi) else interi[:0]

    def alcuni(self, veri: Veri) -> Veri:
        """Whether some row of each group is true."""
        return np.logical_or.reduceat(veri, self.inizi) if len(self.inizi) else veri[:0]


@dataclass
class Nodi:
    """Nodes of a level; where ``pronti``, also as they are stored.

    ``punti`` are in units of 1e-8 and ``coperture`` of 1e-4, cut.
    """

    figli: list[Figlio]
    pronti: Veri
    punti: Interi
    coperture: Interi

    def sparsi(self, posti: Interi, quanti: int, vuoto: Callable[[], Figlio]) -> "Nodi":
        """The same among others, in their places; the others are empty."""
        if len(posti) == quanti:
            return self
        punti, coperture, pronti = np.zeros((3, quanti), np.int64)
        punti[posti], coperture[posti], pronti[posti] = self.punti, self.coperture, self.pronti
        per_posto = dict(zip(posti.tolist(), self.figli, strict=True))
        figli = [per_posto.get(k) or vuoto() for k in range(quanti)]
        return Nodi(figli, pronti != 0, punti, coperture)


def risali(esiti: Esiti, gruppi: Gruppi, risalita: Risalita, nome: Callable[[int], str]) -> Nodi:
    """The objectives from their leaves; ``nome`` of a leaf is asked only for a sentence."""
    return Salita(esiti, gruppi, risalita).nodi(slice(0, len(gruppi.inizi)), nome)


def _figli(esiti: Esiti, gruppi: Gruppi, k: int, nome: Callable[[int], str]) -> list[Figlio]:
    inizio = int(gruppi.inizi[k])
    return [
        Figlio(
            esiti.valore(posto),
            _peso(int(gruppi.pesi[posto])),
            esiti.copertura(posto),
            bool(esiti.dimostrativo[posto]),
            partial(nome, posto),
        )
        for posto in range(inizio, inizio + int(gruppi.quante[k]))
    ]


def _peso(centesimi: int) -> Decimal | None:
    return None if centesimi == SENZA_PESO else Decimal(centesimi).scaleb(-2)


class Salita:
    """The way up of many groups: the sums are made together, the nodes when they are asked."""

    def __init__(self, esiti: Esiti, gruppi: Gruppi, risalita: Risalita) -> None:
        self.esiti, self.gruppi, self.risalita = esiti, gruppi, risalita
        self.edizione = risalita.edizione
        self._tondo = Livello.OBIETTIVO in self.edizione.arrotondamento.livelli
        quanti = len(gruppi.inizi)
        self._punti, self._coperture = np.zeros((2, quanti), np.int64)
        self._pronti = np.zeros(quanti, np.bool_)
        self._medie = np.zeros(0, np.int64)
        self._numeri: list[NDArray[Any]] = [self._medie] * 5
        if risalita.e_media(Livello.OBIETTIVO) and esiti.tondi:
            self._somma()

    def nodi(self, quali: slice, nome: Callable[[int], str]) -> Nodi:
        """The nodes of some groups in a row."""
        mie = slice(*np.searchsorted(self._medie, (quali.start, quali.stop)).tolist())
        posti, numeri = self._medie[mie], [uno[mie].tolist() for uno in self._numeri]
        fatti = [self._figlio(*riga) for riga in zip(*numeri, strict=True)]
        self._pronti[posti] = [intatto for _figlio, intatto in fatti]
        medie = {k: figlio for k, (figlio, _) in zip(posti.tolist(), fatti, strict=True)}
        figli = [
            medie.get(k)
            or self.risalita.nodo(Livello.OBIETTIVO, "", _figli(self.esiti, self.gruppi, k, nome))
            for k in range(quali.start, quali.stop)
        ]
        return Nodi(figli, self._pronti[quali], self._punti[quali], self._coperture[quali])

    def _somma(self) -> None:
        """The sums of the groups that are a mean of whole numbers."""
        stato, gruppi = self.esiti.stato, self.gruppi
        calcolati = stato == Stato.CALCOLATO
        contati, bloccanti = self._contati(calcolati)
        pesata = self.edizione.sintesi.di(Livello.OBIETTIVO) is Sintesi.MEDIA_PESATA
        pesi = gruppi.usati if pesata else np.ones_like(gruppi.usati)
        somme = gruppi.somma(np.where(contati, pesi * self.esiti.punti, 0))
        divisori = gruppi.somma(np.where(contati, pesi, 0))
        dovuti = gruppi.somma(np.where(stato == Stato.ESCLUSO, 0, gruppi.usati))
        valutati = gruppi.somma(np.where(calcolati, gruppi.usati, 0))
        buoni = ~gruppi.alcuni(self._strani() | bloccanti) & ~gruppi.misti & (divisori > 0)
        buoni &= dovuti > 0
        if pesata and self.edizione.pesi is Pesi.MANTENUTI:
            divisori = np.where(gruppi.uguali, gruppi.quante, _CENTESIMI)
        inventati = gruppi.alcuni(self.esiti.dimostrativo)
        self._medie = quali = np.flatnonzero(buoni)
        numeri = [uno[quali] for uno in (somme, divisori, valutati, dovuti)]
        self._da_salvare(quali, *numeri)
        self._numeri = [*numeri, inventati[quali]]

    def _da_salvare(
        self, quali: Interi, somme: Interi, divisori: Interi, valutati: Interi, dovuti: Interi
    ) -> None:
        """Exact as the Decimal would be cut: with such divisors no quotient is near a boundary."""
        self._punti[quali] = np.sign(somme) * (np.abs(somme) // divisori)
        self._coperture[quali] = valutati * _PIENA // dovuti

    def _contati(self, calcolati: Veri) -> tuple[Veri, Veri]:
        """Which leaves enter the mean, and which stop it."""
        contati, bloccanti = calcolati.copy(), self.esiti.stato == Stato.BLOCCATO
        for stato, manca in ((Stato.MANCANTE, True), (Stato.NON_VALUTABILE, False)):
            politica = self.edizione.politica(Livello.OBIETTIVO, manca=manca)
            suoi = self.esiti.stato == stato
            if politica is Politica.ZERO:
                contati |= suoi
            elif politica is Politica.BLOCCA:
                bloccanti |= suoi
        return contati, bloccanti

    def _strani(self) -> Veri:
        """Leaves whose numbers are not whole, or whose coverage is neither all nor nothing."""
        strani: Veri = np.abs(self.esiti.punti) > LIMITE / _CENTESIMI**2
        strani[[*self.esiti.coperture, *self.esiti.grandi]] = True
        return strani

    def _figlio(
        self, somma: int, divisore: int, valutati: int, dovuti: int, inventato: bool
    ) -> tuple[Figlio, bool]:
        """The node, and whether it is the mean as it came."""
        edizione = self.edizione
        punti = Decimal(somma) / Decimal(divisore * _UNITA)
        fuori = punti < edizione.pavimento or (
            edizione.tetto is not None and punti > edizione.tetto
        )
        if fuori:
            punti = limita(punti, edizione)[0]
        if self._tondo:
            punti = arrotonda_al_livello(punti, Livello.OBIETTIVO, edizione)[0]
        copertura = CENTO if valutati == dovuti else 100 * Decimal(valutati) / dovuti
        figlio = Figlio(punti, None, copertura, inventato, str, foglia=False)
        return figlio, not (fuori or self._tondo)
