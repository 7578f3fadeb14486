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
class Quantita:
    """``fissa + per_x · x + per_y · y``, with x and y figures of each measure.

    They are what its target, its benchmark or its baseline say. ``segno_x`` and ``segno_y`` are
    their signs (-1, 0, 1): measures with the same rule and the same signs share it.
    """

    fissa: Fraction
    per_x: Fraction = Fraction(0)
    per_y: Fraction = Fraction(0)
    segno_x: int = 0
    segno_y: int = 0

    def __add__(self, altra: "Quantita") -> "Quantita":
        return Quantita(
            self.fissa + altra.fissa,
            self.per_x + altra.per_x,
            self.per_y + altra.per_y,
            self.segno_x or altra.segno_x,
            self.segno_y or altra.segno_y,
        )

    def per(self, fattore: Fraction) -> "Quantita":
        """The quantity times a number."""
        return Quantita(
            self.fissa * fattore,
            self.per_x * fattore,
            self.per_y * fattore,
            self.segno_x,
            self.segno_y,
        )

    def __neg__(self) -> "Quantita":
        return self.per(Fraction(-1))

    def __sub__(self, altra: "Quantita") -> "Quantita":
        return self + -altra

    @property
    def verso(self) -> int:
        """The sign of the quantity; ``NonCompilabile`` if two of its terms decide it together."""
        termini = (self.fissa, self.per_x * self.segno_x, self.per_y * self.segno_y)
        versi = [(uno > 0) - (uno < 0) for uno in termini if uno]
        if len(versi) > 1:
            raise NonCompilabile
        return versi[0] if versi else 0

    def __abs__(self) -> "Quantita":
        return self if self.verso >= 0 else -self


NULLA = Quantita(Fraction(0))


Forma = tuple[int, int, int]
"""A whole number ``a·xd + b·xn + c·yn``, with ``x = xn / xd`` and ``y = yn / xd``."""


@dataclass(frozen=True)
class Zona:
    """The grade ``(p·n + q·d) / (r·n + s·d)`` and the number of the broken line after it."""

    p: Forma
    q: Forma
    r: Forma
    s: Forma
    catena: int

    @property
    def fissa(self) -> Fraction | None:
        """The grade, if it is the same for every result and every measure."""
        if any((*self.p, *self.r, *self.q[1:], *self.s[1:])):
            return None
        return Fraction(self.q[0], self.s[0])


@dataclass(frozen=True)
class Limite:
    """A point on the line of the results: ``n / d``, with ``d > 0``.

    ``verso_fuori``: equality belongs to the outer zone.
    """

    n: Forma
    d: int
    verso_fuori: bool


@dataclass(frozen=True)
class Regola:
    """How a measure is judged against one comparison of its target.

    ``zone``: under the lower limit, between, over the upper one. ``fattore`` multiplies a ratio.
    ``modi`` says what is done with each class of result; a class that is not there is judged one
    by one. ``campione`` is the measure that the reference judges in their place; ``dice_quando``:
    what it says then may name the period. ``come_tutte``: what it says of a result without a figure
    is what any rule says.
    """

    campione: Misura
    modi: Mapping[Classe, Modo] = field(default_factory=dict)
    zone: tuple[Zona, Zona, Zona] | None = None
    sotto: Limite | None = None
    sopra: Limite | None = None
    fattore: int = 1
    dice_quando: bool = False
    come_tutte: bool = False

    def modo(self, classe: Classe) -> Modo:
        """What is done with a class of results."""
        return self.modi.get(classe, Modo.UNO_PER_UNO)


def zona(n: Quantita, costante: Quantita, sotto_n: Quantita, sotto: Quantita, catena: int) -> Zona:
    """The grade ``(n·A + costante) / (sotto_n·A + sotto)`` with A = n/d, brought to integers.

    The denominator must be positive where the zone holds.
    """
    tutte = (n, costante, sotto_n, sotto)
    comune = lcm(*(parte.denominator for una in tutte for parte in _coefficienti(una)))
    p, q, r, s = (_forma(una, comune) for una in tutte)
    return Zona(p, q, r, s, catena)


def costante(punti: Fraction, catena: int) -> Zona:
    """The same grade whatever the result."""
    sopra, sotto = (punti.numerator, 0, 0), (punti.denominator, 0, 0)
    return Zona((0, 0, 0), sopra, (0, 0, 0), sotto, catena)


def limite(punto: Quantita, *, verso_fuori: bool) -> Limite:
    """A limit brought to integers."""
    comune = lcm(*(parte.denominator for parte in _coefficienti(punto)))
    if comune > GRANDE:
        raise NonCompilabile
    return Limite(_forma(punto, comune), comune, verso_fuori)


def _coefficienti(una: Quantita) -> tuple[Fraction, Fraction, Fraction]:
    return una.fissa, una.per_x, una.per_y


def _forma(una: Quantita, comune: int) -> Forma:
    fissa, per_x, per_y = (int(parte * comune) for parte in _coefficienti(una))
    forma = fissa, per_x, per_y
    if max(map(abs, forma)) > GRANDE:
        raise NonCompilabile
    return forma
