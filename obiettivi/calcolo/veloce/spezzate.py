# SPDX-License-Identifier: AGPL-3.0-or-later
"""Broken lines: functions made of straight stretches, exact, with jumps allowed.

Everything that an edition does to the grade of a method (limits of a missed target, bands,
multipliers, floor, cap) is a broken line; one after the other they are a broken line too.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from ..fasce import Fascia


@dataclass(frozen=True)
class Tratto:
    """``a·x + b`` up to ``fino`` (``None``: for ever), itself included if ``compreso``."""

    fino: Fraction | None
    compreso: bool
    a: Fraction
    b: Fraction

    def tiene(self, x: Fraction) -> bool:
        """Whether ``x`` is not beyond the end of this stretch."""
        return self.fino is None or x < self.fino or (self.compreso and x == self.fino)


Spezzata = tuple[Tratto, ...]
UNO, ZERO = Fraction(1), Fraction(0)
IDENTITA: Spezzata = (Tratto(None, False, UNO, ZERO),)


class NonSpezzata(ValueError):
    """A rule that is not a broken line: a multiplier that itself goes in a line."""


def tratto_di(linea: Spezzata, x: Fraction) -> Tratto:
    """The stretch where ``x`` falls."""
    return next(tratto for tratto in linea if tratto.tiene(x))


def valore(linea: Spezzata, x: Fraction) -> Fraction:
    """The value of the broken line at ``x``."""
    tratto = tratto_di(linea, x)
    return tratto.a * x + tratto.b


def al_massimo(limite: Fraction) -> Spezzata:
    """``min(x, limite)``."""
    return (Tratto(limite, True, UNO, ZERO), Tratto(None, False, ZERO, limite))


def almeno(limite: Fraction) -> Spezzata:
    """``max(x, limite)``."""
    return (Tratto(limite, False, ZERO, limite), Tratto(None, False, UNO, ZERO))


def zero_sotto(limite: Fraction) -> Spezzata:
    """0 under the limit, ``x`` from it up."""
    return (Tratto(limite, False, ZERO, ZERO), Tratto(None, False, UNO, ZERO))


def a_fasce(fasce: Sequence[Fascia]) -> Spezzata:
    """The points of the band where ``x`` falls, as ``fasce.fascia_di`` and ``punti_in`` say."""
    return tuple(
        pezzo
        for posto, fascia in enumerate(fasce)
        for pezzo in _pezzi(fascia, ultima=posto == len(fasce) - 1)
    )


def _pezzi(fascia: Fascia, *, ultima: bool) -> list[Tratto]:
    """One band: flat, or flat up to its start, in a line, flat from its end if it is the last."""
    fino = None if ultima or fascia.a is None else Fraction(fascia.a)
    punti = Fraction(fascia.punti)
    if fascia.punti_a is None or fascia.da is None or fascia.a is None:
        return [Tratto(fino, False, ZERO, punti)]
    da, a, punti_a = Fraction(fascia.da), Fraction(fascia.a), Fraction(fascia.punti_a)
    pendenza = (punti_a - punti) / (a - da)
    prima = Tratto(da, False, ZERO, punti)
    salita = Tratto(a, ultima, pendenza, punti - pendenza * da)
    return [prima, salita, Tratto(None, False, ZERO, punti_a)] if ultima else [prima, salita]


def moltiplicata(fasce: Sequence[Fascia]) -> Spezzata:
    """``x · m(x) / 100`` with m flat in each band; raises ``NonSpezzata`` if one is in a line."""
    fattori = a_fasce(fasce)
    if any(tratto.a for tratto in fattori):
        raise NonSpezzata
    return tuple(Tratto(t.fino, t.compreso, t.b / 100, ZERO) for t in fattori)


def componi(prima: Spezzata, dopo: Spezzata) -> Spezzata:
    """First one broken line, then the other."""
    rotture = sorted(_rotture(prima, dopo))
    if not rotture:
        return (_composto(prima, dopo, ZERO, None, compreso=False),)
    pezzi, sotto = [], rotture[0] - 1
    for rottura in rotture:
        pezzi.append(_composto(prima, dopo, (sotto + rottura) / 2, rottura, compreso=False))
        pezzi.append(_composto(prima, dopo, rottura, rottura, compreso=True))
        sotto = rottura
    pezzi.append(_composto(prima, dopo, sotto + 1, None, compreso=False))
    return _uniti(pezzi)


def _rotture(prima: Spezzata, dopo: Spezzata) -> set[Fraction]:
    """Where the composition may break: the ends of the first, and what it sends to the others."""
    proprie = {tratto.fino for tratto in prima if tratto.fino is not None}
    fini = [tratto.fino for tratto in dopo if tratto.fino is not None]
    portate = {(fine - t.b) / t.a for t in prima if t.a for fine in fini}
    return proprie | portate


def _composto(
    prima: Spezzata, dopo: Spezzata, dentro: Fraction, fino: Fraction | None, *, compreso: bool
) -> Tratto:
    """The stretch of the composition that holds at ``dentro``."""
    uno = tratto_di(prima, dentro)
    due = tratto_di(dopo, uno.a * dentro + uno.b)
    return Tratto(fino, compreso, due.a * uno.a, due.a * uno.b + due.b)


def _uniti(pezzi: Sequence[Tratto]) -> Spezzata:
    """Neighbours on the same line are one stretch."""
    uniti: list[Tratto] = []
    for pezzo in pezzi:
        if uniti and (uniti[-1].a, uniti[-1].b) == (pezzo.a, pezzo.b):
            uniti.pop()
        uniti.append(pezzo)
    return tuple(uniti)
