# SPDX-License-Identifier: AGPL-3.0-or-later
"""Filters of the lists of the ground floor, shared by page and export."""

from typing import Any

import django_filters
from django import forms
from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from piani.models import Azienda, Piano
from piani.models.piano import PianoQuerySet


def mie_aziende(richiesta: HttpRequest) -> Any:
    return Azienda.objects.visibili_a(richiesta.user)


class PianoFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(
        method="cerca",
        label=_("Cerca"),
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    azienda = django_filters.ModelChoiceFilter(
        queryset=mie_aziende, label=_("Azienda"), empty_label=_("Tutte"), to_field_name="codice"
    )
    anno = django_filters.NumberFilter(
        method="che_comprende", label=_("Anno"), min_value=1990, max_value=2100
    )
    stato = django_filters.ChoiceFilter(
        choices=Piano.Stato.choices, label=_("Stato"), empty_label=_("Tutti")
    )
    ordina = django_filters.OrderingFilter(
        fields={
            "azienda__nome": "azienda",
            "titolo": "titolo",
            "anno_inizio": "anni",
            "stato": "stato",
        },
        widget=forms.HiddenInput,
    )

    class Meta:
        model = Piano
        fields: list[str] = []

    def cerca(self, piani: PianoQuerySet, nome: str, testo: str) -> PianoQuerySet:
        return piani.filter(Q(titolo__icontains=testo) | Q(azienda__nome__icontains=testo))

    def che_comprende(self, piani: PianoQuerySet, nome: str, anno: Any) -> PianoQuerySet:
        return piani.filter(anno_inizio__lte=int(anno), anno_fine__gte=int(anno))
