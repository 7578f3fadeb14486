# SPDX-License-Identifier: AGPL-3.0-or-later
"""The data of an edition, and where the rules of a new one come from."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from conciliazione.azioni.edizione import PRIMO, ULTIMO
from conciliazione.forms.campi import CampoEuro
from conciliazione.models import EdizioneConciliazione
from conciliazione.predefinite import NOMI
from piani.forms import campo_giorno
from piani.models import Azienda


class DatiEdizioneForm(forms.Form):
    """Name, years, act and resources of an edition."""

    nome = forms.CharField(label=_("Nome"), max_length=200)
    anno_inizio = forms.IntegerField(label=_("Primo anno"), min_value=PRIMO, max_value=ULTIMO)
    anno_fine = forms.IntegerField(label=_("Ultimo anno"), min_value=PRIMO, max_value=ULTIMO)
    atto = forms.CharField(label=_("Atto della Regione"), max_length=200, required=False)
    atto_data = campo_giorno(_("Data dell'atto"), required=False)
    dotazione = CampoEuro(label=_("Risorse regionali assegnate, in euro"))


class NuovaEdizioneForm(DatiEdizioneForm):
    """An edition to begin, with the rules of another or of the program."""

    azienda = forms.ModelChoiceField(label=_("ATS"), queryset=Azienda.objects.none())
    copia_da = forms.ChoiceField(label=_("Copia le regole da"))

    field_order = ("azienda", "copia_da", "nome")

    def __init__(
        self,
        *args: Any,
        aziende: list[Azienda],
        edizioni: list[EdizioneConciliazione],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["azienda"].queryset = Azienda.objects.filter(pk__in=[una.pk for una in aziende])
        if len(aziende) == 1:
            self.fields["azienda"].initial = aziende[0]
        self.fields["copia_da"].choices = [
            (_("Pronte"), [(f"p:{nome}", nome) for nome in NOMI]),
            (_("Altre edizioni"), [(f"e:{una.slug}", str(una)) for una in edizioni]),
        ]
