# SPDX-License-Identifier: AGPL-3.0-or-later
"""The register: who did what, for whom, on what, before and after, when; and the same as a file."""

from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist, PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from piani import esporta, fogli
from piani.filters import EventoFilter
from piani.models import Evento
from piani.registro import raccontati
from piani.rules import consulta_registri

PER_PAGINA = 50


@require_safe
def registro(request: HttpRequest) -> HttpResponseBase:
    if esporta.chiesto(request):
        return registro_csv(request)
    filtro = _filtrati(request)
    eventi = filtro.qs.select_related("da", "per_conto_di", "azienda")
    pagina = Paginator(eventi, PER_PAGINA).get_page(request.GET.get("pagina"))
    contesto = {
        "filtro": filtro,
        "pagina": pagina,
        "racconti": raccontati(pagina),
        "di": _di_che(request),
        "briciole": [(_("Registro"), "")],
    }
    return render(request, "piani/registro.html", contesto)


@require_safe
def registro_csv(request: HttpRequest) -> HttpResponseBase:
    """The events that the page shows, all its pages, with the same filters."""
    eventi = _filtrati(request).qs.select_related("da", "per_conto_di", "azienda")
    eventi = eventi.filter(quando__lte=timezone.now())  # without the line of this very export
    return esporta.scarica(request, fogli.REGISTRO, eventi)


def _filtrati(request: HttpRequest) -> EventoFilter:
    if not consulta_registri(request.user):
        raise PermissionDenied(_("Il tuo incarico non consente di consultare il registro."))
    visibili = Evento.objects.visibili_a(request.user)
    return EventoFilter(request.GET, queryset=visibili, request=request)


def _di_che(request: HttpRequest) -> dict[str, Any] | None:
    """What the story is of, if the address says: its name and page, if the person may see it."""
    oggetto = request.GET.get("oggetto", "")
    if not oggetto:
        return None
    modello, _due_punti, chiave = oggetto.partition(":")
    try:
        righe = apps.get_model(modello)._default_manager.visibili_a(request.user)
        riga = righe.filter(pk=chiave).first()
    except (LookupError, ValueError, AttributeError, FieldDoesNotExist, ValidationError):
        riga = None
    if riga is None:
        return {"nome": oggetto, "url": ""}
    return {"nome": str(riga), "url": getattr(riga, "get_absolute_url", str)()}
