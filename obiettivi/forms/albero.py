# SPDX-License-Identifier: AGPL-3.0-or-later
"""The tree of a draft: areas, objectives, what is asked of an indicator, weights."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from obiettivi.azioni.albero import Atteso, impronta_misura
from obiettivi.azioni.pesi import Chiave, Nodo
from obiettivi.forms.rilevazione import NumeroItaliano
from obiettivi.models import AreaStrategica, FonteDati, Indicatore, Misura, Obiettivo
from piani.forms import RigaForm, righe
from piani.models import Azienda, Piano, UnitaOrganizzativa

PESO = _("Peso %")


def a_capo(testo: str) -> str:
    """The text with plain new lines: a browser sends them in its own way."""
    return testo.replace("\r\n", "\n")


def unita_di(azienda: Azienda, *tenute: int | None) -> QuerySet[UnitaOrganizzativa]:
    """The units of the chart in force today, and those that a row has already."""
    in_vigore = azienda.organigrammi.in_vigore(timezone.localdate())
    return UnitaOrganizzativa.objects.filter(
        Q(organigramma__in=in_vigore) | Q(pk__in=[pk for pk in tenute if pk])
    ).order_by("ordine")


class AreaForm(RigaForm):
    """An area of performance or a linea strategica."""

    peso = NumeroItaliano(label=PESO)

    class Meta:
        model = AreaStrategica
        fields = ("codice", "tipo", "nome", "descrizione", "peso", "nota")
        widgets = {"descrizione": righe(3), "nota": righe(2)}


class ObiettivoForm(RigaForm):
    """An objective of an area."""

    peso = NumeroItaliano(label=PESO)

    class Meta:
        model = Obiettivo
        fields = (
            "codice", "titolo", "descrizione", "dimensione", "parent", "responsabile",
            "contributrici", "peso", "prerequisito", "nota",
        )  # fmt: skip
        widgets = {
            "titolo": righe(2),
            "descrizione": righe(3),
            "nota": righe(2),
            "contributrici": forms.SelectMultiple(attrs={"size": 6}),
        }
        labels = {"parent": _("Fa parte di")}
        help_texts = {
            "prerequisito": _("Obiettivo istituzionale dovuto: non ha peso."),
            "contributrici": _("Con Ctrl se ne scelgono più d'una."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        questo = self.instance
        altri = Obiettivo.objects.filter(area=questo.area_id).exclude(pk=questo.pk)
        self.fields["parent"].queryset = altri.order_by("ordine")
        gia = questo.contributrici.values_list("pk", flat=True) if questo.pk else ()
        unita = unita_di(questo.piano.azienda, questo.responsabile_id, *gia)
        for nome in ("responsabile", "contributrici"):
            self.fields[nome].queryset = unita


class MisuraForm(forms.Form):
    """What is asked of an indicator, year by year, as the plan prints it."""

    base_stampata = forms.CharField(
        label=_("Valore di partenza"),
        required=False,
        help_text=_("Il consuntivo da cui si comincia, come si stampa."),
    )
    base_anno = forms.IntegerField(
        label=_("Anno di partenza"), required=False, min_value=2000, max_value=2100
    )
    peso = NumeroItaliano(label=PESO)
    nota = forms.CharField(label=_("Nota"), required=False, widget=righe(2))
    visto = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, piano: Piano, misura: Misura | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.anni = piano.anni
        if misura is not None:
            self.initial |= {
                "base_stampata": misura.base_stampata,
                "base_anno": misura.base_anno,
                "peso": misura.peso,
                "nota": misura.nota,
                "visto": impronta_misura(misura),
            }
            self.initial |= {f"atteso_{t.anno}": t.stampato for t in misura.target.all()}
        for anno in self.anni:
            self.fields[f"atteso_{anno}"] = forms.CharField(
                label=_("Atteso %(anno)s") % {"anno": anno}, required=False, widget=righe(2)
            )

    @property
    def attesi(self) -> dict[int, Atteso]:
        """The targets written; confirmed are those whose reading was ticked for that very text."""
        scritti = {anno: a_capo(self.cleaned_data[f"atteso_{anno}"]) for anno in self.anni}
        return {
            anno: Atteso(testo, bool(testo) and testo == self._confermato(anno))
            for anno, testo in scritti.items()
        }

    def _confermato(self, anno: int) -> str:
        return a_capo(self.data.get(f"conferma-atteso_{anno}", ""))

    @property
    def valori(self) -> dict[str, Any]:
        """What the form says of a misura, as the actions want it."""
        return {
            "attesi": self.attesi,
            "base": self.cleaned_data["base_stampata"],
            "base_anno": self.cleaned_data["base_anno"],
            "peso": self.cleaned_data["peso"],
            "nota": self.cleaned_data["nota"],
        }


class NuovaMisuraForm(MisuraForm):
    """An indicator of the library by its code, or a new one, put at the service of an objective."""

    codice = forms.CharField(
        label=_("Codice dell'indicatore"),
        max_length=30,
        help_text=_("Di uno che c'è già nella biblioteca, o nuovo."),
        widget=forms.TextInput(attrs={"list": "biblioteca", "autocomplete": "off"}),
    )
    nome = forms.CharField(
        label=_("Che cosa misura"),
        required=False,
        help_text=_("Solo se è nuovo."),
        widget=righe(2),
    )
    tipo_formula = forms.ChoiceField(
        label=_("Tipo di formula"), choices=Indicatore.Formula.choices, required=False
    )
    unita = forms.CharField(label=_("Unità di misura"), max_length=30, required=False)
    verso = forms.ChoiceField(label=_("Verso"), choices=Indicatore.Verso.choices, required=False)
    fonte = forms.ModelChoiceField(
        label=_("Fonte dei dati"), queryset=FonteDati.objects.all(), required=False
    )
    DEL_NUOVO = ("nome", "tipo_formula", "unita", "verso", "fonte")

    def __init__(self, *args: Any, azienda: Azienda, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.azienda = azienda

    def clean(self) -> dict[str, Any]:
        dati = super().clean() or {}
        self.indicatore = Indicatore.objects.filter(
            azienda=self.azienda, codice=dati.get("codice", "")
        ).first()
        if "codice" in dati and self.indicatore is None and not dati.get("nome", "").strip():
            raise ValidationError(
                {"nome": _("Il codice è nuovo: scrivi che cosa misura l'indicatore.")}
            )
        return dati

    @property
    def valori_nuovo(self) -> dict[str, Any]:
        """What describes the new indicator."""
        detti = {nome: self.cleaned_data[nome] for nome in self.DEL_NUOVO}
        detti["tipo_formula"] = detti["tipo_formula"] or Indicatore.Formula.DIRETTO
        return detti | {"codice": self.cleaned_data["codice"]}


class PesiForm(forms.Form):
    """The weights of some rows of the tree, together."""

    visto = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, nodi: dict[Chiave, Nodo], visto: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.chiavi = {f"{tipo}-{pk}": (tipo, pk) for tipo, pk in nodi}
        self.initial["visto"] = visto
        for nome, chiave in self.chiavi.items():
            self.fields[nome] = NumeroItaliano(label=str(nodi[chiave]))
            self.initial[nome] = nodi[chiave].peso

    @property
    def pesi(self) -> dict[Chiave, Decimal | None]:
        return {chiave: self.cleaned_data[nome] for nome, chiave in self.chiavi.items()}
