# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who is asking: a program with its token, or a person from the pages; and with which scopes."""

import hashlib
from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.utils.translation import gettext as _
from oauth2_provider.models import get_access_token_model
from oauth2_provider.oauth2_validators import OAuth2Validator
from oauth2_provider.scopes import BaseScopes
from rest_framework.authentication import BaseAuthentication, SessionAuthentication
from rest_framework.exceptions import AuthenticationFailed, PermissionDenied
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request

from piani.accesso.middleware import FORTI, dall_ente, deve
from piani.models.cliente import ambiti


class Credenziali(OAuth2Validator):
    """The clients' secrets: the last, and for a time the one before it."""

    def authenticate_client(self, request: Any, *args: Any, **kwargs: Any) -> bool:
        if super().authenticate_client(request, *args, **kwargs):
            return True
        cliente = request.client
        if cliente is None or not cliente.ha_due_segreti:
            return False
        cliente.client_secret = cliente.segreto_precedente  # only here, it is not saved
        return bool(super().authenticate_client(request, *args, **kwargs))


class Ambiti(BaseScopes):
    """The scopes that there are, and those of a client; who asks for none has all its own."""

    def get_all_scopes(self) -> dict[str, str]:
        return {nome: str(detto) for nome, detto in ambiti().items()}

    def get_available_scopes(
        self, application: Any = None, request: Any = None, *args: Any, **kwargs: Any
    ) -> list[str]:
        return list(application.ambiti) if application is not None else list(ambiti())

    def get_default_scopes(
        self, application: Any = None, request: Any = None, *args: Any, **kwargs: Any
    ) -> list[str]:
        return self.get_available_scopes(application)


class Gettone(BaseAuthentication):
    """A token of a client: who asks is its service person. Read by us: the library refuses
    addresses with characters that browsers send.
    """

    def authenticate(self, request: Request) -> tuple[Any, Any] | None:
        genere, _spazio, valore = request.headers.get("Authorization", "").partition(" ")
        if genere.lower() != "bearer":
            return None
        impronta = hashlib.sha256(valore.strip().encode()).hexdigest()
        gettone = (
            get_access_token_model()
            .objects.select_related("application__user")
            .filter(token_checksum=impronta)
            .first()
        )
        if gettone is None or gettone.is_expired() or not gettone.application.is_usable(request):
            raise AuthenticationFailed(
                _("Il gettone non vale: è scaduto, è stato revocato o non c'è mai stato.")
            )
        return gettone.application.user, gettone

    def authenticate_header(self, request: Request) -> str:
        return 'Bearer realm="api"'


class Sessione(SessionAuthentication):
    """A person logged in to the pages. Whose incarico wants a second factor must have set it up:
    the pages say so by sending there, here it is said.
    """

    def authenticate(self, request: Request) -> tuple[Any, Any] | None:
        trovata = super().authenticate(request)
        if trovata is None or not settings.SECONDO_FATTORE_PER:
            return trovata
        chi = trovata[0]
        if deve(chi) and not is_mfa_enabled(chi, FORTI) and not dall_ente(request._request, chi):
            raise PermissionDenied(
                _("Il tuo incarico richiede il secondo fattore: attivalo dalle pagine.")
            )
        return trovata

    def enforce_csrf(self, request: Request) -> None:
        try:
            super().enforce_csrf(request)
        except PermissionDenied as errore:
            raise PermissionDenied(
                _("Manca la prova che la richiesta viene dalle pagine (intestazione X-CSRFToken).")
            ) from errore


class ConAmbito(BasePermission):
    """The view is open, or who asks has come in; a token must hold the scope of the view's app."""

    def has_permission(self, request: Request, view: Any) -> bool:
        legge = request.method in SAFE_METHODS
        if view.aperta and legge:
            return True
        if not request.user.is_authenticated:
            return False
        ambito = f"{view.ambito}:{'leggi' if legge else 'scrivi'}"
        if request.auth is not None and not request.auth.allow_scopes([ambito]):
            raise PermissionDenied(
                _("Il gettone non ha l'ambito «%(ambito)s».") % {"ambito": ambito}
            )
        return True
