# SPDX-License-Identifier: AGPL-3.0-or-later
"""A KPI against where it started from and where it was to arrive. None = not measured."""

from decimal import Decimal


def variazione(base: Decimal | None, valore: Decimal | None) -> Decimal | None:
    """How much it moved from its baseline."""
    return None if base is None or valore is None else valore - base


def variazione_percento(base: Decimal | None, valore: Decimal | None) -> Decimal | None:
    """The same in percent of the baseline; None of a baseline that is zero."""
    mossa = variazione(base, valore)
    return None if mossa is None or not base else mossa * 100 / abs(base)


def cammino(base: Decimal | None, atteso: Decimal | None, valore: Decimal | None) -> Decimal | None:
    """The part of the way from the baseline to the expected value, in percent: under 0 if it went
    the other way, over 100 if it went further. It works for values that are to fall too.
    """
    if base is None or atteso is None or valore is None or base == atteso:
        return None
    return (valore - base) * 100 / (atteso - base)


def migliora(base: Decimal | None, valore: Decimal | None, *, cresce: bool) -> bool | None:
    """Whether it is better than the baseline; None if it is the same, or cannot be told.

    :param cresce: the more, the better.
    """
    mossa = variazione(base, valore)
    if not mossa:
        return None
    return (mossa > 0) is cresce
