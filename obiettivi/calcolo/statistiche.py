# SPDX-License-Identifier: AGPL-3.0-or-later
"""Figures of a set of scores: mean, spread, how much the judgements differ."""

from collections.abc import Sequence
from decimal import Decimal

from .arrotondamento import ZERO, esatto


@esatto
def media(valori: Sequence[Decimal]) -> Decimal | None:
    """The mean; none of nothing."""
    return sum(valori, ZERO) / len(valori) if valori else None


@esatto
def scarto(valori: Sequence[Decimal]) -> Decimal | None:
    """The standard deviation of the whole set: √(Σ (v − m)² ÷ n)."""
    centro = media(valori)
    if centro is None:
        return None
    return (sum(((uno - centro) ** 2 for uno in valori), ZERO) / len(valori)).sqrt()


@esatto
def differenziazione(conteggi: Sequence[int]) -> Decimal | None:
    """Gini's index of heterogeneity: (1 − Σ fᵢ²) · k ÷ (k − 1), from 0 (all in one class) to 1
    (spread evenly); none with one class or nobody.
    """
    totale, classi = sum(conteggi), len(conteggi)
    if not totale or classi < 2:
        return None
    quote = sum(((Decimal(uno) / totale) ** 2 for uno in conteggi), ZERO)
    return (1 - quote) * classi / (classi - 1)
