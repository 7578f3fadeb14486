# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the Nucleo opened: a list with filters, and the same rows as a file."""

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from piani import esporta, fogli
from piani.filters import AccessoFilter
from piani.models import Accesso, Azienda
from piani.rules import esigi

PER_PAGINA = 100


@require_safe
def accessi(request: HttpRequest, azienda: str) -> HttpResponseBase:
    ente = _ente(request, azienda)
    filtro = AccessoFilter(request.GET, queryset=Accesso.objects.di(ente), azienda=ente)
    if esporta.chiesto(request):
        return accessi_csv(request, azienda)
    pagina = Paginator(filtro.qs, PER_PAGINA).get_page(request.GET.get("pagina"))
    contesto = {
        "azienda": ente,
        "filtro": filtro,
        "pagina": pagina,
        "mesi": settings.ACCESSI_MESI,
        "briciole": [(_("Accessi del Nucleo"), "")],
    }
    return render(request, "piani/persone/accessi.html", contesto)


@require_safe
def accessi_csv(request: HttpRequest, azienda: str) -> HttpResponseBase:
    """The rows of the page, all of them: the same filters."""
    ente = _ente(request, azienda)
    filtro = AccessoFilter(request.GET, queryset=Accesso.objects.di(ente), azienda=ente)
    return esporta.scarica(request, fogli.ACCESSI, filtro.qs, azienda=ente, di=azienda)


def _ente(request: HttpRequest, azienda: str) -> Azienda:
    ente = get_object_or_404(Azienda.objects.visibili_a(request.user), codice=azienda)
    esigi(request.user, "piani.consulta_accessi", ente)
    return ente
