# SPDX-License-Identifier: AGPL-3.0-or-later
"""Forms of the ground floor: they check shape, the action decides."""

from django import forms
from django.utils.translation import gettext_lazy as _


class DataForm(forms.Form):
    """A day, to look at things as they were then."""

    data = forms.DateField(
        label=_("Alla data"),
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class PubblicaForm(forms.Form):
    """The reason of a new version of a published document."""

    motivo = forms.CharField(
        label=_("Motivo della nuova versione"),
        required=False,
        help_text=_("Obbligatorio se il documento è già pubblicato: comparirà accanto ad esso."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
