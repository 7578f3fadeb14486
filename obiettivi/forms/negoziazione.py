# SPDX-License-Identifier: AGPL-3.0-or-later
"""Negotiating a scheda: message, new version, signature, revision; the schede of a year."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from obiettivi.models import FirmaScheda, RevisioneScheda, SchedaBudget
from obiettivi.models.scheda import SchedaQuerySet
from piani.forms import campo_giorno, righe
from piani.models import Azienda


class MessaggioForm(forms.Form):
    testo = forms.CharField(label=_("Messaggio"), max_length=4000, widget=righe(3))


class InviaSchedaForm(forms.Form):
    """The reason is asked from the second version on."""

    motivo = forms.CharField(
        label=_("Che cosa cambia"),
        max_length=2000,
        required=False,
        widget=righe(2),
        help_text=_("Lo legge chi deve firmare la nuova versione."),
    )


class FirmaForm(forms.Form):
    """In which capacity one signs, and the version that one has read."""

    ruolo = forms.ChoiceField(choices=FirmaScheda.Ruolo.choices, widget=forms.HiddenInput)
    versione = forms.IntegerField(widget=forms.HiddenInput)


class RevisioneForm(forms.ModelForm):
    """The act that reopens a scheda, and why."""

    atto_data = campo_giorno(_("Data dell'atto"))

    class Meta:
        model = RevisioneScheda
        fields = ("motivo", "atto_tipo", "atto_numero", "atto_data")
        widgets = {"motivo": righe(3)}

    def _post_clean(self) -> None:
        """The action writes the row, and checks it."""


class AbbandonaForm(forms.Form):
    motivo = forms.CharField(
        label=_("Perché la revisione si abbandona"), max_length=2000, widget=righe(2)
    )


class ConfrontoForm(forms.Form):
    """Two versions of a scheda."""

    prima = forms.TypedChoiceField(label=_("Dalla versione"), coerce=int)
    dopo = forms.TypedChoiceField(label=_("Alla versione"), coerce=int)

    def __init__(self, *args: Any, numeri: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        scelte = [(numero, str(numero)) for numero in numeri]
        for campo in ("prima", "dopo"):
            self.fields[campo].choices = scelte


class InviaMolteForm(forms.Form):
    """The proposals of a year to send."""

    schede = forms.ModelMultipleChoiceField(
        label=_("Schede da inviare"),
        queryset=SchedaBudget.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Scegli almeno una scheda.")},
    )

    def __init__(self, *args: Any, proposte: SchedaQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["schede"].queryset = proposte
        self.fields["schede"].label_from_instance = lambda una: str(una.unita)


class ArchivioForm(forms.Form):
    """Of which azienda and year the schede are wanted."""

    azienda = forms.ModelChoiceField(
        label=_("Azienda"), queryset=Azienda.objects.none(), empty_label=None
    )
    anno = forms.TypedChoiceField(label=_("Anno"), coerce=int)

    def __init__(self, *args: Any, aziende: Any, anni: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["azienda"].queryset = aziende
        self.fields["anno"].choices = [(anno, str(anno)) for anno in anni]
