# SPDX-License-Identifier: AGPL-3.0-or-later
"""The description of the API, for programs and for people."""

from functools import cache
from typing import Any

import simplejson
from csp.constants import NONCE
from csp.decorators import csp_update
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_safe
from drf_spectacular.generators import SchemaGenerator

from piani.api.formato import etag_di, scrivi


def leggibile(dati: dict[str, Any]) -> str:
    """The description as the file keeps it."""
    return simplejson.dumps(dati, indent=1, ensure_ascii=False, default=str) + "\n"


@cache
def descrizione() -> bytes:
    """The OpenAPI file, made once for each process. It comes from the server that it describes:
    its address is said from there, whatever its name.
    """
    dati: dict[str, Any] = SchemaGenerator(api_version="v1").get_schema(public=True)
    return scrivi(dati | {"servers": [{"url": "/api/v1", "description": "Questa installazione"}]})


@login_not_required
@require_safe
def schema(request: HttpRequest) -> HttpResponse:
    testo = descrizione()
    etag = etag_di(testo)
    if request.headers.get("If-None-Match") == etag:
        risposta = HttpResponse(status=304)
    else:
        risposta = HttpResponse(testo, content_type="application/vnd.oai.openapi+json")
    risposta["ETag"] = etag
    risposta["Cache-Control"] = "public, max-age=300"
    return risposta


@login_not_required
@ensure_csrf_cookie
@require_safe
def documentazione(request: HttpRequest) -> HttpResponse:
    """The page where one reads it and tries it, with one's own session."""
    return render(request, "piani/api/doc.html", {"briciole": [(_("API"), "")]})


@login_not_required
@csp_update({"style-src": [NONCE]})
@require_safe
def lettura(request: HttpRequest) -> HttpResponse:
    """The page where one reads it from beginning to end. Redoc writes its styles in the page: they
    are let in by a number that is of this answer alone.
    """
    return render(request, "piani/api/redoc.html")
