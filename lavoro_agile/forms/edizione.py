# SPDX-License-Identifier: AGPL-3.0-or-later
"""A new edition: its name, its years, from which rules it begins."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lavoro_agile.predefinite import NOMI, predefinita
from piani.forms import campo_giorno


class EdizioneForm(forms.Form):
    modello = forms.ChoiceField(label=_("Da quali regole cominciare"))
    nome = forms.CharField(label=_("Nome"), max_length=200)
    anno_inizio = forms.IntegerField(label=_("Primo anno"), min_value=2015, max_value=2100)
    anno_fine = forms.IntegerField(label=_("Ultimo anno"), min_value=2015, max_value=2100)
    atto = forms.CharField(label=_("Atto che la approva"), max_length=200, required=False)
    atto_data = campo_giorno(_("Data dell'atto"), required=False)

    def __init__(self, *argomenti: Any, **altro: Any) -> None:
        super().__init__(*argomenti, **altro)
        self.fields["modello"].choices = [(nome, predefinita(nome).nome) for nome in NOMI]
        self.fields["modello"].initial = NOMI[-1]
        self.fields["anno_inizio"].initial = timezone.localdate().year
        self.fields["anno_fine"].initial = timezone.localdate().year + 2
