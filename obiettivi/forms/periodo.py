# SPDX-License-Identifier: AGPL-3.0-or-later
"""Periods closed to new results, and opened again."""

from django import forms
from django.utils.translation import gettext_lazy as _

from obiettivi.models import Frazione


class PeriodoForm(forms.Form):
    """A period to close, or to open again with a reason."""

    anno = forms.IntegerField(label=_("Anno"))
    frazione = forms.ChoiceField(choices=Frazione.choices, required=False, label=_("Periodo"))
    motivo = forms.CharField(
        label=_("Motivo"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
