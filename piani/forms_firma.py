# SPDX-License-Identifier: AGPL-3.0-or-later
"""Forms of the signed PDF."""

from django import forms
from django.utils.translation import gettext_lazy as _


class AllegaForm(forms.Form):
    """The PDF that was signed elsewhere."""

    file = forms.FileField(
        label=_("PDF firmato"),
        widget=forms.ClearableFileInput(attrs={"accept": ".pdf,application/pdf"}),
        help_text=_("Il documento scaricato da qui, firmato in formato PAdES e non risalvato."),
    )


class TogliForm(forms.Form):
    """Why a signed PDF is taken away."""

    motivo = forms.CharField(
        label=_("Motivo"), widget=forms.Textarea(attrs={"rows": 2}), max_length=1000
    )
