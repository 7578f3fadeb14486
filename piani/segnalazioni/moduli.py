# SPDX-License-Identifier: AGPL-3.0-or-later
"""Forms of the reports of errors: they check shape, the action decides."""

from django import forms
from django.utils.translation import gettext_lazy as _

from piani.forms import righe


class SegnalaForm(forms.Form):
    """What anybody writes; with a field that people neither see nor hear, a trap for robots."""

    testo = forms.CharField(
        label=_("Che cosa c'è di sbagliato"), max_length=4000, widget=righe(6),
        help_text=_("Non scrivere dati personali tuoi o di altri."),
    )  # fmt: skip
    dove = forms.CharField(
        label=_("Punto del documento"), max_length=200, required=False,
        help_text=_("La pagina, la tabella, il codice dell'indicatore."),
    )  # fmt: skip
    email = forms.EmailField(
        label=_("Posta elettronica"), required=False,
        help_text=_("Solo se vuoi una risposta."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )  # fmt: skip
    informativa = forms.BooleanField(
        label=_("Ho letto l'informativa sui dati personali qui sopra"),
        error_messages={"required": _("Prima di inviare leggi l'informativa e segna la casella.")},
    )
    fax = forms.CharField(
        label=_("Non scrivere qui"), required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )  # fmt: skip

    @property
    def da_un_robot(self) -> bool:
        return bool(self.data.get(self.add_prefix("fax")))

    @property
    def scritto(self) -> dict[str, str]:
        """What goes to the office."""
        return {nome: self.cleaned_data[nome] for nome in ("testo", "dove", "email")}


class RispostaForm(forms.Form):
    """What the office did of it."""

    risposta = forms.CharField(
        label=_("Risposta"), widget=righe(6), max_length=4000,
        help_text=_("Che cosa si è corretto e in quale versione, o perché no."),
    )  # fmt: skip
