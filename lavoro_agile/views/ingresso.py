# SPDX-License-Identifier: AGPL-3.0-or-later
"""The entrance: the aziende where one works or reads, and the lavoro agile of one of them."""

from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lavoro_agile import fogli
from lavoro_agile.menu import parti_di
from lavoro_agile.models import BandoLavoroAgile, EdizioneLavoroAgile
from piani import esporta
from piani.models import Azienda
from piani.views.richiesta import Richiesta


@require_safe
def ingresso(request: Richiesta) -> HttpResponse:
    edizioni = EdizioneLavoroAgile.objects.visibili_a(request.user).in_vigore()
    in_vigore = {edizione.azienda_id: edizione for edizione in edizioni}
    aziende = [
        {"azienda": una, "edizione": in_vigore.get(una.pk)}
        for una in Azienda.objects.visibili_a(request.user).order_by("nome")
    ]
    briciole = [(_("Lavoro agile"), "")]
    return render(request, "lavoro_agile/ingresso.html", {"aziende": aziende, "briciole": briciole})


@require_safe
def azienda(request: Richiesta, azienda: str) -> HttpResponseBase:
    questa = azienda_visibile(request, azienda)
    edizioni = EdizioneLavoroAgile.objects.visibili_a(request.user).filter(azienda=questa)
    if esporta.chiesto(request):
        return esporta.scarica(request, fogli.EDIZIONI, edizioni, di=questa.codice)
    bandi = BandoLavoroAgile.objects.visibili_a(request.user).aperti()
    contesto = di_azienda(
        questa,
        edizioni=edizioni,
        bandi=bandi.filter(edizione__azienda=questa),
        puo_cominciare=request.user.has_perm("lavoro_agile.modifica_edizione", questa),
    )
    return render(request, "lavoro_agile/azienda.html", contesto)


def azienda_visibile(request: Richiesta, codice: str) -> Azienda:
    """The azienda of that address among those of the person, or 404."""
    return get_object_or_404(Azienda.objects.visibili_a(request.user), codice=codice)


def di_azienda(questa: Azienda, qui: str = "", **altro: Any) -> dict[str, Any]:
    """What every page of the lavoro agile shows: the azienda, the parts, which one it is of."""
    return {"azienda": questa, "parti": parti_di(questa), "qui": qui} | altro
