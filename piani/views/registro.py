# SPDX-License-Identifier: AGPL-3.0-or-later
"""The register: who did what, for whom, on what, before and after, when; and the same as a file."""

import csv
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist, PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from piani.filters import EventoFilter, nome_del_tipo
from piani.models import Evento
from piani.registro import in_riga, racconta, raccontati
from piani.rules import consulta_registri

PER_PAGINA = 50
COLONNE = ("quando", "chi", "per conto di", "azienda", "che cosa", "descrizione", "su", "prima",
           "dopo")  # fmt: skip
FORMULE = ("=", "+", "-", "@", "\t", "\r")  # a sheet would compute a cell that begins so


@require_safe
def registro(request: HttpRequest) -> HttpResponse:
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
def registro_csv(request: HttpRequest) -> StreamingHttpResponse:
    """The events that the page shows, all its pages, with the same filters."""
    eventi = _filtrati(request).qs.select_related("da", "per_conto_di", "azienda")
    return StreamingHttpResponse(
        _righe(eventi.iterator(chunk_size=500)),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="registro.csv"'},
    )


def _filtrati(request: HttpRequest) -> EventoFilter:
    if not consulta_registri(request.user):
        raise PermissionDenied(_("Il tuo incarico non consente di consultare il registro."))
    visibili = Evento.objects.visibili_a(request.user)
    return EventoFilter(request.GET, queryset=visibili, request=request)


class _Eco:
    """A file that gives back what is written in it, for the writer of a stream."""

    def write(self, riga: str) -> str:
        return riga


def _righe(eventi: Iterator[Evento]) -> Iterator[str]:
    scrittore = csv.writer(_Eco(), delimiter=";", lineterminator="\n")
    yield "\ufeff" + scrittore.writerow(COLONNE)
    for evento in eventi:
        prima, dopo = in_riga(racconta(evento))
        celle = (
            timezone.localtime(evento.quando).strftime("%d/%m/%Y %H:%M:%S"),
            str(evento.da or _("il sistema")),
            str(evento.per_conto_di or ""),
            str(evento.azienda or ""),
            nome_del_tipo(evento.tipo),
            evento.descrizione,
            evento.oggetto,
            prima,
            dopo,
        )
        yield scrittore.writerow([innocua(cella) for cella in celle])


def innocua(cella: str) -> str:
    """A cell that no sheet takes for a formula."""
    return f"'{cella}" if cella.startswith(FORMULE) else cella


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
