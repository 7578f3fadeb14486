# SPDX-License-Identifier: AGPL-3.0-or-later
"""The scores of the leaves of a period, as columns."""

from dataclasses import dataclass, field
from decimal import Decimal
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from ..arrotondamento import CENTO, ZERO, Modo, arrotonda
from ..giudizio import Giudizio
from ..valori import Calcolato, Escluso, Motivo, NonCalcolabile, Punteggio
from .nucleo import DECIMALI, Interi, Piccoli, Veri

Punti = Decimal | NonCalcolabile | Escluso
"""A score as the roll-up takes it: the figure, or what stands in its place."""
_TETTO_COLONNA = 9 * 10**10


class Stato(IntEnum):
    """What a score is, for the roll-up."""

    CALCOLATO = 0
    MANCANTE = 1
    NON_VALUTABILE = 2
    ESCLUSO = 3
    BLOCCATO = 4


def _stato(punti: NonCalcolabile | Escluso) -> Stato:
    if isinstance(punti, Escluso):
        return Stato.ESCLUSO
    casi = {Motivo.NESSUN_VALORE: Stato.MANCANTE, Motivo.BLOCCATO: Stato.BLOCCATO}
    return casi.get(punti.motivo, Stato.NON_VALUTABILE)


@dataclass
class Esiti:
    """The scores of the leaves, in their order.

    ``punti`` are what is stored, cut to 1e-8 (those beyond 64 bits are in ``grandi``); where they
    are not the whole score (``tondi`` says that they are), that is ``num / den``, or is kept in
    ``esatti``. ``motivo`` is the place in ``detti`` of what stands for a score that is not there.
    ``coperture`` holds those that are neither 100 with a score nor 0 without.
    """

    stato: Piccoli
    punti: Interi
    num: Interi
    den: Interi
    motivo: NDArray[np.int32]
    dimostrativo: Veri
    tondi: bool
    detti: list[NonCalcolabile | Escluso] = field(default_factory=list)
    esatti: dict[int, Decimal] = field(default_factory=dict)
    grandi: dict[int, Decimal] = field(default_factory=dict)
    coperture: dict[int, Decimal] = field(default_factory=dict)

    @classmethod
    def vuoti(cls, quanti: int, *, tondi: bool) -> "Esiti":
        """All at zero, to be filled."""
        stato, motivo = np.zeros(quanti, np.int8), np.zeros(quanti, np.int32)
        punti, num, den = np.zeros((3, quanti), np.int64)
        return cls(stato, punti, num, den, motivo, np.zeros(quanti, np.bool_), tondi)

    def parte(self, inizio: int, fine: int) -> "Esiti":
        """The scores of some leaves in a row."""
        pezzo = slice(inizio, fine)
        return Esiti(
            self.stato[pezzo],
            self.punti[pezzo],
            self.num[pezzo],
            self.den[pezzo],
            self.motivo[pezzo],
            self.dimostrativo[pezzo],
            self.tondi,
            self.detti,
            *(
                {k - inizio: valore for k, valore in uno.items() if inizio <= k < fine}
                for uno in (self.esatti, self.grandi, self.coperture)
            ),
        )

    def valore(self, posto: int) -> Punti:
        """The exact score of a leaf; call it inside the precision of the package."""
        if self.stato[posto] != Stato.CALCOLATO:
            return self.detti[self.motivo[posto]]
        if posto in self.esatti:
            return self.esatti[posto]
        if self.den[posto]:
            return Decimal(int(self.num[posto])) / Decimal(int(self.den[posto]))
        return Decimal(int(self.punti[posto])).scaleb(-DECIMALI)

    def copertura(self, posto: int) -> Decimal:
        """The share of the leaf that was evaluated, 0-100."""
        piena = CENTO if self.stato[posto] == Stato.CALCOLATO else ZERO
        return self.coperture.get(posto, piena)

    def metti(self, posto: int, giudizio: Giudizio) -> None:
        """Put the judgement of the reference in its place."""
        self.metti_uguali(np.array([posto]), giudizio)

    def metti_uguali(self, posti: Interi, giudizio: Giudizio) -> None:
        """Put the same judgement in several places."""
        self.dimostrativo[posti] = giudizio.dimostrativo
        self.metti_punteggio(posti, giudizio.punteggio, giudizio.copertura)

    def metti_punteggio(self, posti: Interi, punteggio: Punteggio, copertura: Decimal) -> None:
        """Put the same score, already rounded, in several places."""
        con_punti = isinstance(punteggio, Calcolato)
        if copertura != (CENTO if con_punti else ZERO):
            self.coperture.update(dict.fromkeys(posti.tolist(), copertura))
        if isinstance(punteggio, Calcolato):
            for posto in posti.tolist():
                self.metti_valore(posto, punteggio.valore)
        else:
            self.stato[posti], self.motivo[posti] = _stato(punteggio), len(self.detti)
            self.detti.append(punteggio)

    def metti_valore(self, posto: int, valore: Decimal) -> None:
        """Put a score that is already rounded in its place."""
        tronco = arrotonda(valore, Modo.TRONCAMENTO, DECIMALI)
        if abs(tronco) < _TETTO_COLONNA:
            self.punti[posto] = int(tronco.scaleb(DECIMALI))
        else:
            self.grandi[posto] = tronco
        if not self.tondi or posto in self.grandi:
            self.esatti[posto] = valore
