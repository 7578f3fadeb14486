# SPDX-License-Identifier: AGPL-3.0-or-later
"""Figures the Italian way, for the sentences that tell a computation."""

from decimal import ROUND_DOWN, Decimal
from fractions import Fraction

_VERSO = str.maketrans(",.", ".,")


def cifra(valore: Decimal) -> str:
    """``1205.30`` → ``1.205,3``: no zeros after the last digit that says something."""
    intero = valore == valore.to_integral_value()
    return f"{valore.quantize(Decimal(1)) if intero else valore.normalize():,f}".translate(_VERSO)


def importo(valore: Decimal) -> str:
    """``1205.3`` → ``1.205,30``."""
    return f"{valore:,.2f}".translate(_VERSO)


def euro(valore: Decimal) -> str:
    return f"{importo(valore)} €"


def troncata(valore: Fraction, decimali: int) -> Decimal:
    """A fraction cut after some decimals, never rounded up."""
    scala: int = 10**decimali
    return Decimal(valore.numerator * scala // valore.denominator).scaleb(-decimali)


def quota_in_parole(valore: Fraction, decimali: int = 6) -> str:
    """A share of one as a percentage: ``98,4 %``, or ``33,333333… %`` when it does not end."""
    percento = troncata(valore * 100, decimali)
    segue = "" if Fraction(percento) == valore * 100 else "…"
    return f"{cifra(percento)}{segue} %"


def in_basso(valore: Fraction) -> Decimal:
    """A fraction of euro to the cent, downwards."""
    return troncata(valore, 2).quantize(Decimal("0.01"), ROUND_DOWN)
