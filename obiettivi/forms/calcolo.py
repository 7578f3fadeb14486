# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which scores to compute, for true or to see."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from obiettivi.models import Frazione, Prospettiva
from piani.models import Piano


class CalcolaForm(forms.Form):
    """Which scores to compute."""

    prospettiva = forms.ChoiceField(choices=Prospettiva.choices, label=_("Che cosa calcolare"))
    anno = forms.TypedChoiceField(coerce=int, label=_("Anno"))
    frazione = forms.ChoiceField(choices=Frazione.choices, required=False, label=_("Periodo"))

    def __init__(self, *args: Any, piano: Piano, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["anno"].choices = [(anno, str(anno)) for anno in piano.anni]


class IpotesiForm(forms.Form):
    """A supposed result of an indicator of the plan."""

    codice = forms.CharField(label=_("Codice dell'indicatore"), max_length=30)
    anno = forms.TypedChoiceField(coerce=int, label=_("Anno"))
    frazione = forms.ChoiceField(choices=Frazione.choices, label=_("Periodo"), required=False)
    sede = forms.CharField(label=_("Sede"), max_length=60, required=False)
    valore = forms.DecimalField(label=_("Valore"), localize=True, required=False)
    avanzamento = forms.DecimalField(
        label=_("Avanzamento %"), localize=True, required=False, min_value=0, max_value=100
    )

    def __init__(self, *args: Any, piano: Piano, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["anno"].choices = [(anno, str(anno)) for anno in piano.anni]

    def clean(self) -> dict[str, Any]:
        dati = super().clean() or {}
        if not self.errors and dati["valore"] is None and dati["avanzamento"] is None:
            raise forms.ValidationError(_("Scrivi il valore da supporre, oppure l'avanzamento."))
        return dati
