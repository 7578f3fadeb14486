# SPDX-License-Identifier: AGPL-3.0-or-later
"""Days into moments."""

from datetime import date, datetime, time

from django.utils import timezone


def a_mezzogiorno(giorno: date) -> datetime:
    """A moment for a day of which the hour is not known: the same day in every time zone here."""
    return timezone.make_aware(datetime.combine(giorno, time(12)))
