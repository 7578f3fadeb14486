# SPDX-License-Identifier: AGPL-3.0-or-later
"""What narrows the lists of the tree's rows."""

from typing import Any

import django_filters
from django.db.models import Q, QuerySet

from obiettivi.models import AreaStrategica, Frazione, Misura, Obiettivo


class PeriodoFilter(django_filters.ChoiceFilter):
    """A part of the year, or «anno» for the whole of it."""

    INTERO = "anno"

    def __init__(self, **come: Any) -> None:
        parti = [(uno, nome) for uno, nome in Frazione.choices if uno]
        super().__init__(choices=[(self.INTERO, Frazione.ANNO.label), *parti], **come)

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        return qs.filter(frazione="") if value == self.INTERO else super().filter(qs, value)


class AreaFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(field_name="nome", lookup_expr="icontains", label="Nel nome")
    piano = django_filters.CharFilter(field_name="piano__slug")
    tipo = django_filters.ChoiceFilter(choices=AreaStrategica.Tipo.choices)

    class Meta:
        model = AreaStrategica
        fields: list[str] = []


class ObiettivoFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(method="cerca", label="Nel titolo o nel codice")
    piano = django_filters.CharFilter(field_name="area__piano__slug")
    area = django_filters.NumberFilter(field_name="area_id")
    responsabile = django_filters.NumberFilter(field_name="responsabile_id")

    class Meta:
        model = Obiettivo
        fields: list[str] = []

    def cerca(self, obiettivi: QuerySet[Any], nome: str, testo: str) -> QuerySet[Any]:
        return obiettivi.filter(Q(titolo__icontains=testo) | Q(codice__iexact=testo))


class MisuraFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(method="cerca", label="Nel nome o nel codice dell'indicatore")
    piano = django_filters.CharFilter(field_name="obiettivo__area__piano__slug")
    obiettivo = django_filters.NumberFilter(field_name="obiettivo_id")
    indicatore = django_filters.CharFilter(field_name="indicatore__codice")

    class Meta:
        model = Misura
        fields: list[str] = []

    def cerca(self, misure: QuerySet[Any], nome: str, testo: str) -> QuerySet[Any]:
        return misure.filter(
            Q(indicatore__nome__icontains=testo) | Q(indicatore__codice__iexact=testo)
        )
