# SPDX-License-Identifier: AGPL-3.0-or-later
"""To the body's own login and back; a body that does not answer is a sentence, not an error."""

import logging
from collections.abc import Callable

from allauth.socialaccount.providers.openid_connect import views as oidc
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from requests import RequestException

log = logging.getLogger(__name__)


@login_not_required
def entra(request: HttpRequest, provider_id: str) -> HttpResponse:
    return _oppure_dillo(oidc.login, request, provider_id)


@login_not_required
def ritorno(request: HttpRequest, provider_id: str) -> HttpResponse:
    return _oppure_dillo(oidc.callback, request, provider_id)


def _oppure_dillo(
    vista: Callable[..., HttpResponse], request: HttpRequest, provider_id: str
) -> HttpResponse:
    try:
        return vista(request, provider_id=provider_id)
    except RequestException:
        log.exception("il sito dell'ente non risponde")
        return render(request, "socialaccount/authentication_error.html", status=502)
