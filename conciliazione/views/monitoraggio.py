# SPDX-License-Identifier: AGPL-3.0-or-later
"""The edition as it goes: semesters, each project in money, the indicators over time."""

from decimal import Decimal
from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from conciliazione import fogli_soldi
from conciliazione.models import EdizioneConciliazione, Progetto, SemestreMonitoraggio
from conciliazione.models.visibilita import dell_ufficio, enti_di
from conciliazione.monitoraggio.conto import Situazione, situazioni, totali
from conciliazione.monitoraggio.tavole import Riga, righe_fissate, stampati
from conciliazione.views.edizioni import di_edizione, edizione_visibile
from piani import esporta
from piani.stampa.grafici import Dato, Serie
from piani.stampa.linee import linea

QUI = "monitoraggio"


@require_safe
def quadro(request: HttpRequest, slug: str) -> HttpResponseBase:
    edizione = edizione_visibile(request, slug)
    if esporta.chiesto(request):
        return quadro_csv(request, slug)
    semestri = SemestreMonitoraggio.objects.visibili_a(request.user).filter(edizione=edizione)
    if esporta.chiesto(request, "semestri"):
        ordinati = semestri.order_by("-anno", "-semestre")
        return esporta.scarica(request, fogli_soldi.SEMESTRI, ordinati, di=slug)
    righe, legge_tutto = _situazioni(request, edizione)
    contesto: dict[str, Any] = {
        "semestri": list(semestri.order_by("-anno", "-semestre")),
        "righe": righe,
        "totali": totali(edizione, righe) if legge_tutto else None,
        "apre": request.user.has_perm("conciliazione.apre_semestri", edizione),
        "briciole": briciole_di(edizione),
    }
    return render(
        request, "conciliazione/monitoraggio/quadro.html", di_edizione(edizione, QUI, **contesto)
    )


@require_safe
def quadro_csv(request: HttpRequest, slug: str) -> HttpResponseBase:
    edizione = edizione_visibile(request, slug)
    righe, _tutto = _situazioni(request, edizione)
    return esporta.scarica(request, fogli_soldi.QUADRO, righe, di=slug)


@require_safe
def andamento(request: HttpRequest, slug: str) -> HttpResponseBase:
    """One indicator over the closed semesters: the chart, and its figures beside it."""
    edizione = edizione_visibile(request, slug)
    if esporta.chiesto(request):
        return andamento_csv(request, slug)
    tutte = righe_fissate(edizione, request.user)
    scelte = {una.chiave: una for una in tutte}
    scelta = request.GET.get("che", "")
    if scelta not in scelte:
        scelta = next(iter(scelte), "")
    serie = [una for una in tutte if una.chiave == scelta]
    contesto: dict[str, Any] = {
        "scelte": list(scelte.values()),
        "scelta": scelte.get(scelta),
        "serie": serie,
        "disegno": _disegno(serie),
        "stampato": stampati(edizione, request.user).get(serie[0].codice) if serie else None,
        "briciole": briciole_di(edizione, (_("Andamento"), "")),
    }
    return render(
        request, "conciliazione/monitoraggio/andamento.html", di_edizione(edizione, QUI, **contesto)
    )


@require_safe
def andamento_csv(request: HttpRequest, slug: str) -> HttpResponseBase:
    edizione = edizione_visibile(request, slug)
    righe = righe_fissate(edizione, request.user)
    return esporta.scarica(request, fogli_soldi.INDICATORI, righe, di=slug)


def briciole_di(edizione: EdizioneConciliazione, *altre: tuple[str, str]) -> list[tuple[str, str]]:
    """Where a page of this part is found."""
    casa = reverse("conciliazione_monitoraggio", args=[edizione.slug]) if altre else ""
    return [
        (_("Conciliazione"), reverse("conciliazione")),
        (edizione.nome, edizione.get_absolute_url()),
        (_("Monitoraggio"), casa),
        *altre,
    ]


def _situazioni(
    request: HttpRequest, edizione: EdizioneConciliazione
) -> tuple[list[Situazione], bool]:
    """The projects that the person sees; the money of those whose money they may read. And whether
    these are all.
    """
    progetti = list(Progetto.objects.visibili_a(request.user).filter(edizione=edizione))
    chiari = Q(dell_ufficio(request.user)) | Q(capofila__in=enti_di(request.user))
    leggibili = Progetto.objects.filter(chiari, pk__in=[uno.pk for uno in progetti])
    legge_tutto = request.user.has_perm("conciliazione.consulta", edizione)
    return (
        situazioni(progetti, leggibili=set(leggibili.values_list("pk", flat=True))),
        legge_tutto,
    )


def _disegno(serie: list[Riga]) -> str:
    """The line over the semesters; nothing with fewer than two figures."""
    numeri = [una.numero for una in serie if una.numero is not None]
    if len(numeri) < 2:
        return ""
    dati = tuple(
        Dato(None if una.numero is None else una.numero.quantize(Decimal("0.01")), una.mostrato)
        for una in serie
    )
    titolo = f"{serie[0].codice}. {serie[0].nome}"
    ascisse = [f"{una.semestre.semestre}° {una.semestre.anno}" for una in serie]
    return linea(f"andamento-{serie[0].chiave}", titolo, ascisse, [Serie("", dati)])
