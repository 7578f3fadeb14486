# SPDX-License-Identifier: AGPL-3.0-or-later
"""Filters of the lists of the network, shared by page and file."""

from typing import Any

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from conciliazione.models import Adesione, Ambito, Dimensione, Ente, Natura, TipoEnte
from piani.models import Azienda

DENTRO, FUORI = "si", "no"


class EnteFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(
        method="cerca", label=_("Cerca per nome o codice fiscale"),
        widget=forms.TextInput(attrs={"type": "search"}),
    )  # fmt: skip
    tipo = django_filters.ChoiceFilter(
        choices=TipoEnte.choices, label=_("Tipologia"), empty_label=_("Tutte")
    )
    dimensione = django_filters.ChoiceFilter(
        choices=Dimensione.choices, label=_("Dimensione"), empty_label=_("Tutte")
    )
    natura = django_filters.ChoiceFilter(
        choices=Natura.choices, label=_("Natura giuridica"), empty_label=_("Tutte")
    )
    ambito = django_filters.ModelChoiceFilter(
        queryset=Ambito.objects.none(), label=_("Ambito"), empty_label=_("Tutti")
    )
    membro = django_filters.ChoiceFilter(
        choices=[(DENTRO, _("nella Rete")), (FUORI, _("fuori dalla Rete"))],
        method="membri", label=_("Oggi"), empty_label=_("Tutti"),
    )  # fmt: skip
    ordina = django_filters.OrderingFilter(
        fields={"nome": "nome", "tipo": "tipo", "dimensione": "dimensione"},
        widget=forms.HiddenInput,
    )

    class Meta:
        model = Ente
        fields: list[str] = []

    def __init__(self, *args: Any, azienda: Azienda, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["ambito"].field.queryset = Ambito.objects.filter(azienda=azienda)

    def cerca(self, enti: QuerySet, nome: str, testo: str) -> QuerySet:
        return enti.filter(Q(nome__icontains=testo) | Q(codice_fiscale__icontains=testo.strip()))

    def membri(self, enti: QuerySet, nome: str, valore: str) -> QuerySet:
        dentro = Exists(Adesione.objects.in_vigore().filter(ente=OuterRef("pk")))
        return enti.filter(dentro if valore == DENTRO else ~dentro)


class AdesioneFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(
        field_name="denominazione", lookup_expr="icontains", label=_("Cerca per nome"),
        widget=forms.TextInput(attrs={"type": "search"}),
    )  # fmt: skip
    stato = django_filters.ChoiceFilter(
        choices=Adesione.Stato.choices, label=_("Stato"), empty_label=_("Tutti")
    )
    tipo = django_filters.ChoiceFilter(
        choices=TipoEnte.choices, label=_("Tipologia"), empty_label=_("Tutte")
    )
    rinuncia = django_filters.ChoiceFilter(
        choices=[("si", _("di cui prendere atto"))], method="con_rinuncia", label=_("Rinuncia"),
        empty_label=_("Tutte"),
    )  # fmt: skip

    class Meta:
        model = Adesione
        fields: list[str] = []

    def con_rinuncia(self, adesioni: QuerySet, nome: str, valore: str) -> QuerySet:
        return adesioni.filter(rinuncia__isnull=False, rinuncia__presa_atto_il__isnull=True)
