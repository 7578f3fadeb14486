# SPDX-License-Identifier: AGPL-3.0-or-later
"""Amounts as people write them."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.validators import MinValueValidator
from django.utils.translation import gettext_lazy as _

from obiettivi.espressioni.numeri import Illeggibile, numero
from piani.stampa.formati import numero_italiano

CIFRE_INTERE = 12
CENTESIMI = 2


class CampoEuro(forms.CharField):
    """An amount, ``150.000`` or ``1.205,30``: a dot before three digits is of the thousands."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        super().__init__(**{"required": False, "widget": widget} | kwargs)

    def prepare_value(self, value: Any) -> Any:
        return numero_italiano(value, CENTESIMI) if isinstance(value, Decimal) else value

    def clean(self, value: Any) -> Decimal | None:
        testo = super().clean(value).replace("€", "").replace("−", "-").strip()
        if not testo:
            return None
        if testo.startswith("-"):
            raise forms.ValidationError(_("Un importo non può essere negativo."))
        try:
            letto = numero(testo).valore
        except Illeggibile as errore:
            raise forms.ValidationError(f"{errore}.") from errore
        if letto != letto.quantize(Decimal("0.01")):
            raise forms.ValidationError(_("Un importo ha al massimo due decimali."))
        if letto >= Decimal(10) ** CIFRE_INTERE:
            raise forms.ValidationError(_("L'importo è troppo grande."))
        return letto


def campo_quanti(etichetta: Any) -> forms.IntegerField:
    """How many people or companies; empty is not known yet."""
    return forms.IntegerField(
        label=etichetta, required=False, max_value=10_000_000, validators=[MinValueValidator(0)]
    )
