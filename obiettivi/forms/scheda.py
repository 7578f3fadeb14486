# SPDX-License-Identifier: AGPL-3.0-or-later
"""The content of a scheda: areas, rows with what is expected, resources."""

from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from obiettivi.calcolo.arrotondamento import italiano
from obiettivi.forms.albero import PESO, a_capo
from obiettivi.forms.rilevazione import NumeroItaliano
from obiettivi.models import AreaScheda, Indicatore, Misura, RigaScheda, RisorsaScheda, SchedaBudget
from obiettivi.schede.proposte import piano_dell_anno
from piani.forms import RigaForm, righe


class IntestazioneForm(RigaForm):
    """The note of a scheda and, of a template, its name."""

    class Meta:
        model = SchedaBudget
        fields = ("nome", "nota")
        widgets = {"nota": righe(4)}
        help_texts = {"nota": _("Si legge nella scheda, sotto gli obiettivi, e nella stampa.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.modello:
            self.fields["nome"].required = True
        else:
            del self.fields["nome"]

    @property
    def valori(self) -> dict[str, Any]:
        return {nome: self.cleaned_data[nome] for nome in self.fields if nome != "visto"}


class AreaSchedaForm(RigaForm):
    """An area of a scheda."""

    peso = NumeroItaliano(label=PESO)

    class Meta:
        model = AreaScheda
        fields = ("tipo", "nome", "peso", "con_la_precedente")
        help_texts = {
            "con_la_precedente": _("Il peso è scritto nella prima delle aree che lo hanno in "
                                   "comune, e i pesi dei loro obiettivi fanno 100 insieme."),
        }  # fmt: skip


class SceltaMisura(forms.ModelChoiceField):
    """A place in the plan, told by its objective and its indicator."""

    def label_from_instance(self, misura: Misura) -> str:
        obiettivo = misura.obiettivo
        testo = f"{obiettivo.codice} {obiettivo} – {misura.indicatore.codice} {misura.indicatore}"
        return testo if len(testo) <= 160 else f"{testo[:159]}…"


def misure_per(scheda: SchedaBudget, *, tenuta: int | None = None) -> QuerySet[Misura]:
    """What a row may carry down from the plan: of the scheda's plan, or that of the year."""
    piano = scheda.piano or piano_dell_anno(scheda.azienda, scheda.anno)
    del_piano = Misura.objects.filter(obiettivo__area__piano=piano)
    tutte = del_piano | Misura.objects.filter(pk=tenuta)
    return tutte.select_related("obiettivo__area__piano", "indicatore").order_by(
        "obiettivo__area__tipo", "obiettivo__area__ordine", "obiettivo__ordine", "ordine", "pk"
    )


class RigaSchedaForm(RigaForm):
    """An objective of a CdR; the indicator is found by its code in the azienda's library."""

    misura = SceltaMisura(
        label=_("Nel piano della performance"),
        queryset=Misura.objects.none(),
        required=False,
        empty_label=_("Non viene dal piano"),
    )
    indicatore = forms.ModelChoiceField(
        label=_("Codice dell'indicatore"),
        queryset=Indicatore.objects.none(),
        to_field_name="codice",
        widget=forms.TextInput(attrs={"list": "biblioteca", "autocomplete": "off"}),
        help_text=_("Scrivi il codice o una parola del nome, e scegli dalla biblioteca."),
        error_messages={
            "invalid_choice": _("Nella biblioteca dell'azienda non c'è un indicatore con questo "
                                "codice: scegline uno dall'elenco."),
        },
    )  # fmt: skip
    peso = NumeroItaliano(label=PESO)

    class Meta:
        model = RigaScheda
        fields = (
            "obiettivo", "indicatore", "misura", "aziendale", "peso", "storico_anno", "storico",
            "dato_anno", "dato", "atteso", "nota",
        )  # fmt: skip
        widgets = {"obiettivo": righe(2), "atteso": righe(2), "nota": righe(2)}

    def __init__(self, *args: Any, scheda: SchedaBudget, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.scheda = scheda
        self.fields["indicatore"].queryset = Indicatore.objects.filter(azienda=scheda.azienda)
        self.fields["misura"].queryset = misure_per(scheda, tenuta=self.instance.misura_id)
        if self.instance.indicatore_id:
            self.initial["indicatore"] = self.instance.indicatore

    def clean_obiettivo(self) -> str:
        return a_capo(self.cleaned_data["obiettivo"])

    def clean_atteso(self) -> str:
        return a_capo(self.cleaned_data["atteso"]).strip()

    @property
    def confermato(self) -> bool:
        """Whether the reading was ticked for that very text."""
        testo = self.cleaned_data["atteso"]
        return bool(testo) and a_capo(self.data.get("conferma-atteso", "")) == testo


def dal_piano(misura: Misura, anno: int) -> dict[str, Any]:
    """What a row takes from its place in the plan: objective, indicator, base and target."""
    target = misura.target.filter(anno=anno).first()
    detti = {
        "misura": misura.pk,
        "obiettivo": misura.obiettivo.titolo,
        "indicatore": misura.indicatore.codice,
        "atteso": target.stampato if target else "",
    }
    if misura.base_stampata:
        detti |= {"dato": misura.base_stampata[:200], "dato_anno": misura.base_anno}
    return detti


class Importo(NumeroItaliano):
    """An amount, shown with its two decimals: ``1.300`` alone could be read in two ways."""

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, Decimal):
            return italiano(value.quantize(Decimal("0.01")))
        return super().prepare_value(value)


class RisorsaForm(RigaForm):
    """A resource by fattore, with what is planned and what is spent."""

    budget = Importo(label=_("Budget"))
    previsione = Importo(label=_("Previsione"))
    consuntivo = Importo(label=_("Consuntivo"))

    class Meta:
        model = RisorsaScheda
        fields = ("fattore", "unita_misura", "budget", "previsione", "consuntivo", "commento")
        widgets = {"commento": righe(2)}


class ConsuntivoForm(RisorsaForm):
    """What becomes known of a resource once the scheda is signed."""

    budget = None

    class Meta(RisorsaForm.Meta):
        fields = ("previsione", "consuntivo", "commento")
