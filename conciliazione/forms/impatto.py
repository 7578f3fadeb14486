# SPDX-License-Identifier: AGPL-3.0-or-later
"""Forms of the impact: the whole map, a KPI, a value, a questionnaire."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from conciliazione.azioni.impatto import COLONNE, segno_di
from conciliazione.models import (
    EdizioneConciliazione,
    Kpi,
    MappaImpatto,
    Progetto,
    QuestionarioImpatto,
    RigaMappa,
)
from piani.forms import campo_giorno, righe
from piani.models import Utente


def campo_numero(etichetta: Any, **opzioni: Any) -> forms.DecimalField:
    """A number as it is written in Italy."""
    return forms.DecimalField(
        label=etichetta, localize=True, max_digits=18, decimal_places=4, **opzioni
    )


class RigaMappaForm(forms.Form):
    """A row of the map; one left all empty is not there."""

    pk = forms.IntegerField(required=False, widget=forms.HiddenInput)
    togli = forms.BooleanField(required=False, label=_("Togli questa riga"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for nome in COLONNE:
            etichetta = str(RigaMappa._meta.get_field(nome).verbose_name).capitalize()
            self.fields[nome] = forms.CharField(label=etichetta, required=False, widget=righe(4))
        self.order_fields(["pk", *COLONNE, "togli"])

    @property
    def colonne(self) -> list[forms.BoundField]:
        return [self[nome] for nome in COLONNE]

    @property
    def vuota(self) -> bool:
        return not any(self.cleaned_data.get(nome) for nome in (*COLONNE, "pk"))

    def clean(self) -> dict[str, Any]:
        dati = super().clean() or {}
        scritto = any(dati.get(nome) for nome in (*COLONNE, "pk"))
        if scritto and not dati.get("togli") and not dati.get("obiettivo"):
            raise ValidationError({"obiettivo": _("Da quale obiettivo comincia la riga?")})
        return dati


RigheMappa = forms.formset_factory(RigaMappaForm, extra=2, max_num=60)


class MappaForm(forms.Form):
    """What comes before the table, and the mark of the map that is shown."""

    premessa = forms.CharField(label=_("Premessa"), required=False, widget=righe(3))
    visto = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, mappa: MappaImpatto | None, **kwargs: Any) -> None:
        iniziali = {"premessa": mappa.premessa if mappa else "", "visto": segno_di(mappa)}
        super().__init__(*args, initial=iniziali, **kwargs)


class KpiForm(forms.ModelForm):
    """A KPI with its baseline and what is expected."""

    base = campo_numero(_("Partenza"), required=False)
    base_il = campo_giorno(_("Partenza al"), required=False)
    atteso = campo_numero(_("Atteso"), required=False)

    class Meta:
        model = Kpi
        fields = ["nome", "unita", "verso", "base", "base_il", "atteso", "fonte"]
        help_texts = {"unita": _("Persone, imprese, ore, %, punti da 1 a 5…")}

    def _post_clean(self) -> None:
        """The row stays as it is: the action writes."""


class ValoreForm(forms.Form):
    """The value of a day."""

    giorno = campo_giorno(_("Al"))
    valore = campo_numero(_("Valore"))
    nota = forms.CharField(label=_("Nota"), required=False, max_length=300)


class QuestionarioImpattoForm(forms.ModelForm):
    """A new questionnaire of an edition."""

    titolo = forms.CharField(label=_("Titolo"), max_length=200)
    con_domande = forms.BooleanField(
        label=_("Comincia dalle domande proposte, una per dimensione"), required=False, initial=True
    )

    class Meta:
        model = QuestionarioImpatto
        fields = ["titolo", "rivolto", "momento", "progetto", "confronto", "con_domande"]
        help_texts = {
            "progetto": _("Vuoto: di tutta la rete."),
            "confronto": _("Con quello fatto prima: il nuovo ne prende le domande, così le medie "
                           "si confrontano."),
        }  # fmt: skip

    def __init__(
        self, *args: Any, edizione: EdizioneConciliazione, utente: Utente, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        della_casa = QuestionarioImpatto.objects.visibili_a(utente).filter(
            edizione__azienda=edizione.azienda_id
        )
        self.fields["confronto"].queryset = della_casa.select_related("questionario")
        self.fields["progetto"].queryset = Progetto.objects.visibili_a(utente).filter(
            edizione=edizione
        )

    def _post_clean(self) -> None:
        """The action writes."""
