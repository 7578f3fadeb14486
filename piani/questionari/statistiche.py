# SPDX-License-Identifier: AGPL-3.0-or-later
"""Figures of anonymous answers, and which of them may be told. Pure: Decimal in, Decimal out.

A small cell is a count from 1 to ``minimo`` - 1: it would speak of a few people. Nobody (0) is a
count like the others. What is told must not give back, by subtraction, what is not.
"""

from collections.abc import Hashable, Mapping
from decimal import Decimal
from itertools import combinations
from math import gcd
from typing import TypeVar

C = TypeVar("C", bound=Hashable)


def quanti(conteggi: Mapping[int, int]) -> int:
    """How many answered."""
    return sum(conteggi.values())


def media(conteggi: Mapping[int, int]) -> Decimal | None:
    """The mean of the values, each as many times as it was given; None of no answer."""
    n = quanti(conteggi)
    if not n:
        return None
    return Decimal(sum(valore * volte for valore, volte in conteggi.items())) / n


def quota(parte: int, tutto: int) -> Decimal | None:
    """A part of a whole in percent, not rounded; None of nothing."""
    return Decimal(parte) * 100 / tutto if tutto else None


def piccola(n: int, minimo: int) -> bool:
    return 0 < n < minimo


def gruppi_detti(quanti_per_gruppo: Mapping[C, int], minimo: int) -> set[C]:
    """The groups whose figures may be told beside those of all: those that stay silent are at
    least two and together at least ``minimo``, or the total would give them back.
    """
    taciuti = {uno for uno, n in quanti_per_gruppo.items() if piccola(n, minimo)}
    while taciuti and not _abbastanza(taciuti, quanti_per_gruppo, minimo):
        pieni = {uno: n for uno, n in quanti_per_gruppo.items() if n and uno not in taciuti}
        if not pieni:
            break
        taciuti.add(_piu_piccolo(pieni))
    return set(quanti_per_gruppo) - taciuti


def valori_detti(conteggi: Mapping[int, int], minimo: int, *, con_media: bool) -> set[int]:
    """The values of a question whose counts may be told, beside how many answered.

    :param con_media: the mean is told too: with it and the total, two missing counts are two
        equations; the counts that stay silent must admit another solution.
    """
    taciuti = {valore for valore, n in conteggi.items() if piccola(n, minimo)}
    piccole = set(taciuti)
    while taciuti and not (
        _abbastanza(taciuti, conteggi, minimo)
        and (not con_media or _ambigui(piccole, taciuti, conteggi))
    ):
        altri = {valore: n for valore, n in conteggi.items() if valore not in taciuti}
        if not altri:
            break
        taciuti.add(_piu_piccolo(altri))
    return set(conteggi) - taciuti


def _abbastanza(taciuti: set[C], conteggi: Mapping[C, int], minimo: int) -> bool:
    return len(taciuti) >= 2 and sum(conteggi[uno] for uno in taciuti) >= minimo


def _piu_piccolo(conteggi: Mapping[C, int]) -> C:
    """The one that costs least to keep silent, always the same among equals."""
    return min(conteggi, key=lambda uno: (conteggi[uno], str(uno)))


def _ambigui(piccole: set[int], taciuti: set[int], conteggi: Mapping[int, int]) -> bool:
    """Whether each small count could be another, with the same total and the same mean.

    Moving answers among three values a < b < c by (c - b, a - c, b - a) changes neither: a small
    count is safe if such a move, one way or the other, leaves no count below zero.
    """
    salvi: set[int] = set()
    for terna in combinations(sorted(taciuti), 3):
        a, b, c = terna
        mossa = (c - b, a - c, b - a)
        divisore = gcd(*mossa)
        for verso in (divisore, -divisore):
            if all(conteggi[v] + m // verso >= 0 for v, m in zip(terna, mossa, strict=True)):
                salvi.update(terna)
    return piccole <= salvi
