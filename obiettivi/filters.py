# SPDX-License-Identifier: AGPL-3.0-or-later
"""Filters of the objectives' floor, shared by page and export."""

from collections.abc import Collection, Sequence
from typing import Any

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, QueryDict
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from obiettivi.models import (
    Frazione,
    Misura,
    Prospettiva,
    Raggiungimento,
    RigaScheda,
    SchedaBudget,
    Target,
)
from obiettivi.models.scheda import SchedaQuerySet
from obiettivi.voti import SUFFICIENTE
from piani.filters import GIORNO, mie_aziende
from piani.models import Azienda, Organigramma, Piano, UnitaOrganizzativa
from piani.models.piano import PianoQuerySet
from piani.organigramma.ambito import unita_sotto

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


class ConfrontoFilter(django_filters.FilterSet):
    """Which plans are side by side, and by which of their scores.

    :param punteggi: (prospettiva, anno, frazione) among which to choose, the one shown when
        nothing is asked first.
    :param tipi: the kinds of azienda among which to choose.
    """

    ORDINI = (
        ("azienda", _("Azienda, dalla A alla Z")),
        ("-azienda", _("Azienda, dalla Z alla A")),
        ("-punteggio", _("Punteggio, dal più alto")),
        ("punteggio", _("Punteggio, dal più basso")),
    )

    anno = django_filters.ChoiceFilter(method="resta_uguale", label=_("Anno"), empty_label=None)
    periodo = django_filters.ChoiceFilter(
        method="resta_uguale", label=_("Periodo"), empty_label=None
    )
    prospettiva = django_filters.ChoiceFilter(
        method="resta_uguale", label=_("Che cosa guardare"), empty_label=None
    )
    tipo = django_filters.ChoiceFilter(
        field_name="azienda__tipo", label=_("Tipo di azienda"), empty_label=_("Tutti")
    )
    ordina = django_filters.ChoiceFilter(
        choices=ORDINI, method="resta_uguale", label=_("Ordina per"), empty_label=None
    )

    class Meta:
        model = Piano
        fields: list[str] = []

    def __init__(
        self,
        dati: QueryDict,
        *args: Any,
        punteggi: Sequence[Scelto],
        tipi: Collection[str],
        **kwargs: Any,
    ) -> None:
        self.predefinito = next(iter(punteggi), None)
        super().__init__(self._completi(dati), *args, **kwargs)
        prospettive, anni, frazioni = ({uno[posto] for uno in punteggi} for posto in range(3))
        self._offri("prospettiva", [(p, p.label) for p in Prospettiva if p in prospettive])
        self._offri("anno", [(str(anno), str(anno)) for anno in sorted(anni, reverse=True)])
        self._offri("periodo", [(f, f.label) for f in Frazione if f in frazioni])
        self._offri("tipo", [(t, t.label) for t in Azienda.Tipo if t in tipi])

    def _completi(self, dati: QueryDict) -> QueryDict:
        """What is asked, with the rest as it is shown when nothing is asked."""
        completi = dati.copy()
        prospettiva, anno, frazione = self.predefinito or ("", "", "")
        for nome, valore in (("prospettiva", prospettiva), ("anno", anno), ("periodo", frazione)):
            completi.setdefault(nome, str(valore))
        return completi

    def _offri(self, nome: str, scelte: list[tuple[str, Any]]) -> None:
        self.filters[nome].extra["choices"] = scelte

    @property
    def scelto(self) -> Scelto | None:
        """Of the scores to look at, if there are any; what is not understood is as not asked."""
        if self.predefinito is None:
            return None
        prospettiva, anno, frazione = self.predefinito
        return (
            self._dette.get("prospettiva") or prospettiva,
            int(self._dette.get("anno") or anno),
            self._dette.get("periodo", frazione),
        )

    @property
    def ordine(self) -> str:
        """How to sort: one of ``ORDINI``."""
        return self._dette.get("ordina") or self.ORDINI[0][0]

    @cached_property
    def _dette(self) -> dict[str, Any]:
        """What is asked and understood."""
        self.form.full_clean()
        return self.form.cleaned_data

    def filter_queryset(self, piani: PianoQuerySet) -> PianoQuerySet:
        """Of the plans only those of the year looked at."""
        if self.scelto is None:
            return piani.none()
        anno = self.scelto[1]
        return super().filter_queryset(piani).filter(anno_inizio__lte=anno, anno_fine__gte=anno)

    def resta_uguale(self, piani: PianoQuerySet, nome: str, valore: str) -> PianoQuerySet:
        return piani


def dipartimenti_di(richiesta: HttpRequest) -> QuerySet[UnitaOrganizzativa]:
    """The dipartimenti in force today in the person's aziende."""
    return UnitaOrganizzativa.objects.filter(
        tipo=UnitaOrganizzativa.Tipo.DIPARTIMENTO,
        organigramma__in=Organigramma.objects.visibili_a(richiesta.user)
        .in_vigore(timezone.localdate())
        .order_by(),
    ).order_by("organigramma__azienda__nome", "nome")


class SchedaFilter(django_filters.FilterSet):
    """The schede of the CdR that a person may see."""

    q = django_filters.CharFilter(
        method="cerca",
        label=_("Cerca un CdR o un obiettivo"),
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    azienda = django_filters.ModelChoiceFilter(
        queryset=mie_aziende, label=_("Azienda"), empty_label=_("Tutte"), to_field_name="codice"
    )
    anno = django_filters.NumberFilter(label=_("Anno"), min_value=2000, max_value=2100)
    dipartimento = django_filters.ModelChoiceFilter(
        queryset=dipartimenti_di,
        method="del_dipartimento",
        label=_("Dipartimento"),
        empty_label=_("Tutti"),
    )
    stato = django_filters.ChoiceFilter(
        choices=SchedaBudget.Stato.choices, label=_("Stato"), empty_label=_("Tutti")
    )
    ordina = django_filters.OrderingFilter(
        fields={
            "unita__nome": "cdr",
            "azienda__nome": "azienda",
            "anno": "anno",
            "stato": "stato",
        },
        widget=forms.HiddenInput,
    )

    class Meta:
        model = SchedaBudget
        fields: list[str] = []

    def cerca(self, schede: SchedaQuerySet, nome: str, testo: str) -> SchedaQuerySet:
        righe = RigaScheda.objects.filter(area__scheda=OuterRef("pk"))
        del_testo = righe.filter(
            Q(obiettivo__icontains=testo)
            | Q(indicatore__nome__icontains=testo)
            | Q(indicatore__codice__iexact=testo)
        )
        return schede.filter(
            Q(unita__nome__icontains=testo) | Q(unita__codice__iexact=testo) | Exists(del_testo)
        )

    def del_dipartimento(
        self, schede: SchedaQuerySet, nome: str, dipartimento: UnitaOrganizzativa
    ) -> SchedaQuerySet:
        """Those of its CdR of today, and of what they were before."""
        return schede.filter(unita__in=unita_sotto({dipartimento.pk}))
