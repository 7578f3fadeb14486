# SPDX-License-Identifier: AGPL-3.0-or-later
"""Forms of the objectives' floor: they check shape, the action decides."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from obiettivi.models import Prospettiva
from piani.models import Piano


class CalcolaForm(forms.Form):
    """Which scores to compute."""

    prospettiva = forms.ChoiceField(choices=Prospettiva.choices, label=_("Che cosa calcolare"))
    anno = forms.TypedChoiceField(coerce=int, label=_("Anno"))

    def __init__(self, *args: Any, piano: Piano, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["anno"].choices = [(anno, str(anno)) for anno in piano.anni]
