# SPDX-License-Identifier: AGPL-3.0-or-later
"""Forms of the financial plan: they check shape, the action decides."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from conciliazione.azioni.finanziario import posto_nuovo
from conciliazione.finanziario.grandezze import nomi_di
from conciliazione.forms.campi import CampoEuro
from conciliazione.models import PianoFinanziario, VoceFinanziaria
from piani.forms import righe


class ApriPianoForm(forms.Form):
    """The name of a new version."""

    nome = forms.CharField(label=_("Nome del piano finanziario"), max_length=200)


class VoceForm(forms.ModelForm):
    """An item: where it stands, what it comes to, what is printed."""

    class Meta:
        model = VoceFinanziaria
        fields = (
            "parte", "nome", "codice", "padre", "ordine", "importo", "calcolo", "stampato",
            "importo_stampato", "nota",
        )  # fmt: skip
        widgets = {"nota": righe(3)}
        help_texts = {
            "stampato": _("Il testo come sta nel documento, per esempio «€ 1.586.009,34»."),
            "nota": _("Se la cifra stampata è diversa da quella calcolata, scrivi perché."),
        }

    def __init__(self, *args: Any, piano: PianoFinanziario, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["importo"] = CampoEuro(
            label=_("Importo"), initial=self.instance.importo,
            help_text=_("Scritto a mano. Vuoto se non si sa ancora, o se è calcolato."),
        )  # fmt: skip
        self.fields["importo_stampato"] = CampoEuro(
            label=_("Importo stampato"), initial=self.instance.importo_stampato,
            help_text=_("La cifra stampata, come numero."),
        )  # fmt: skip
        calcoli = [("", _("Nessuno: importo scritto a mano, o somma delle voci sotto"))]
        self.fields["calcolo"] = forms.ChoiceField(
            label=_("Calcolo"),
            required=False,
            choices=[*calcoli, *nomi_di(piano.edizione).items()],
            initial=self.instance.calcolo,
        )
        altre = piano.voci.exclude(pk=self.instance.pk)
        self.fields["padre"].queryset = altre
        self.fields["padre"].label = _("Fa parte di")
        self.fields["padre"].empty_label = _("Nessuna: è una voce principale")
        self.fields["codice"].required = False
        self.fields["codice"].help_text = _("Vuoto: si prende dal nome.")
        if not self.instance.pk:
            self.fields["ordine"].initial = posto_nuovo(piano)

    def _post_clean(self) -> None:
        """The item stays as it is: the action writes, on the item as it is then."""


class PresaAttoForm(forms.Form):
    """Why a difference stays."""

    motivo = forms.CharField(label=_("Perché la differenza resta"), widget=righe(3))
