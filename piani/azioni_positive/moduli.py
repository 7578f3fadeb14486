# SPDX-License-Identifier: AGPL-3.0-or-later
"""Forms of the azioni positive: they check shape, the action decides."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from piani.azioni_positive.azioni import PERMESSO, SCRITTI
from piani.forms import RigaForm, righe
from piani.models import (
    AreaAzioniPositive,
    Azienda,
    AzionePositiva,
    MonitoraggioAzione,
    UnitaOrganizzativa,
    Utente,
)


class NuovoPositivoForm(forms.Form):
    """A plan of the azioni positive to begin."""

    azienda = forms.ModelChoiceField(
        label=_("Azienda"), queryset=Azienda.objects.none(), to_field_name="codice"
    )
    titolo = forms.CharField(
        label=_("Titolo"), max_length=200, initial=_("Piano delle azioni positive")
    )
    anno_inizio = forms.IntegerField(label=_("Primo anno"))
    anno_fine = forms.IntegerField(label=_("Ultimo anno"))

    def __init__(self, *args: Any, utente: Utente, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        visibili = Azienda.objects.visibili_a(utente)
        mie = [una.pk for una in visibili if utente.has_perm(PERMESSO, una)]
        self.fields["azienda"].queryset = Azienda.objects.filter(pk__in=mie)
        if len(mie) == 1:
            self.fields["azienda"].initial = Azienda.objects.get(pk=mie[0])
        anno = timezone.localdate().year + 1
        self.fields["anno_inizio"].initial, self.fields["anno_fine"].initial = anno, anno + 2


class AreaForm(RigaForm):
    class Meta:
        model = AreaAzioniPositive
        fields = ("nome", "descrizione")
        widgets = {"descrizione": righe(4)}


class AzioneForm(RigaForm):
    """An action; the unit is of the chart in force today, or the one it already names."""

    class Meta:
        model = AzionePositiva
        fields = AzionePositiva.SCRITTI
        widgets = {"descrizione": righe(4)}
        help_texts = {
            "responsabile_stampato": _("Se non è un'unità: un gruppo di lavoro, il CUG."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        azione = self.instance
        unita = UnitaOrganizzativa.objects.alla_data(azione.azienda, timezone.localdate())
        ammesse = [*unita.values_list("pk", flat=True), azione.responsabile_id]
        self.fields["responsabile"].queryset = UnitaOrganizzativa.objects.filter(pk__in=ammesse)
        if not azione.pk:
            self.fields["anno_inizio"].initial = azione.piano.anno_inizio
            self.fields["anno_fine"].initial = azione.piano.anno_fine


class MonitoraggioForm(forms.ModelForm):
    """What was done of an action in a year, with how many times it was written so far."""

    visto = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    class Meta:
        model = MonitoraggioAzione
        fields = SCRITTI
        widgets = {"fatto": righe(5), "criticita": righe(3)}
        localized_fields = ("percentuale",)
        help_texts = {
            "percentuale": _("Da 0 a 100; se è realizzata si può lasciare vuota."),
            "criticita": _("Obbligatoria se l'azione è rinviata."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["visto"].initial = self.instance.modifiche if self.instance.pk else 0

    def _post_clean(self) -> None:
        """The row stays as it is: the action writes, on the row as it is then."""
