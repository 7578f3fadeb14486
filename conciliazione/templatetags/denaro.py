# SPDX-License-Identifier: AGPL-3.0-or-later
"""Amounts of money in the pages of the conciliation."""

from decimal import Decimal

from django import template

from conciliazione.calcolo import parole

register = template.Library()


@register.filter
def euro(importo: Decimal | str | None) -> str:
    """``1205.5`` → ``1.205,50 €``; a dash where it is not known."""
    return "–" if importo in (None, "") else parole.euro(Decimal(importo))
