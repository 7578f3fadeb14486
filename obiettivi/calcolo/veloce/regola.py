# SPDX-License-Identifier: AGPL-3.0-or-later
"""A compiled rule: what a result becomes, as whole numbers ready for arithmetic.

A result is the ratio ``n / d`` with ``d > 0``. Two limits cut its line into at most three zones;
in each the grade is ``(p·n + q·d) / (r·n + s·d)``, and a broken line of the edition follows.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from fractions import Fraction
from math import lcm

from ..misura import Misura

GRANDE = 10**13
"""Coefficients beyond it are left to the reference."""


class NonCompilabile(ValueError):
    """A rule that the fast path does not express."""


class Classe(IntEnum):
    """What a result is made of; the fast path judges only the ones with a figure."""

    ASSENTE = 0
    MANCANTE = 1
    NON_APPLICABILE = 2
    DENOMINATORE_ZERO = 3
    VALORE = 4
    RAPPORTO = 5
    AVANZAMENTO = 6
    TESTO = 7
    ALTRO = 8  # several things together: one at a time, by the reference


class Modo(IntEnum):
    """How the results of a class are judged."""

    CIFRA = 0  # by the zones
    CAMPIONE = 1  # all alike: the reference judges one of them
    SI_NO = 2  # three cases: 0, 1, anything else
    UNO_PER_UNO = 3  # by the reference


@dataclass(frozen=True)
class Zona:
    """The grade ``(p·n + q·d) / (r·n + s·d)`` and the number of the broken line after it."""

    p: int
    q: int
    r: int
    s: int
    catena: int


@dataclass(frozen=True)
class Limite:
    """A point on the line of the results; ``verso_fuori``: equality belongs to the outer zone."""

    punto: Fraction
    verso_fuori: bool

    def __post_init__(self) -> None:
        if max(abs(self.punto.numerator), self.punto.denominator) > GRANDE:
            raise NonCompilabile


@dataclass(frozen=True)
class Regola:
    """How a measure is judged in a period.

    ``zone``: under the lower limit, between, over the upper one. ``frazione`` is the part of the
    year whose result is judged. ``fattore`` multiplies a ratio. ``modi`` says what is done with
    each class of result; a class that is not there is judged one by one. ``campione`` is the
    measure that the reference judges in their place. ``parti``: a target by period judged in a
    whole year, one rule for each part; the other fields are then of no use.
    """

    campione: Misura
    frazione: str = ""
    modi: Mapping[Classe, Modo] = field(default_factory=dict)
    zone: tuple[Zona, Zona, Zona] | None = None
    sotto: Limite | None = None
    sopra: Limite | None = None
    fattore: int = 1
    parti: tuple["Regola", ...] = ()

    def modo(self, classe: Classe) -> Modo:
        """What is done with a class of results."""
        return self.modi.get(classe, Modo.UNO_PER_UNO)


def zona(n: Fraction, costante: Fraction, sotto_n: Fraction, sotto: Fraction, catena: int) -> Zona:
    """The grade ``(n·A + costante) / (sotto_n·A + sotto)`` with A = n/d, brought to integers.

    The denominator must be positive where the zone holds.
    """
    comune = lcm(*(uno.denominator for uno in (n, costante, sotto_n, sotto)))
    interi = [int(uno * comune) for uno in (n, costante, sotto_n, sotto)]
    if max(map(abs, interi)) > GRANDE:
        raise NonCompilabile
    return Zona(*interi, catena)


def costante(punti: Fraction, catena: int) -> Zona:
    """The same grade whatever the result."""
    return Zona(0, punti.numerator, 0, punti.denominator, catena)
