# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who is asking: a program with its token, or a person from the pages; and with which scopes."""

import hashlib
from collections.abc import Callable
from itertools import islice
from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.db import DEFAULT_DB_ALIAS
from django.db.models import Model
from django.utils.translation import gettext as _
from oauth2_provider.models import get_access_token_model
from oauth2_provider.oauth2_validators import OAuth2Validator
from oauth2_provider.scopes import BaseScopes
from rest_framework.authentication import BaseAuthentication, SessionAuthentication
from rest_framework.exceptions import AuthenticationFailed, PermissionDenied
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request

from piani.accesso.middleware import FORTI, dall_ente, deve
from piani.interrogazioni import Interrogazione, Posto
from piani.models import ClienteApi, Utente
from piani.models.cliente import ambiti


class Credenziali(OAuth2Validator):
    """The clients' secrets: the last, and for a time the one before it."""

    def _authenticate_basic_auth(self, request: Any) -> bool:
        return _con_due_segreti(request, super()._authenticate_basic_auth)

    def _authenticate_request_body(self, request: Any) -> bool:
        return _con_due_segreti(request, super()._authenticate_request_body)


def _con_due_segreti(request: Any, prova: Callable[[Any], bool]) -> bool:
    """Try with the last secret, then with the one before it while it is good."""
    if prova(request):
        return True
    cliente = request.client
    if cliente is None or not cliente.ha_due_segreti:
        return False
    cliente.client_secret = cliente.segreto_precedente  # only here, it is not saved
    return prova(request)


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
        gettone = _gettone(impronta)
        if gettone is None or gettone.is_expired() or not gettone.application.is_usable(request):
            raise AuthenticationFailed(
                _("Il gettone non vale: è scaduto, è stato revocato o non c'è mai stato.")
            )
        return gettone.application.user, gettone

    def authenticate_header(self, request: Request) -> str:
        return 'Bearer realm="api"'


def _campi(modello: type[Model], *quali: str) -> tuple[str, ...]:
    """These columns of a table (all, if not said), in its order: ``from_db`` wants it."""
    tutti = (campo.attname for campo in modello._meta.concrete_fields)
    return tuple(nome for nome in tutti if not quali or nome in quali)


_DEL_GETTONE = _campi(get_access_token_model(), "id", "expires", "scope", "application_id")
_DEL_CLIENTE = _campi(ClienteApi, "id", "user_id", "revocato_il")
_DELLA_PERSONA = _campi(Utente)
_gettoni = Interrogazione(
    lambda: (
        get_access_token_model()
        .objects.filter(token_checksum=Posto("impronta"))
        .values_list(
            *_DEL_GETTONE,
            *(f"application__{nome}" for nome in _DEL_CLIENTE),
            *(f"application__user__{nome}" for nome in _DELLA_PERSONA),
        )
    )
)


def _gettone(impronta: str) -> Any:
    """A token with its client and its person, read anew at each request: what is needed of them,
    the rest comes if somebody looks at it.
    """
    trovati = _gettoni.righe(impronta=impronta)
    if not trovati:
        return None
    valori = iter(trovati[0])
    gettone, cliente, persona = (
        modello.from_db(DEFAULT_DB_ALIAS, nomi, list(islice(valori, len(nomi))))
        for modello, nomi in (
            (get_access_token_model(), _DEL_GETTONE),
            (ClienteApi, _DEL_CLIENTE),
            (Utente, _DELLA_PERSONA),
        )
    )
    cliente.user = persona if persona.pk else None
    gettone.application = cliente
    return gettone


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
