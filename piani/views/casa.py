# SPDX-License-Identifier: AGPL-3.0-or-later
"""The home, the pages of every public site, and the state of the service."""

import sys
from typing import Any

from celery import current_app
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.db import OperationalError as OperationalErrorDb
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import get_template
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from kombu.exceptions import OperationalError

from piani import bacheca
from piani.models import DocumentoPubblicato, Piano
from piani.pubbliche.risposta import pubblica
from piani.views.elenco import con_punteggi

ULTIMI = 6


@pubblica
def home(request: HttpRequest) -> HttpResponse:
    if not request.user.is_authenticated:
        in_mostra = DocumentoPubblicato.objects.in_mostra(timezone.localdate())
        documenti = in_mostra.correnti().defer("contenuto")
        return render(
            request,
            "piani/benvenuto.html",
            {"documenti": documenti.order_by("-pubblicato_il", "-pk")[:ULTIMI]},
        )
    return render(
        request,
        "piani/home.html",
        {
            "cose": bacheca.raccogli(request.user),
            "piani": con_punteggi(Piano.objects.visibili_a(request.user).per_elenco()),
        },
    )


@pubblica
def pagina(request: HttpRequest, nome: str, titolo: str) -> HttpResponse:
    """A page of words only: privacy, note legali, accessibility, how to report an error."""
    return render(
        request,
        f"piani/{nome}.html",
        {"briciole": [(titolo, "")], "pagina_nome": titolo},
    )


@login_not_required
@require_safe
@never_cache
def status(request: HttpRequest) -> HttpResponse:
    """200 when database and broker answer, else 503 as problem+json (for balancers)."""
    guasti = {nome: guasto for nome, prova in PROVE.items() if (guasto := prova())}
    dati: dict[str, Any] = {
        "stato": "guasto" if guasti else "ok",
        "versione": settings.ALBERO_VERSIONE,
        "controlli": {nome: guasti.get(nome, "ok") for nome in PROVE},
    }
    if not guasti:
        return JsonResponse(dati)
    dati |= {"type": "about:blank", "status": 503, "title": _("Servizio non disponibile")}
    return JsonResponse(dati, status=503, content_type="application/problem+json")


def _guasto_database() -> str:
    try:
        with connection.cursor() as cursore:
            cursore.execute("SELECT 1")
    except DatabaseError:
        return _("la banca dati non risponde")
    return ""


def _guasto_broker() -> str:
    """The embedded mode runs its jobs by itself and has no broker to ask."""
    if settings.CELERY_TASK_ALWAYS_EAGER:
        return ""
    try:
        with current_app.connection_for_write(connect_timeout=2) as broker:
            broker.ensure_connection(max_retries=1, interval_start=0, timeout=2)
    except (OperationalError, OSError):
        return _("la coda dei lavori non risponde")
    return ""


def errore(request: HttpRequest) -> HttpResponse:
    """What failed: the database that does not answer is a 503 with its own sentence."""
    banca_dati = isinstance(sys.exc_info()[1], OperationalErrorDb)
    nome, stato = ("503.html", 503) if banca_dati else ("500.html", 500)
    if request.path.startswith("/api/"):
        frase = _("Il servizio si è fermato: riprovare, e se continua dirlo a chi lo gestisce.")
        dati = {"type": "about:blank", "status": stato, "title": str(stato), "detail": frase}
        return JsonResponse(dati, status=stato, content_type="application/problem+json")
    return HttpResponse(get_template(nome).render(), status=stato)


PROVE = {"banca_dati": _guasto_database, "coda": _guasto_broker}
