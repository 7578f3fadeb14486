# SPDX-License-Identifier: AGPL-3.0-or-later
"""Looking at results as they were known on a day: ``?al=2022-10-31``."""

from datetime import date, datetime, time, timedelta

from django import forms
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class AlForm(forms.Form):
    """The day; all that was known by its end counts."""

    al = forms.DateField(
        label=_("Come si conosceva al"),
        required=False,
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


def giorno_di(request: HttpRequest) -> date | None:
    """The day asked for; none when it is not said, or is not a day."""
    form = AlForm(request.GET)
    return form.cleaned_data["al"] if form.is_valid() else None


def momento(request: HttpRequest) -> datetime | None:
    """The last instant of the day asked for, in the time of the place."""
    giorno = giorno_di(request)
    if giorno is None or giorno.year in (1, 9999):
        return None
    return timezone.make_aware(datetime.combine(giorno + timedelta(days=1), time())) - timedelta(
        microseconds=1
    )
