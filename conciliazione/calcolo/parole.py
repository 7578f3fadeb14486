# SPDX-License-Identifier: AGPL-3.0-or-later
"""Figures, shares and amounts of money the Italian way: the one form that pages, sentences and
messages of the conciliation use (the number first, then its unit, as in the rest of the product).
"""

from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from fractions import Fraction

from conciliazione.calcolo.importi import CENTESIMO, in_centesimi

_VERSO = str.maketrans(",.", ".,")


def cifra(valore: Decimal | int) -> str:
    """``1205.30`` → ``1.205,3``: no zeros after the last digit that says something."""
    return f"{Decimal(valore).normalize() + 0:,f}".translate(_VERSO)


def importo(valore: Decimal) -> str:
    """``1205.3`` → ``1.205,30``, for a table whose heading says the currency."""
    return f"{in_centesimi(valore):,f}".translate(_VERSO)


def euro(valore: Decimal) -> str:
    """``1205.3`` → ``1.205,30 €``."""
    return f"{importo(valore)} €"


def percento(quota: Decimal) -> str:
    """A share with two decimals, half up: ``85.714`` → ``85,71 %``."""
    return f"{quota.quantize(CENTESIMO, ROUND_HALF_UP):,f} %".translate(_VERSO)


def troncata(valore: Fraction, decimali: int) -> Decimal:
    """A fraction cut after some decimals, never rounded up."""
    scala: int = 10**decimali
    return Decimal(valore.numerator * scala // valore.denominator).scaleb(-decimali)


def quota_in_parole(valore: Fraction, decimali: int = 6) -> str:
    """A share of one as a percentage: ``98,4 %``, or ``33,333333… %`` when it does not end."""
    intera = troncata(valore * 100, decimali)
    segue = "" if Fraction(intera) == valore * 100 else "…"
    return f"{cifra(intera)}{segue} %"


def in_basso(valore: Fraction) -> Decimal:
    """A fraction of euro to the cent, downwards."""
    return troncata(valore, 2).quantize(CENTESIMO, ROUND_DOWN)
