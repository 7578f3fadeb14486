# SPDX-License-Identifier: AGPL-3.0-or-later
"""What Albero changes of allauth: nobody signs up, every person comes from an amministratore."""

import logging
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.base import AuthProcess
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.shortcuts import redirect, resolve_url
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from piani.azioni import registra
from piani.models import Utente

log = logging.getLogger(__name__)
SPID = "TINIT-"  # what SPID and CIE write before a codice fiscale


class AdattatoreAccount(DefaultAccountAdapter):
    """Local login: passwords, their reset, the messages about them."""

    NON_CORRETTI = _("Nome utente (o posta) e password non sono corretti.")
    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": NON_CORRETTI,
        "email_password_mismatch": NON_CORRETTI,
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def set_password(self, user: Utente, password: str) -> None:
        """Write the password alone, and that it changed."""
        user.set_password(password)
        with transaction.atomic():
            user.save(update_fields=["password"])
            registra(
                "utente.password",
                user,
                azienda=None,
                da=user,
                descrizione=gettext("%(persona)s ha cambiato la propria password")
                % {"persona": user},
            )

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return resolve_url("home")

    def send_password_reset_mail(self, user: Utente, email: str, context: dict[str, Any]) -> None:
        """Only to who has a password: who was invited and never came in waits for the invitation,
        which can be revoked.
        """
        if user.has_usable_password():
            super().send_password_reset_mail(user, email, context)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """A mail server that does not answer is for the log: what the person did stands, and the
        page must not tell addresses that exist from those that do not.
        """
        try:
            super().send_mail(template_prefix, email, context)
        except OSError:  # what smtplib raises is an OSError too
            log.exception("messaggio «%s» non spedito", template_prefix)

    def send_notification_mail(
        self,
        template_prefix: str,
        user: Utente,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """To the person's own address, which here is one."""
        super().send_notification_mail(template_prefix, user, context, email or user.email)


class AdattatoreSecondoFattore(DefaultMFAAdapter):
    """The second factor carries the user name, which is what people type."""

    def get_totp_label(self, user: Utente) -> str:
        return user.username


class AdattatoreEnte(DefaultSocialAccountAdapter):
    """Login with the body's credentials: it finds people, it never makes them."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Tie the body's credentials to the person they name, the first time they are used."""
        if sociallogin.state.get("process") == AuthProcess.CONNECT:
            raise ImmediateHttpResponse(redirect("home"))
        if sociallogin.is_existing:
            return
        persona = persona_di(sociallogin.account.get_provider_account().get_user_data() or {})
        if persona is None:
            return
        with transaction.atomic():
            sociallogin.connect(request, persona)
            registra(
                "utente.collegato",
                persona,
                azienda=None,
                da=persona,
                descrizione=gettext("%(persona)s è entrato per la prima volta con %(nome)s")
                % {"persona": persona, "nome": settings.OIDC_NOME},
            )


def persona_di(dichiarato: dict[str, Any]) -> Utente | None:
    """The person that the claims of the body's login name; None if none, or if the e-mail address
    that would name them is said to be unverified.
    """
    valore = str(dichiarato.get(settings.OIDC_ATTRIBUTO) or "").strip().removeprefix(SPID)
    non_verificata = dichiarato.get("email_verified") is False
    if not valore or (settings.OIDC_ATTRIBUTO == "email" and non_verificata):
        return None
    trovati = Utente.objects.filter(**{f"{settings.OIDC_CAMPO}__iexact": valore})[:2]
    return trovati[0] if len(trovati) == 1 else None
