# SPDX-License-Identifier: AGPL-3.0-or-later
"""Form of the logo of an azienda."""

from django import forms
from django.utils.translation import gettext_lazy as _

from piani.models import LogoAzienda


class LogoForm(forms.Form):
    """A picture and what it says."""

    file = forms.FileField(
        label=_("Logo (PNG)"),
        widget=forms.ClearableFileInput(attrs={"accept": ".png,image/png"}),
        help_text=_(
            "Sfondo bianco o trasparente, largo almeno 600 pixel, fino a 2 MB. Un logo in SVG o "
            "in JPEG si esporta prima in PNG."
        ),
    )
    alternativa = forms.CharField(
        label=_("Testo alternativo"),
        max_length=200,
        help_text=LogoAzienda._meta.get_field("alternativa").help_text,
    )
