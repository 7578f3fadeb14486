# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is to be reported in a period: the indicators of a plan, or those of the CdR."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from obiettivi.calcolo.periodi import mesi
from obiettivi.foglio.chiavi import Chiave
from obiettivi.foglio.colonne import RENDICONTATE, riempibili
from obiettivi.foglio.resoconti import DelCdr, resoconti_di
from obiettivi.models import Indicatore, Misura, RigaScheda, Rilevazione, SchedaBudget
from obiettivi.rules import righe_che_rileva
from piani.models import Azienda, Piano, UnitaOrganizzativa, Utente

APERTE = (SchedaBudget.Stato.IN_MONITORAGGIO, SchedaBudget.Stato.IN_VALUTAZIONE)
Dove = tuple[int, int | None, str]
"""Indicator, CdR, sede."""


@dataclass(frozen=True)
class RigaFoglio:
    """A result to report: of what, what is expected, the last one known, the one of now."""

    chiave: Chiave
    indicatore: Indicatore
    dove: str
    obiettivo: str
    atteso: str
    prima: Rilevazione | None
    adesso: Rilevazione | None
    resoconto: DelCdr | None = None
    ripetuta: bool = False
    """The result is of a row above: here there is only what is reported of this one."""

    @property
    def riempibili(self) -> frozenset[str]:
        """The cells that may be filled in: those of the result, and those of the report."""
        scrive = self.resoconto is not None and self.resoconto.si_scrive
        suoi = frozenset(colonna.nome for colonna in RENDICONTATE) if scrive else frozenset()
        return suoi if self.ripetuta else riempibili(self.indicatore) | suoi


def righe_del_piano(piano: Piano, *, anno: int, frazione: str) -> list[RigaFoglio]:
    """A row for each indicator of a plan, once, and for each sede that it was measured at: in the
    order of the tree, three queries.
    """
    misure = (
        Misura.objects.filter(obiettivo__area__piano=piano)
        .select_related("indicatore", "obiettivo__area")
        .prefetch_related("target")
        .order_by(
            "obiettivo__area__tipo", "obiettivo__area__ordine", "obiettivo__area",
            "obiettivo__ordine", "obiettivo", "ordine", "pk",
        )
    )  # fmt: skip
    prime: dict[int, Misura] = {}
    for misura in misure:
        prime.setdefault(misura.indicatore_id, misura)
    prima, adesso = _noti(prime, None, anno, frazione)
    sedi = _sedi({*prima, *adesso})
    return [
        RigaFoglio(
            Chiave(anno, frazione, misura.indicatore_id, None, sede),
            misura.indicatore,
            f"{misura.obiettivo.area.codice} {misura.obiettivo.area}",
            f"{misura.obiettivo.codice} {misura.obiettivo}",
            next((t.stampato for t in misura.target.all() if t.anno == anno), ""),
            prima.get((misura.indicatore_id, None, sede)),
            adesso.get((misura.indicatore_id, None, sede)),
        )
        for misura in prime.values()
        for sede in ("", *sedi[misura.indicatore_id])
    ]


def righe_dei_cdr(
    azienda: Azienda, *, anno: int, frazione: str, utente: Utente, unita: int | None = None
) -> list[RigaFoglio]:
    """A row for each indicator of the schede of the CdR for which the person takes results, as
    long as they take some: the number of queries does not grow with the rows.

    :param unita: of that CdR alone.
    """
    righe = (
        _righe_di_scheda(azienda, utente)
        .filter(area__scheda__anno=anno)
        .select_related("indicatore", "area__scheda__unita")
        .order_by(
            "area__scheda__unita__ordine", "area__scheda__unita__nome", "area__scheda",
            "area__ordine", "area", "ordine", "pk",
        )
    )  # fmt: skip
    if unita is not None:
        righe = righe.filter(area__scheda__unita=unita)
    prime: dict[tuple[int, int], RigaScheda] = {}
    lette = list(righe)
    for riga in lette:
        prime.setdefault((riga.indicatore_id, _cdr(riga).pk), riga)
    prima, adesso = _noti(
        {indicatore for indicatore, _unita in prime},
        {unita for _indicatore, unita in prime},
        anno,
        frazione,
    )
    resoconti = resoconti_di(lette, anno, frazione, utente)
    return [
        RigaFoglio(
            Chiave(anno, frazione, riga.indicatore_id, chi),
            riga.indicatore,
            str(_cdr(riga)),
            riga.obiettivo,
            riga.atteso,
            prima.get((riga.indicatore_id, chi, "")),
            adesso.get((riga.indicatore_id, chi, "")) if prima_riga else None,
            resoconti.get(riga.pk),
            ripetuta=not prima_riga,
        )
        for riga in lette
        for chi in [_cdr(riga).pk]
        for prima_riga in [prime[riga.indicatore_id, chi] is riga]
        if prima_riga or riga.pk in resoconti
    ]


def anni_dei_cdr(azienda: Azienda, utente: Utente) -> list[int]:
    """The years of the schede for which the person takes results now."""
    anni = _righe_di_scheda(azienda, utente).order_by().values_list("area__scheda__anno")
    return sorted({anno for (anno,) in anni.distinct()})


def cdr_del_foglio(azienda: Azienda, utente: Utente) -> list[UnitaOrganizzativa]:
    """The CdR for which the person takes results now, in the order of the chart."""
    righe = _righe_di_scheda(azienda, utente).values("area__scheda__unita")
    return list(UnitaOrganizzativa.objects.filter(pk__in=righe).order_by("ordine", "nome", "pk"))


def cdr_scrivibili(
    azienda: Azienda, anni: Collection[int], utente: Utente | None
) -> set[tuple[int, int, int]]:
    """Indicator, CdR and year of the results that the person writes now; ``None`` is the system."""
    righe = _righe_di_scheda(azienda, utente).filter(area__scheda__anno__in=anni)
    return set(
        righe.order_by().values_list("indicatore", "area__scheda__unita", "area__scheda__anno")
    )


def _righe_di_scheda(azienda: Azienda, utente: Utente | None) -> QuerySet[RigaScheda]:
    righe = RigaScheda.objects.filter(
        aziendale=False,
        area__scheda__azienda=azienda,
        area__scheda__unita__isnull=False,
        area__scheda__stato__in=APERTE,
    )
    if utente is None:
        return righe
    return righe.filter(
        righe_che_rileva(utente, azienda),
        area__scheda__in=SchedaBudget.objects.visibili_a(utente),
    )


def _cdr(riga: RigaScheda) -> UnitaOrganizzativa:
    unita = riga.area.scheda.unita
    assert unita is not None  # noqa: S101 -- asked for by ``dei_cdr``
    return unita


def _noti(
    indicatori: Collection[int], unita: Collection[int] | None, anno: int, frazione: str
) -> tuple[dict[Dove, Rilevazione], dict[Dove, Rilevazione]]:
    """The last results that end before the period, and those of the period itself."""
    dove = Q(unita__isnull=True) if unita is None else Q(unita__in=unita, sede="")
    note = (
        Rilevazione.objects.correnti()
        .filter(dove, indicatore__in=indicatori, anno__in=(anno, anno - 1))
        .select_related("indicatore")
    )
    prima: dict[Dove, Rilevazione] = {}
    adesso: dict[Dove, Rilevazione] = {}
    for una in sorted(note, key=lambda una: _fine(una.anno, una.frazione)):
        chi = (una.indicatore_id, una.unita_id, una.sede)
        if (una.anno, una.frazione) == (anno, frazione):
            adesso[chi] = una
        elif _fine(una.anno, una.frazione) < _fine(anno, frazione):
            prima[chi] = una
    return prima, adesso


def _fine(anno: int, frazione: str) -> tuple[int, int, int]:
    """The order of periods: by when they end, and of two that end together the shorter first."""
    periodo = mesi(frazione)
    return anno, periodo[-1], len(periodo)


def _sedi(note: Iterable[Dove]) -> dict[int, list[str]]:
    """The sedi that each indicator was measured at."""
    trovate: dict[int, set[str]] = defaultdict(set)
    for indicatore, _unita, sede in note:
        if sede:
            trovate[indicatore].add(sede)
    return defaultdict(list, {chi: sorted(sue) for chi, sue in trovate.items()})
