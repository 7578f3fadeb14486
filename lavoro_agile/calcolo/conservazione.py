# SPDX-License-Identifier: AGPL-3.0-or-later
"""How long a datum about a person is kept."""

from calendar import monthrange
from datetime import date


def dopo_mesi(giorno: date, mesi: int) -> date:
    """The same day so many months later, or the last of that month if it has fewer."""
    anno, mese = divmod(giorno.year * 12 + giorno.month - 1 + mesi, 12)
    return date(anno, mese + 1, min(giorno.day, monthrange(anno, mese + 1)[1]))
