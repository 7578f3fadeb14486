# SPDX-License-Identifier: AGPL-3.0-or-later
"""What an edition does to a grade between the method and the rounding, as one broken line.

The same order as the reference: limits of a missed target (``metodi``), bands, multipliers, floor
and cap (``correzioni``). The recovery for exogenous causes is not here: a result that has one goes
to the reference.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum, auto
from fractions import Fraction

from ..edizione import Edizione
from ..fasce import Fascia, problemi_fasce
from ..unita import unita_comune
from .spezzate import (
    IDENTITA,
    Spezzata,
    a_fasce,
    al_massimo,
    almeno,
    componi,
    moltiplicata,
    zero_sotto,
)


class Specie(Enum):
    """What happens to the grade before multipliers, floor and cap."""

    TALE = auto()  # as it is
    MANCATO = auto()  # a missed target: at most ``tetto_se_mancato``, 0 under ``minimo_parziale``
    FASCE = auto()  # points of the edition's bands
    FASCE_MANCATO = auto()  # a missed target, then the bands
    NON_NEGATIVO = auto()  # outside an interval: never under 0


class SenzaFasce(ValueError):
    """The edition asks for bands and has none that can be used."""


@dataclass
class Catene:
    """The broken lines of an edition, each made once; ``linee`` holds them by number."""

    edizione: Edizione
    linee: list[Spezzata] = field(default_factory=list)
    _numeri: dict[tuple[Specie, str], int] = field(default_factory=dict)

    def numero(self, specie: Specie, unita: str = "") -> int:
        """The number of a chain; raises ``NonSpezzata`` or ``SenzaFasce``.

        ``unita`` is that of the target, for the bands by unit.
        """
        chiave = (specie, unita if specie in (Specie.FASCE, Specie.FASCE_MANCATO) else "")
        if chiave not in self._numeri:
            self.linee.append(self._linea(*chiave))
            self._numeri[chiave] = len(self.linee) - 1
        return self._numeri[chiave]

    def _linea(self, specie: Specie, unita: str) -> Spezzata:
        return _in_fila((*self._del_metodo(specie, unita), *self._dopo()))

    def _del_metodo(self, specie: Specie, unita: str) -> tuple[Spezzata, ...]:
        edizione = self.edizione
        mancato = al_massimo(Fraction(edizione.tetto_se_mancato))
        if specie is Specie.MANCATO:
            minimo = edizione.minimo_parziale
            return (mancato,) if minimo is None else (mancato, zero_sotto(Fraction(minimo)))
        if specie is Specie.FASCE:
            return (a_fasce(self._fasce(unita)),)
        if specie is Specie.FASCE_MANCATO:
            return mancato, a_fasce(self._fasce(unita))
        return (almeno(Fraction(0)),) if specie is Specie.NON_NEGATIVO else ()

    def _fasce(self, unita: str) -> tuple[Fascia, ...]:
        fasce = next(
            (una.fasce for una in self.edizione.fasce_unita if unita_comune(una.unita) == unita),
            self.edizione.fasce,
        )
        if problemi_fasce(fasce):
            raise SenzaFasce
        return fasce

    def _dopo(self) -> Iterable[Spezzata]:
        edizione = self.edizione
        if edizione.moltiplicatori:
            yield moltiplicata(edizione.moltiplicatori)
        yield almeno(Fraction(edizione.pavimento))
        if edizione.tetto is not None:
            yield al_massimo(Fraction(edizione.tetto))


def _in_fila(linee: Iterable[Spezzata]) -> Spezzata:
    tutta = IDENTITA
    for linea in linee:
        tutta = componi(tutta, linea)
    return tutta
