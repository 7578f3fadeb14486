# SPDX-License-Identifier: AGPL-3.0-or-later
"""A new edition: its name, its years, from which rules it begins."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lavoro_agile.forms.scelte import fra_voci
from lavoro_agile.models import EdizioneLavoroAgile
from lavoro_agile.regole import PRIMO, ULTIMO, prima_scelta, scelte
from piani.forms import campo_giorno


class DatiEdizioneForm(forms.Form):
    """Name, years and act of an edition."""

    nome = forms.CharField(label=_("Nome"), max_length=200)
    anno_inizio = forms.IntegerField(label=_("Primo anno"), min_value=PRIMO, max_value=ULTIMO)
    anno_fine = forms.IntegerField(label=_("Ultimo anno"), min_value=PRIMO, max_value=ULTIMO)
    atto = forms.CharField(label=_("Atto che la approva"), max_length=200, required=False)
    atto_data = campo_giorno(_("Data dell'atto"), required=False)


class EdizioneForm(DatiEdizioneForm):
    """An edition to begin, with the rules of the one before or of the program."""

    modello = forms.ChoiceField(
        label=_("Da quali regole cominciare"),
        help_text=_("Si copiano: finché l'edizione è una bozza si cambiano una per una."),
    )
    field_order = ("modello",)

    def __init__(self, data: Any = None, *, edizioni: Sequence[EdizioneLavoroAgile] = ()) -> None:
        super().__init__(data)
        fra_voci(self, "modello", scelte(edizioni))
        self.fields["modello"].initial = prima_scelta(edizioni)
        self.fields["anno_inizio"].initial = timezone.localdate().year
        self.fields["anno_fine"].initial = timezone.localdate().year + 2
