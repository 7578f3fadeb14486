# SPDX-License-Identifier: AGPL-3.0-or-later
"""Whole cents shared in proportion, none lost: the method of the largest remainders.

Each gets its exact share cut to the cent. The cents left, always fewer than those who have a
remainder, go one each to the largest remainders; equal remainders go to the larger weight, then to
the key that comes first. The order in which the weights are given changes nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Quota:
    """What one gets: cents, the exact share they come from, whether one was of the remainders."""

    centesimi: int
    esatta: Fraction
    dai_resti: bool = False


def in_proporzione(totale: int, pesi: Mapping[str, int]) -> dict[str, Quota]:
    """Share ``totale`` cents in proportion to weights not below zero; all zero, nobody gets any.

    As long as ``totale`` is not above the sum of the weights, nobody gets more than its weight.
    """
    somma = sum(pesi.values())
    if not somma:
        return {chiave: Quota(0, Fraction(0)) for chiave in pesi}
    esatte = {chiave: Fraction(totale * peso, somma) for chiave, peso in pesi.items()}
    intere = {chiave: int(quota) for chiave, quota in esatte.items()}
    avanzano = totale - sum(intere.values())
    in_fila = sorted(pesi, key=lambda k: (intere[k] - esatte[k], -pesi[k], k))
    fortunate = set(in_fila[:avanzano])
    return {
        chiave: Quota(intere[chiave] + (chiave in fortunate), esatte[chiave], chiave in fortunate)
        for chiave in pesi
    }
