# SPDX-License-Identifier: AGPL-3.0-or-later
"""From the leaves to their objectives, all together: sums of whole numbers, one division each.

Where the leaves are rounded their scores are whole numbers of 1e-8, weights are whole hundredths,
and the sums of a mean are exact in ``int64``. Whatever is not a plain mean of such numbers goes
to ``risalita``, one objective at a time.
"""

from collections.abc import Callable
from decimal import Decimal
from functools import partial

import numpy as np

from ..arrotondamento import CENTO, Livello
from ..edizione import Pesi, Politica, Sintesi
from ..limiti import arrotonda_al_livello, limita
from .foglie import Esiti, Stato
from .nucleo import LIMITE, Interi, Veri
from .risalita import Figlio, Risalita

SENZA_PESO = -1
"""In the column of the weights (hundredths of %): not written."""
_UNITA = Decimal(10**8)
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


def risali(
    esiti: Esiti, gruppi: Gruppi, risalita: Risalita, nome: Callable[[int], str]
) -> list[Figlio]:
    """The objectives from their leaves; ``nome`` of a leaf is asked only for a sentence."""
    insieme = _Insieme(esiti, gruppi, risalita)
    fatti = insieme.medie() if risalita.e_media(Livello.OBIETTIVO) and esiti.tondi else {}
    return [
        fatti.get(k) or risalita.nodo(Livello.OBIETTIVO, "", _figli(esiti, gruppi, k, nome))
        for k in range(len(gruppi.inizi))
    ]


def _figli(esiti: Esiti, gruppi: Gruppi, k: int, nome: Callable[[int], str]) -> list[Figlio]:
    inizio = int(gruppi.inizi[k])
    return [
        Figlio(
            esiti.valori[posto],
            _peso(int(gruppi.pesi[posto])),
            esiti.copertura(posto),
            bool(esiti.dimostrativo[posto]),
            partial(nome, posto),
        )
        for posto in range(inizio, inizio + int(gruppi.quante[k]))
    ]


def _peso(centesimi: int) -> Decimal | None:
    return None if centesimi == SENZA_PESO else Decimal(centesimi).scaleb(-2)


class _Insieme:
    """The sums of all the groups at once."""

    def __init__(self, esiti: Esiti, gruppi: Gruppi, risalita: Risalita) -> None:
        self.esiti, self.gruppi, self.risalita = esiti, gruppi, risalita
        self.edizione = risalita.edizione

    def medie(self) -> dict[int, Figlio]:
        """The groups that are a mean of whole numbers, by their number."""
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
        colonne = (somme, divisori, valutati, dovuti, inventati)
        quali = np.flatnonzero(buoni)
        righe = zip(*(colonna[quali].tolist() for colonna in colonne), strict=True)
        return {k: self._figlio(*riga) for k, riga in zip(quali.tolist(), righe, strict=True)}

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
        for posto in (*self.esiti.coperture, *self.esiti.grandi):
            strani[posto] = True
        return strani

    def _figlio(
        self, somma: int, divisore: int, valutati: int, dovuti: int, inventato: bool
    ) -> Figlio:
        edizione = self.edizione
        punti = Decimal(somma) / (divisore * _UNITA)
        if punti < edizione.pavimento or (edizione.tetto is not None and punti > edizione.tetto):
            punti = limita(punti, edizione)[0]
        if Livello.OBIETTIVO in edizione.arrotondamento.livelli:
            punti = arrotonda_al_livello(punti, Livello.OBIETTIVO, edizione)[0]
        copertura = CENTO if valutati == dovuti else 100 * Decimal(valutati) / dovuti
        return Figlio(punti, None, copertura, inventato, str, foglia=False)
