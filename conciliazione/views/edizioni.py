# SPDX-License-Identifier: AGPL-3.0-or-later
"""The entrance: the editions that one sees, and one of them with its parts."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from conciliazione import fogli
from conciliazione.menu import parti_di
from conciliazione.models import EdizioneConciliazione as Edizione
from conciliazione.models import Ente, Seggio
from conciliazione.models.visibilita import UFFICIO, enti_di, seggi_di
from piani import esporta


@require_safe
def elenco(request: HttpRequest) -> HttpResponseBase:
    edizioni = Edizione.objects.visibili_a(request.user).per_elenco()
    if esporta.chiesto(request):
        return esporta.scarica(request, fogli.EDIZIONI, edizioni)
    contesto = {
        "edizioni": edizioni,
        "enti": Ente.objects.filter(pk__in=enti_di(request.user)),
        "seggi": Seggio.objects.filter(pk__in=seggi_di(request.user)).select_related("ente"),
        "puo_cominciare": request.user.puo_tutto or request.user.ha_ruolo(*UFFICIO),
        "briciole": [(_("Conciliazione"), "")],
    }
    return render(request, "conciliazione/elenco.html", contesto)


@require_safe
def edizione(request: HttpRequest, slug: str) -> HttpResponse:
    questa = edizione_visibile(request, slug)
    return render(request, "conciliazione/edizione.html", di_edizione(questa))


def edizione_visibile(request: HttpRequest, slug: str) -> Edizione:
    """The edition of that address among those that the person sees, or 404."""
    visibili = Edizione.objects.visibili_a(request.user).select_related("azienda")
    return get_object_or_404(visibili, slug=slug)


def di_edizione(questa: Edizione, qui: str = "", **altro: Any) -> dict[str, Any]:
    """What every page of an edition shows: itself, its parts, which one this page is of, and where
    it is found unless the page says it better.
    """
    parti = parti_di(questa)
    sopra = [
        (_("Conciliazione"), reverse("conciliazione")),
        (questa.nome, questa.get_absolute_url()),
    ]
    mia = [(una["parte"].nome, una["url"]) for una in parti if una["parte"].chiave == qui]
    return {"edizione": questa, "parti": parti, "qui": qui, "briciole": sopra + mia} | altro
