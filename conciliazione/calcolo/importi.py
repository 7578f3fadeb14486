# SPDX-License-Identifier: AGPL-3.0-or-later
"""Amounts and shares, always in Decimal: a share stays exact, an amount is in cents."""

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

ZERO = Decimal(0)
CENTO = Decimal(100)
CENTESIMO = Decimal("0.01")


def in_centesimi(importo: Decimal) -> Decimal:
    """An amount to the cent, half up: as the plans print it."""
    return importo.quantize(CENTESIMO, ROUND_HALF_UP)


def somma(importi: Iterable[Decimal | None]) -> Decimal:
    """The sum of those that are there."""
    return sum((uno for uno in importi if uno is not None), ZERO)


def quota(parte: Decimal | None, tutto: Decimal | None) -> Decimal | None:
    """``parte`` as a percentage of ``tutto``, unrounded; None if it cannot be said."""
    if parte is None or not tutto:
        return None
    return parte * CENTO / tutto


def quota_contributo(contributo: Decimal | None, costo: Decimal | None) -> Decimal | None:
    """Which percentage of the cost of a project the contribution covers, unrounded.

    Compare it unrounded with the ceiling of the edition: 70,6 % is above 70 %.
    """
    return quota(contributo, costo)


def parte_di(percento: Decimal, tutto: Decimal) -> Decimal:
    """That percentage of an amount, to the cent: 25 % of 968.676,00 is 242.169,00."""
    return in_centesimi(tutto * percento / CENTO)
