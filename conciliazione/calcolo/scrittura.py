# SPDX-License-Identifier: AGPL-3.0-or-later
"""Amounts and shares as people read them, for the arithmetic that is shown in words."""

from decimal import ROUND_HALF_UP, Decimal

from conciliazione.calcolo.importi import in_centesimi

_ITALIANO = str.maketrans(",.", ".,")


def cifra(valore: Decimal | int) -> str:
    """A figure with its own decimals: ``1205.50`` → ``1.205,5``."""
    esatto = Decimal(valore)
    return f"{esatto.normalize() + 0:,f}".translate(_ITALIANO)


def euro(importo: Decimal) -> str:
    """``1205.5`` → ``€ 1.205,50``."""
    return f"€ {in_centesimi(importo):,f}".translate(_ITALIANO)


def percento(quota: Decimal) -> str:
    """A share with two decimals, half up: ``85.714`` → ``85,71 %``."""
    tonda = quota.quantize(Decimal("0.01"), ROUND_HALF_UP)
    return f"{tonda:,f} %".translate(_ITALIANO)
