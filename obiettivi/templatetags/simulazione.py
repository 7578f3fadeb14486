# SPDX-License-Identifier: AGPL-3.0-or-later
"""Figures of a simulation in the pages, the Italian way."""

from decimal import Decimal

from django import template

from obiettivi.calcolo.arrotondamento import italiano, numero

register = template.Library()


@register.filter
def all_italiana(testo: str) -> str:
    """The exact text of a score with its decimals: ``87.50`` → ``87,50``; "" stays ""."""
    return italiano(Decimal(testo)) if testo else ""


@register.filter
def cifra_corta(valore: Decimal) -> str:
    """A figure with two decimals at most."""
    return numero(valore.quantize(Decimal("0.01")))
