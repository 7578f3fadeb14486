# SPDX-License-Identifier: AGPL-3.0-or-later
"""Filters of the objectives' floor, shared by page and export."""

from collections.abc import Sequence
from typing import Any

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from obiettivi.models import Frazione, Misura, Prospettiva, Raggiungimento, Target
from obiettivi.voti import SUFFICIENTE
from piani.filters import GIORNO

INCERTE = ("media", "bassa")


Scelto = tuple[str, int, str]
"""Which scores are looked at: prospettiva, anno, frazione ("" = the whole year)."""


def codice_di(prospettiva: str, anno: int, frazione: str = "") -> str:
    """How the address says which score is looked at: ``consuntivo-2022[-T1]``."""
    return f"{prospettiva}-{anno}-{frazione}".removesuffix("-")


def etichetta_di(prospettiva: str, anno: int, frazione: str = "") -> str:
    """The same for people: ``Risultati dell'anno 2022, 1° trimestre``."""
    anno_detto = f"{Prospettiva(prospettiva).label} {anno}"
    return f"{anno_detto}, {Frazione(frazione).label}" if frazione else anno_detto


class MisuraFilter(django_filters.FilterSet):
    """The rows of a plan's tree. Wants the plan's aree and the scores it already has.

    :param aree: the areas among which to choose.
    :param punteggi: (prospettiva, anno, frazione) of the runs done, the one shown by default first.

    ``noti``, if set, are the scores to filter by instead of the stored ones.
    """

    noti: list[Raggiungimento] | None = None

    SITUAZIONI = (
        ("calcolato", _("Calcolato")),
        ("non_calcolabile", _("Non calcolabile")),
        ("sotto_60", _("Sotto 60")),
        ("da_confermare", _("Lettura da confermare")),
    )

    punteggio = django_filters.ChoiceFilter(
        method="resta_uguale", label=_("Punteggio da mostrare"), empty_label=None
    )
    q = django_filters.CharFilter(
        method="cerca",
        label=_("Cerca fra obiettivi e indicatori"),
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    area = django_filters.ChoiceFilter(
        field_name="obiettivo__area__codice", label=_("Area o linea"), empty_label=_("Tutte")
    )
    stato = django_filters.ChoiceFilter(
        choices=SITUAZIONI, method="per_stato", label=_("Situazione"), empty_label=_("Tutte")
    )
    al = django_filters.DateFilter(method="resta_uguale", label=_("Come si conosceva al"), **GIORNO)

    class Meta:
        model = Misura
        fields: list[str] = []

    def __init__(
        self,
        *args: Any,
        aree: Sequence[tuple[str, str]],
        punteggi: Sequence[Scelto],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.punteggi = {codice_di(*uno): uno for uno in punteggi}
        self.filters["area"].extra["choices"] = aree
        self.filters["punteggio"].extra["choices"] = [
            (codice, etichetta_di(*uno)) for codice, uno in self.punteggi.items()
        ]
        if not self.punteggi:
            del self.filters["punteggio"]

    @property
    def scelto(self) -> Scelto | None:
        """Of the scores to look at; the first when not said or unknown."""
        chiesto = self.punteggi.get(self.data.get("punteggio", ""))
        return chiesto or next(iter(self.punteggi.values()), None)

    @property
    def attivo(self) -> bool:
        """Whether something is left out of what is shown."""
        return any(self.data.get(nome) for nome in ("q", "area", "stato"))

    def resta_uguale(self, misure: QuerySet[Misura], nome: str, valore: str) -> QuerySet[Misura]:
        return misure

    def cerca(self, misure: QuerySet[Misura], nome: str, testo: str) -> QuerySet[Misura]:
        return misure.filter(
            Q(indicatore__nome__icontains=testo)
            | Q(indicatore__codice__iexact=testo)
            | Q(obiettivo__titolo__icontains=testo)
        )

    def per_stato(self, misure: QuerySet[Misura], nome: str, stato: str) -> QuerySet[Misura]:
        if stato == "da_confermare":
            dubbi = Target.objects.filter(
                misura=OuterRef("pk"), confermato_il__isnull=True, lettura__certezza__in=INCERTE
            )
            return misure.filter(Exists(dubbi))
        if self.scelto is None:
            return misure.none()
        if self.noti is not None:
            return misure.filter(pk__in=[una.oggetto for una in self.noti if _in_stato(una, stato)])
        return misure.filter(Exists(self._righe(stato)))

    def _righe(self, stato: str) -> QuerySet[Raggiungimento]:
        prospettiva, anno, frazione = self.scelto or ("", 0, "")
        righe = Raggiungimento.objects.filter(
            piano=OuterRef("obiettivo__area__piano"),
            prospettiva=prospettiva,
            anno=anno,
            frazione=frazione,
            livello=Raggiungimento.Livello.INDICATORE,
            oggetto=OuterRef("pk"),
        )
        if stato == "non_calcolabile":
            return righe.filter(stato=Raggiungimento.Stato.NON_CALCOLABILE)
        calcolate = righe.filter(stato=Raggiungimento.Stato.CALCOLATO)
        return calcolate.filter(punteggio__lt=SUFFICIENTE) if stato == "sotto_60" else calcolate


def _in_stato(riga: Raggiungimento, stato: str) -> bool:
    """The same question of a score that is not stored."""
    if riga.livello != Raggiungimento.Livello.INDICATORE:
        return False
    if stato == "non_calcolabile":
        return riga.stato == Raggiungimento.Stato.NON_CALCOLABILE
    if riga.stato != Raggiungimento.Stato.CALCOLATO or riga.punteggio is None:
        return False
    return stato != "sotto_60" or riga.punteggio < SUFFICIENTE
