# SPDX-License-Identifier: AGPL-3.0-or-later
"""New schede: for which year, for whom, and from what."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from obiettivi.azioni import AnnoPrima
from obiettivi.models import SchedaBudget
from obiettivi.schede.schemi import Schema, schemi_del
from piani.models import Azienda, UnitaOrganizzativa

ANNO_PRIMA = "anno_prima"
DA_2000_A_2100 = {"min_value": 2000, "max_value": 2100}


class DiCheAnnoForm(forms.Form):
    """The azienda and the year of the schede."""

    azienda = forms.ModelChoiceField(
        label=_("Azienda"), queryset=Azienda.objects.none(), to_field_name="codice"
    )
    anno = forms.IntegerField(label=_("Anno"), **DA_2000_A_2100)

    def __init__(self, *args: Any, aziende: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["azienda"].queryset = aziende
        self.initial.setdefault("anno", timezone.localdate().year)
        if len(aziende) == 1:
            self.initial.setdefault("azienda", aziende[0])


class ConOrigine(forms.Form):
    """A form that asks from what the schede are made: schemes of the year, templates, schede."""

    origine = forms.ChoiceField(label=_("Da che cosa partire"))

    def __init__(self, *args: Any, azienda: Azienda, anno: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.origini: dict[str, Schema | SchedaBudget | AnnoPrima] = {}
        scelte: list[Any] = self.prime(anno)
        scelte += self._gruppo(_("Modelli"), _modelli(azienda))
        vuote = {f"schema:{uno.codice}": uno for uno in schemi_del(anno)}
        scelte += self._gruppo(_("Vuota, con le aree di uno schema"), vuote)
        scelte += self._gruppo(_("Schede"), self.schede(azienda, anno))
        self.fields["origine"].choices = scelte

    def prime(self, anno: int) -> list[Any]:
        """What is offered before everything else."""
        return []

    def schede(self, azienda: Azienda, anno: int) -> dict[str, SchedaBudget]:
        """The schede of CdR that are offered too."""
        return {}

    def _gruppo(self, titolo: Any, voci: dict[str, Any]) -> list[Any]:
        self.origini |= voci
        return [(titolo, [(chiave, _nome(una)) for chiave, una in voci.items()])] if voci else []

    @property
    def scelta(self) -> Any:
        """What the chosen origin is."""
        return self.origini[self.cleaned_data["origine"]]


class ProponiForm(ConOrigine):
    """The schede of a year for the CdR that are ticked."""

    unita = forms.ModelMultipleChoiceField(
        label=_("Centri di responsabilità"),
        queryset=UnitaOrganizzativa.objects.none(),
        error_messages={"required": _("Scegli almeno un centro di responsabilità.")},
    )

    def __init__(
        self, *args: Any, azienda: Azienda, anno: int, continua: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, azienda=azienda, anno=anno, **kwargs)
        if not continua:
            altre = (chiave for chiave in self.origini if chiave != ANNO_PRIMA)
            self.initial["origine"] = next(altre, ANNO_PRIMA)
        self.fields["unita"].queryset = UnitaOrganizzativa.objects.filter(
            organigramma__in=azienda.organigrammi.in_vigore(timezone.localdate()), cdr=True
        )

    def prime(self, anno: int) -> list[Any]:
        self.origini[ANNO_PRIMA] = AnnoPrima()
        return [(ANNO_PRIMA, _("La scheda del %(anno)s dello stesso CdR") % {"anno": anno - 1})]


class ModelloForm(ConOrigine):
    """A new template."""

    nome = forms.CharField(label=_("Nome del modello"), max_length=200)
    field_order = ("nome", "origine")

    def schede(self, azienda: Azienda, anno: int) -> dict[str, SchedaBudget]:
        note = SchedaBudget.objects.dei_cdr().filter(azienda=azienda, anno__in=(anno - 1, anno))
        return {f"scheda:{una.pk}": una for una in note.per_elenco()}

    def clean_nome(self) -> str:
        nome = self.cleaned_data["nome"].strip()
        if not nome:
            raise ValidationError(_("Il modello ha un nome."))
        return nome


def _modelli(azienda: Azienda) -> dict[str, SchedaBudget]:
    noti = SchedaBudget.objects.modelli().filter(azienda=azienda)
    return {f"modello:{uno.pk}": uno for uno in noti.per_elenco()}


def _nome(una: Schema | SchedaBudget) -> str:
    return una.nome if isinstance(una, Schema) else str(una)
