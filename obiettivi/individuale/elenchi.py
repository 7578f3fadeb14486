# SPDX-License-Identifier: AGPL-3.0-or-later
"""The lists of sheets, their filters, and who reads the pages of a year."""

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from obiettivi.models import EdizioneIndividuale, ValutazioneIndividuale
from piani.models import Azienda, Incarico, Ruolo, Utente


class ValutazioneFilter(django_filters.FilterSet):
    """The sheets of a year: by state, by category, by name, those without an evaluator."""

    q = django_filters.CharFilter(
        method="cerca", label=_("Cerca per nome o unità"),
        widget=forms.TextInput(attrs={"type": "search"}),
    )  # fmt: skip
    stato = django_filters.ChoiceFilter(
        choices=ValutazioneIndividuale.Stato.choices, label=_("Stato"), empty_label=_("Tutti")
    )
    categoria = django_filters.ChoiceFilter(label=_("Categoria"), empty_label=_("Tutte"))
    valutatore = django_filters.ChoiceFilter(
        choices=(("manca", _("Senza valutatore")),), method="senza", label=_("Valutatore"),
        empty_label=_("Tutti"),
    )  # fmt: skip

    class Meta:
        model = ValutazioneIndividuale
        fields: list[str] = []

    def __init__(self, *args: object, edizione: EdizioneIndividuale, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.filters["categoria"].extra["choices"] = [
            (una.codice, una.nome) for una in edizione.regole.categorie
        ]

    def cerca(self, righe: QuerySet, nome: str, testo: str) -> QuerySet:
        return righe.filter(
            Q(persona__last_name__icontains=testo)
            | Q(persona__first_name__icontains=testo)
            | Q(unita__nome__icontains=testo)
        )

    def senza(self, righe: QuerySet, nome: str, valore: str) -> QuerySet:
        return righe.filter(valutatore__isnull=True)


def edizioni_visibili(utente: Utente, azienda: Azienda) -> QuerySet[EdizioneIndividuale]:
    """The years of an azienda that a person may read of: to the Nucleo, those entrusted to it."""
    edizioni = EdizioneIndividuale.objects.filter(azienda=azienda).select_related("azienda")
    if utente.puo_tutto:
        return edizioni
    miei = [uno for uno in utente.incarichi_di_oggi if uno.azienda_id == azienda.pk]
    if any(uno.ruolo != Ruolo.NUCLEO for uno in miei):
        return edizioni
    return edizioni.filter(anno__in=_affidati(miei, edizioni))


def _affidati(incarichi: list[Incarico], edizioni: QuerySet[EdizioneIndividuale]) -> list[int]:
    anni = edizioni.values_list("anno", flat=True)
    return [anno for anno in anni if any(uno.comprende(anno, anno) for uno in incarichi)]
