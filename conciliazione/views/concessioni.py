# SPDX-License-Identifier: AGPL-3.0-or-later
"""The public table of the grants: page, CSV and JSON from the same rows. No login."""

from dataclasses import asdict
from typing import Any

import simplejson
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone

from conciliazione import concessioni, fogli_soldi
from conciliazione.models import EdizioneConciliazione
from piani import esporta
from piani.models import Azienda
from piani.pubbliche.risposta import pubblica
from piani.stampa.dati import in_csv, per_campi
from piani.views.trasparenza import RADICE

APERTO = {"Access-Control-Allow-Origin": "*", "Cache-Control": "public, max-age=300"}


@pubblica
def pagina(request: HttpRequest, azienda: str) -> HttpResponseBase:
    ente = _azienda(azienda)
    if esporta.chiesto(request):
        return esporta.scarica(request, fogli_soldi.CONCESSIONI, _righe(request, ente), di=azienda)
    contesto = {
        "azienda": ente,
        "righe": concessioni.concessioni_di(ente),
        "macro": concessioni.MACRO,
        "etichetta": concessioni.ETICHETTA,
        "norma": concessioni.NORMA,
        "oggi": timezone.localdate(),
        "briciole": [*sopra(ente), (concessioni.ETICHETTA, "")],
    }
    return render(request, "conciliazione/concessioni/elenco.html", contesto)


@pubblica
def tabella(request: HttpRequest, azienda: str) -> HttpResponse:
    righe = _righe(request, _azienda(azienda))
    return HttpResponse(
        in_csv(concessioni.CAMPI, per_campi(righe, concessioni.CAMPI)),
        content_type="text/csv; charset=utf-8",
        headers=APERTO
        | {"Content-Disposition": f'attachment; filename="concessioni-{azienda}.csv"'},
    )


@pubblica
def dati(request: HttpRequest, azienda: str) -> HttpResponse:
    ente = _azienda(azienda)
    contenuto = {
        "azienda": {"codice": ente.codice, "nome": ente.nome},
        "norma": concessioni.NORMA,
        "licenza": "CC-BY-4.0",
        "concessioni": _righe(request, ente),
    }
    return HttpResponse(
        simplejson.dumps(contenuto, use_decimal=True, ensure_ascii=False, indent=1),
        content_type="application/json",
        headers=APERTO,
    )


def sopra(ente: Azienda) -> list[tuple[str, str]]:
    """Where the page is found; the azienda has a page of its own once it has published."""
    radice = [(RADICE, reverse("amministrazione_trasparente"))]
    if Azienda.objects.con_documenti().filter(pk=ente.pk).exists():
        radice.append((ente.nome, reverse("at_azienda", args=[ente.codice])))
    return radice


def _righe(request: HttpRequest, ente: Azienda) -> list[dict[str, Any]]:
    """The rows with the whole address of their link, for who reads them away from the site."""
    return [
        asdict(una) | {"link": request.build_absolute_uri(una.link) if una.link else ""}
        for una in concessioni.concessioni_di(ente)
    ]


def _azienda(codice: str) -> Azienda:
    """An azienda that leads a network in some edition, or 404."""
    con_edizioni = EdizioneConciliazione.objects.exclude(stato="bozza").values("azienda")
    return get_object_or_404(Azienda.objects.filter(pk__in=con_edizioni), codice=codice)
