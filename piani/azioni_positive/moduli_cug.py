# SPDX-License-Identifier: AGPL-3.0-or-later
"""Forms of the CUG's report and of the staff by gender."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from piani.azioni_positive.relazione import PARTI, PERMESSO, PRIMO_ANNO
from piani.forms import campo_giorno, righe
from piani.models import Azienda, PersonalePerGenere, RelazioneCUG, Utente

ULTIMO_ANNO = 2100


class NuovaRelazioneForm(forms.Form):
    """A report to begin."""

    azienda = forms.ModelChoiceField(
        label=_("Azienda"), queryset=Azienda.objects.none(), to_field_name="codice"
    )
    anno = forms.IntegerField(label=_("Anno di cui riferisce"))

    def __init__(self, *args: Any, utente: Utente, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        visibili = Azienda.objects.visibili_a(utente)
        mie = [una.pk for una in visibili if utente.has_perm(PERMESSO, una)]
        self.fields["azienda"].queryset = Azienda.objects.filter(pk__in=mie)
        if len(mie) == 1:
            self.fields["azienda"].initial = Azienda.objects.get(pk=mie[0])
        self.fields["anno"].initial = timezone.localdate().year - 1


class RelazioneForm(forms.ModelForm):
    """The parts of the report, with how many times it was written so far."""

    visto = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    class Meta:
        model = RelazioneCUG
        fields = PARTI
        widgets = dict.fromkeys(PARTI, righe(6))
        help_texts = {
            "dati": _("Commento ai dati: le tabelle entrano da sole."),
            "azioni": _("Commento alle azioni del piano: l'elenco entra da solo."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["visto"].initial = self.instance.modifiche

    def _post_clean(self) -> None:
        """The row stays as it is: the action writes, on the row as it is then."""


class DipartimentoForm(forms.Form):
    giorno = campo_giorno(_("Inviata il"), initial=timezone.localdate)


class RiapriForm(forms.Form):
    """Why what was sent is corrected."""

    motivo = forms.CharField(label=_("Che cosa si corregge, e perché"), widget=righe(3))


class PersonaleForm(forms.Form):
    """A role with its women and men."""

    anno = forms.IntegerField(
        label=_("Al 31 dicembre del"), min_value=PRIMO_ANNO, max_value=ULTIMO_ANNO
    )
    area = forms.ChoiceField(
        label=_("Area"), choices=[("", "–"), *PersonalePerGenere.Area.choices], required=False
    )
    ruolo = forms.CharField(label=_("Ruolo"), max_length=120)
    femmine = forms.IntegerField(label=_("Donne"), min_value=0, max_value=100_000)
    maschi = forms.IntegerField(label=_("Uomini"), min_value=0, max_value=100_000)
