# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the Nucleo opened: a list with filters, and the same rows as a file."""

import csv
from collections.abc import Iterator
from io import StringIO

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from piani.filters import AccessoFilter
from piani.models import Accesso, Azienda
from piani.rules import esigi

PER_PAGINA = 100


@require_safe
def accessi(request: HttpRequest, azienda: str) -> HttpResponse:
    ente = _ente(request, azienda)
    filtro = AccessoFilter(request.GET, queryset=Accesso.objects.di(ente), azienda=ente)
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
def accessi_csv(request: HttpRequest, azienda: str) -> StreamingHttpResponse:
    """The rows of the page, all of them: the same filters."""
    ente = _ente(request, azienda)
    filtro = AccessoFilter(request.GET, queryset=Accesso.objects.di(ente), azienda=ente)
    return StreamingHttpResponse(
        _righe(filtro.qs.iterator(chunk_size=1000)),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="accessi-nucleo-{azienda}.csv"'},
    )


def _righe(accessi: Iterator[Accesso]) -> Iterator[str]:
    yield "\ufeff" + _riga(["quando", "persona", "nome utente", "indirizzo", "risposta"])
    for uno in accessi:
        quando = timezone.localtime(uno.quando).strftime("%d/%m/%Y %H:%M:%S")
        yield _riga([quando, str(uno.utente), uno.utente.username, uno.indirizzo, uno.esito])


def _riga(celle: list[object]) -> str:
    """A line; a cell that a spreadsheet would take for a formula is kept as text."""
    uscita = StringIO()
    testi = (str(cella) for cella in celle)
    innocui = (f"'{testo}" if testo.startswith(("=", "+", "-", "@")) else testo for testo in testi)
    csv.writer(uscita, delimiter=";", lineterminator="\r\n").writerow(innocui)
    return uscita.getvalue()


def _ente(request: HttpRequest, azienda: str) -> Azienda:
    ente = get_object_or_404(Azienda.objects.visibili_a(request.user), codice=azienda)
    esigi(request.user, "piani.consulta_accessi", ente)
    return ente
