# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which schede of a year are looked at together, shared by page and export."""

from collections.abc import Sequence
from typing import Any

import django_filters
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from obiettivi.models import Frazione, SchedaBudget
from obiettivi.models.scheda import SchedaQuerySet

Anno = tuple[str, str, int]
"""Code and name of an azienda, and a year in which it has schede."""


class ValutateFilter(django_filters.FilterSet):
    """The schede of an azienda and year, and the period whose scores are shown.

    :param anni: those among which to choose; the one shown when nothing is asked first.
    """

    ORDINI = (
        ("reparto", _("Dipartimento")),
        ("-punteggio", _("Punteggio, dal più alto")),
        ("punteggio", _("Punteggio, dal più basso")),
    )

    azienda = django_filters.ChoiceFilter(
        field_name="azienda__codice", label=_("Azienda"), empty_label=None
    )
    anno = django_filters.ChoiceFilter(field_name="anno", label=_("Anno"), empty_label=None)
    periodo = django_filters.ChoiceFilter(
        choices=Frazione.choices, method="resta_uguale", label=_("Periodo"), empty_label=None
    )
    stato = django_filters.ChoiceFilter(
        choices=SchedaBudget.Stato.choices, label=_("Stato"), empty_label=_("Tutti")
    )
    ordina = django_filters.ChoiceFilter(
        choices=ORDINI, method="resta_uguale", label=_("Ordina per"), empty_label=None
    )

    class Meta:
        model = SchedaBudget
        fields: list[str] = []

    def __init__(self, dati: QueryDict, *args: Any, anni: Sequence[Anno], **kwargs: Any) -> None:
        self.anni = anni
        completi = dati.copy()
        completi["azienda"], completi["anno"] = self._chiesti(dati)
        completi.setdefault("periodo", Frazione.ANNO)
        super().__init__(completi, *args, **kwargs)
        aziende = {codice: nome for codice, nome, _anno in anni}
        self.filters["azienda"].extra["choices"] = sorted(aziende.items(), key=lambda una: una[1])
        self.filters["anno"].extra["choices"] = [
            (str(anno), str(anno))
            for anno in sorted({anno for *_altro, anno in anni}, reverse=True)
        ]

    def _chiesti(self, dati: QueryDict) -> tuple[str, str]:
        """The azienda and year asked for, as far as there are schede of them."""
        codice, anno = dati.get("azienda", ""), dati.get("anno", "")
        sue = [una for una in self.anni if una[0] == codice] or list(self.anni)
        scelta = next((una for una in sue if str(una[2]) == anno), sue[0] if sue else ("", "", 0))
        return scelta[0], str(scelta[2])

    @property
    def scelti(self) -> tuple[str, int]:
        """Code of the azienda and year looked at; "" and 0 when there is nothing to see."""
        return self.data["azienda"], int(self.data["anno"])

    @property
    def frazione(self) -> str:
        """The period whose scores are shown."""
        return str(self._dette.get("periodo") or "")

    @property
    def ordine(self) -> str:
        """How to sort: one of ``ORDINI``."""
        return self._dette.get("ordina") or self.ORDINI[0][0]

    @cached_property
    def _dette(self) -> dict[str, Any]:
        self.form.full_clean()
        return self.form.cleaned_data

    def resta_uguale(self, schede: SchedaQuerySet, nome: str, valore: str) -> SchedaQuerySet:
        return schede
