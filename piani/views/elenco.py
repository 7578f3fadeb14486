# SPDX-License-Identifier: AGPL-3.0-or-later
"""The list of plans."""

from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from piani import esporta, fogli
from piani.filters import PianoFilter
from piani.models import Piano, Ruolo
from piani.models.piano import PianoQuerySet

PER_PAGINA = 25


@require_safe
def piani(request: HttpRequest) -> HttpResponseBase:
    filtro = PianoFilter(
        request.GET,
        queryset=Piano.objects.visibili_a(request.user).per_elenco(),
        request=request,
    )
    if esporta.chiesto(request):
        return esporta.scarica(request, fogli.PIANI, con_punteggi(filtro.qs))
    pagina = Paginator(con_punteggi(filtro.qs), PER_PAGINA).get_page(request.GET.get("pagina"))
    return render(
        request,
        "piani/elenco.html",
        {
            "filtro": filtro,
            "pagina": pagina,
            "puo_cominciare": request.user.puo_tutto
            or request.user.ha_ruolo(Ruolo.CONTROLLO_GESTIONE),
            "briciole": [(_("Piani"), "")],
        },
    )


def con_punteggi(piani: PianoQuerySet) -> PianoQuerySet:
    """The same plans, each with ``punteggi``: its own scores, newest year first, in one query."""
    righe = Piano._meta.get_field("raggiungimenti").related_model.objects
    del_piano = righe.filter(livello="P", frazione="").order_by("-anno")
    return piani.prefetch_related(
        Prefetch("raggiungimenti", queryset=del_piano, to_attr="punteggi")
    )
