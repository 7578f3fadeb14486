# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the risorse umane write of the figures: a count, the days of a unit, a questionnaire."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lavoro_agile.forms.scelte import fra_righe, fra_voci
from lavoro_agile.models import EdizioneLavoroAgile, QuestionarioAgile
from piani.forms import campo_giorno, righe
from piani.models import Azienda, UnitaOrganizzativa
from piani.stampa.formati import MESI

PRIMO, ULTIMO = 2015, 2100


class RilevazioneForm(forms.Form):
    """A count of the agreements in force on a day, with the two denominators."""

    giorno = campo_giorno(_("Al giorno"))
    titolo = forms.CharField(label=_("Titolo"), max_length=200)
    dipendenti = forms.IntegerField(label=_("Dipendenti"), min_value=1)
    potenziali = forms.IntegerField(
        label=_("Di cui con attività che si possono svolgere così"),
        min_value=0,
        required=False,
        help_text=_("Proposto dalla mappatura più recente, se c'è."),
    )
    effettivi = forms.IntegerField(
        label=_("Autorizzati che hanno lavorato così almeno un giorno"), min_value=0, required=False
    )
    nota = forms.CharField(label=_("Nota"), required=False, widget=righe(3))


def campo_quanto(etichetta: Any) -> forms.DecimalField:
    return forms.DecimalField(
        label=etichetta, min_value=0, max_digits=9, decimal_places=2, required=False, localize=True
    )


class GiornateForm(forms.Form):
    """Days and hours of a unit in a month."""

    unita = forms.ModelChoiceField(
        label=_("Unità organizzativa"), queryset=UnitaOrganizzativa.objects.none()
    )
    anno = forms.IntegerField(label=_("Anno"), min_value=PRIMO, max_value=ULTIMO)
    mese = forms.TypedChoiceField(label=_("Mese"), coerce=int)
    persone = forms.IntegerField(
        label=_("Persone che hanno lavorato così almeno un giorno"), min_value=0
    )
    giorni = campo_quanto(_("Giorni in modalità agile"))
    giorni_lavorabili = campo_quanto(_("Giorni lavorabili"))
    ore = campo_quanto(_("Ore in modalità agile"))
    ore_lavorabili = campo_quanto(_("Ore lavorabili"))

    def __init__(self, *args: Any, azienda: Azienda, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        oggi = timezone.localdate()
        fra_righe(self, "unita", UnitaOrganizzativa.objects.alla_data(azienda, oggi))
        self.fields["anno"].initial = oggi.year
        mesi = [(posto, nome.capitalize()) for posto, nome in enumerate(MESI, start=1)]
        fra_voci(self, "mese", [*mesi, (0, _("Tutto l'anno"))])
        self.fields["mese"].initial = oggi.month


class QuestionarioAgileForm(forms.Form):
    """A new questionnaire: whom it asks, of which year."""

    edizione = forms.ModelChoiceField(
        label=_("Regolamento"), queryset=EdizioneLavoroAgile.objects.none()
    )
    titolo = forms.CharField(label=_("Titolo"), max_length=200)
    rivolto = forms.ChoiceField(label=_("A chi"), choices=QuestionarioAgile.Rivolto.choices)
    anno = forms.IntegerField(label=_("Anno"), min_value=PRIMO, max_value=ULTIMO)

    def __init__(self, *args: Any, azienda: Azienda, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        edizioni = EdizioneLavoroAgile.objects.filter(azienda=azienda)
        fra_righe(self, "edizione", edizioni)
        self.fields["edizione"].initial = edizioni.in_vigore().first()
        self.fields["anno"].initial = timezone.localdate().year
