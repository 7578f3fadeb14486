# SPDX-License-Identifier: AGPL-3.0-or-later
"""Tokens given and taken back (RFC 6749, RFC 7009): client credentials, and nothing else."""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from oauth2_provider.views import RevokeTokenView, TokenView

from piani.api.errori import TIPO, dati_del_problema
from piani.api.formato import scrivi
from piani.api.limiti import FINESTRA, entro_il_limite

AL_MINUTO = 30
"""Requests of a token from one address: many programs, no guessing."""


def troppe() -> HttpResponse:
    dati = dati_del_problema(429, _("Troppe richieste di gettoni: riprovare fra un minuto."))
    risposta = HttpResponse(scrivi(dati), status=429, content_type=TIPO)
    risposta["Retry-After"] = str(FINESTRA)
    return risposta


class Gettoni(TokenView):
    """``POST /token`` with the client's id and secret (HTTP Basic)."""

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not entro_il_limite(request, "token", AL_MINUTO):
            return troppe()
        if request.POST.get("grant_type") != "client_credentials":
            detto = _("L'unico grant_type è client_credentials.")
            dati = {"error": "unsupported_grant_type", "error_description": detto}
            return HttpResponse(json.dumps(dati), status=400, content_type="application/json")
        risposta = super().post(request, *args, **kwargs)
        risposta["Cache-Control"] = "no-store"
        return risposta


class Revoca(RevokeTokenView):
    """``POST /token/revoca``: a token that is no longer needed."""

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not entro_il_limite(request, "token", AL_MINUTO):
            return troppe()
        return super().post(request, *args, **kwargs)
