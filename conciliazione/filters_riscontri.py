# SPDX-License-Identifier: AGPL-3.0-or-later
"""Filter of the printed figures, shared by page and CSV."""

import django_filters
from django import forms
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from conciliazione.models import Riscontro

ESITI = {
    "torna": _("Torna"),
    "non_torna": _("Non torna"),
    "da_guardare": _("Non torna, senza presa d'atto"),
    "calcolato": _("Solo calcolato: la fonte non lo stampa"),
    "senza": _("Senza il nostro calcolo"),
}
TUTTI_E_DUE = Q(valore_stampato__isnull=False, calcolato__isnull=False)
CONDIZIONI = {
    "torna": TUTTI_E_DUE & Q(valore_stampato=F("calcolato")),
    "non_torna": TUTTI_E_DUE & ~Q(valore_stampato=F("calcolato")),
    "da_guardare": TUTTI_E_DUE & ~Q(valore_stampato=F("calcolato")) & Q(presa_atto_il__isnull=True),
    "calcolato": Q(valore_stampato__isnull=True, calcolato__isnull=False),
    "senza": Q(calcolato__isnull=True),
}


class RiscontroFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(
        method="cerca", label=_("Cerca"), widget=forms.TextInput(attrs={"type": "search"})
    )
    esito = django_filters.ChoiceFilter(
        method="con_esito", choices=list(ESITI.items()), label=_("Esito"), empty_label=_("Tutti")
    )

    class Meta:
        model = Riscontro
        fields: list[str] = []

    def cerca(self, righe: QuerySet[Riscontro], nome: str, testo: str) -> QuerySet[Riscontro]:
        return righe.filter(
            Q(dove__icontains=testo) | Q(stampato__icontains=testo) | Q(nota__icontains=testo)
        )

    def con_esito(self, righe: QuerySet[Riscontro], nome: str, quale: str) -> QuerySet[Riscontro]:
        return righe.filter(CONDIZIONI[quale])
