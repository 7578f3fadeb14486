# SPDX-License-Identifier: AGPL-3.0-or-later
"""The signature of what is sent, as Standard Webhooks says, and its secrets, kept encrypted.

Who receives counts HMAC-SHA256 of «id.timestamp.body» with the secret; the time and the id are in
it, so that what is heard once cannot be sent again later.
"""

import base64
import hashlib
import hmac
import secrets
from datetime import datetime

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.translation import gettext as _

from piani.models import Webhook

PREFISSO = "whsec_"
BYTE = 32


class SegretoIllegibile(Exception):
    """``SECRET_KEY`` was changed: what it encrypted cannot be read any more."""

    def __str__(self) -> str:
        return _("Il segreto non si legge più, perché è cambiata SECRET_KEY: darne uno nuovo.")


def nuovo_segreto() -> str:
    """A secret as it is shown to people: ``whsec_`` and its bytes in base64."""
    return PREFISSO + base64.b64encode(secrets.token_bytes(BYTE)).decode()


def _cassaforte() -> MultiFernet:
    chiavi = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([
        Fernet(base64.urlsafe_b64encode(hashlib.sha256(f"piani.webhook:{una}".encode()).digest()))
        for una in chiavi
    ])  # fmt: skip


def chiudi(segreto: str) -> str:
    """A secret as the tables keep it."""
    return _cassaforte().encrypt(segreto.encode()).decode()


def apri(chiuso: str) -> str:
    """The secret that was closed.

    :raises SegretoIllegibile: it was closed with another key.
    """
    try:
        return _cassaforte().decrypt(chiuso.encode()).decode()
    except InvalidToken as errore:
        raise SegretoIllegibile from errore


def intestazioni(webhook: Webhook, codice: str, adesso: datetime, corpo: bytes) -> dict[str, str]:
    """The headers that say who sends, when, and what nobody else could have written.

    During the change of the secret there are two signatures: who receives needs one.

    :raises SegretoIllegibile: the secret cannot be read any more.
    """
    segreti = [webhook.segreto]
    if webhook.ha_due_segreti:
        segreti.append(webhook.segreto_precedente)
    quando = str(int(adesso.timestamp()))
    firme = (firma(apri(uno), codice, quando, corpo) for uno in segreti)
    return {
        "webhook-id": codice,
        "webhook-timestamp": quando,
        "webhook-signature": " ".join(firme),
    }


def firma(segreto: str, codice: str, quando: str, corpo: bytes) -> str:
    """The signature of a message, version 1."""
    chiave = base64.b64decode(segreto.removeprefix(PREFISSO))
    impronta = hmac.new(chiave, f"{codice}.{quando}.".encode() + corpo, hashlib.sha256)
    return "v1," + base64.b64encode(impronta.digest()).decode()
