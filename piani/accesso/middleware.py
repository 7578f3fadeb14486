# SPDX-License-Identifier: AGPL-3.0-or-later
"""What stands before each page: for whom the person acts, the second factor, the Nucleo's log.

They look at who is asking only when a session came with the request, so that public pages and
their caches do not depend on it.
"""

from collections.abc import Callable
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from piani import azioni
from piani.models import Delega, Ruolo, Utente

Risposta = Callable[[HttpRequest], HttpResponseBase]
AGISCE = "delega"  # the session's key that holds the delega in use
FORTI = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]


def persona(request: HttpRequest) -> Utente | None:
    """Who is logged in, if a session came with the request."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES or not hasattr(request, "user"):
        return None
    return request.user if request.user.is_authenticated else None


class AgireMiddleware:
    """Puts on the person the delega in use; one that is over is put down, and said."""

    def __init__(self, get_response: Risposta) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        chi = persona(request)
        if chi is not None and (chiave := request.session.get(AGISCE)):
            in_vigore = Delega.objects.in_vigore().filter(delegato=chi, pk=chiave).per_intero()
            chi.delega = in_vigore.first()
            if chi.delega is None:
                del request.session[AGISCE]
                messages.warning(request, _("La delega è finita: da ora agisci per te."))
        return self.get_response(request)


class SecondoFattoreMiddleware:
    """Who holds a ruolo of SECONDO_FATTORE_PER sets a second factor up before anything else.

    The body's own login has its second factor (SPID level 2, the SSO's): it is not asked twice.
    """

    def __init__(self, get_response: Risposta) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, vista: Any, _args: Any, _kwargs: Any
    ) -> HttpResponse | None:
        if not settings.SECONDO_FATTORE_PER or self._passa(request, vista):
            return None
        chi = persona(request)
        if chi is None or not deve(chi) or is_mfa_enabled(chi, FORTI) or dall_ente(request, chi):
            return None
        messages.warning(
            request, _("Il tuo incarico richiede il secondo fattore: attivalo per continuare.")
        )
        return redirect("mfa_index")

    @staticmethod
    def _passa(request: HttpRequest, vista: Any) -> bool:
        """Public pages that show nothing of one's own, and what serves to set the factor up."""
        nome = (request.resolver_match and request.resolver_match.url_name) or ""
        aperta = getattr(vista, "login_required", True) is False
        return nome.startswith(("mfa_", "account_")) or (aperta and nome != "home")


def deve(chi: Utente) -> bool:
    """Whether the person needs a second factor; the emergency account is an amministratore."""
    ruoli = set(settings.SECONDO_FATTORE_PER)
    if chi.is_superuser and Ruolo.AMMINISTRATORE in ruoli:
        return True
    return chi.ha_ruolo(*ruoli)


def dall_ente(request: HttpRequest, chi: Utente) -> bool:
    """Whether this session began with the body's own login."""
    passi = get_authentication_records(request, chi)
    return any(passo.get("method") == "socialaccount" for passo in passi)


class AccessiMiddleware:
    """Logs each page and file that who is only in the Nucleo opens, before giving it.

    What cannot be logged is not given: the error stops the answer.
    """

    def __init__(self, get_response: Risposta) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        risposta = self.get_response(request)
        if request.method != "GET" or anonima(request):
            return risposta
        if (chi := persona(request)) and solo_nucleo(chi):
            azioni.segna_accesso(
                chi,
                indirizzo=request.get_full_path(),
                parti=request.resolver_match.kwargs if request.resolver_match else {},
                esito=risposta.status_code,
            )
        return risposta


def anonima(request: HttpRequest) -> bool:
    """Whether the page is one that promises not to know who opens it (a questionnaire)."""
    return bool(request.resolver_match) and getattr(request.resolver_match.func, "anonima", False)


def solo_nucleo(chi: Utente) -> bool:
    return {incarico.ruolo for incarico in chi.incarichi_di_oggi} == {Ruolo.NUCLEO}
