# SPDX-License-Identifier: AGPL-3.0-or-later
"""Results, with their figures as people write them."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from obiettivi.azioni.rilevazione import AMMESSE, CIFRE
from obiettivi.calcolo.arrotondamento import italiano
from obiettivi.espressioni.numeri import Illeggibile, numero
from obiettivi.models import Frazione, Indicatore, Rilevazione
from piani.forms import campo_giorno


class NumeroItaliano(forms.CharField):
    """A number as people write it, ``1.205,3`` or ``96,65``; an ambiguous one is asked again."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        super().__init__(**{"required": False, "widget": widget} | kwargs)

    def prepare_value(self, value: Any) -> Any:
        return italiano(value.normalize() + 0) if isinstance(value, Decimal) else value

    def clean(self, value: Any) -> Decimal | None:
        testo = super().clean(value).replace("−", "-").removesuffix("%").strip()
        if not testo:
            return None
        try:
            letto = numero(testo.removeprefix("-").strip())
        except Illeggibile as errore:
            raise forms.ValidationError(f"{errore}.") from errore
        if letto.dubbio:
            raise forms.ValidationError(_("%(dubbio)s: scriverlo senza il punto.") % vars(letto))
        return -letto.valore if testo.startswith("-") else letto.valore


class RilevaForm(forms.Form):
    """A new result of an indicator; only the figures of its kind are asked."""

    anno = forms.IntegerField(label=_("Anno"))
    frazione = forms.ChoiceField(choices=Frazione.choices, required=False, label=_("Periodo"))
    sede = forms.CharField(
        label=_("Sede"), max_length=60, required=False, help_text=_("Vuota: tutta l’azienda.")
    )
    stato = forms.ChoiceField(
        choices=Rilevazione.Stato.choices, initial=Rilevazione.Stato.NUMERO, label=_("Stato")
    )
    valore = NumeroItaliano(label=_("Valore"))
    numeratore = NumeroItaliano(label=_("Numeratore"))
    denominatore = NumeroItaliano(label=_("Denominatore"))
    avanzamento = NumeroItaliano(label=_("Avanzamento %"))
    data = campo_giorno(
        _("Giorno"), required=False, help_text=_("Quando si è raggiunto, come 30/06/2026.")
    )
    testo = forms.CharField(
        label=_("Descrizione, o motivo se non è applicabile"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    origine = forms.CharField(
        label=_("Origine"),
        max_length=200,
        required=False,
        help_text=_("Da dove viene: flusso, file, cella, atto."),
    )

    def __init__(self, *args: Any, indicatore: Indicatore, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chieste = frozenset().union(*AMMESSE[indicatore.tipo_formula])
        for nome in CIFRE:
            if nome not in chieste:
                del self.fields[nome]
        if indicatore.tipo_formula == Indicatore.Formula.SI_NO:
            self.fields["valore"].help_text = _("1 per sì, 0 per no.")
        elif indicatore.unita and "valore" in self.fields:
            self.fields["valore"].label = f"{self.fields['valore'].label} ({indicatore.unita})"
