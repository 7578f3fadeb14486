# SPDX-License-Identifier: AGPL-3.0-or-later
"""Loads of many rows, sent with a key so that who lost the answer may send them again."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

from piani import azioni
from piani.api.formato import scrivi

CHIAVE = OpenApiParameter(
    "Idempotency-Key",
    OpenApiTypes.STR,
    OpenApiParameter.HEADER,
    required=True,
    description="Un testo diverso per ogni carico (per esempio un UUID), fino a 100 caratteri.",
)
TUTTI_O_NESSUNO = (
    "Tutti o nessuno: se una riga è sbagliata non si scrive niente e le righe da correggere sono "
    "in «errori»."
)
STESSA_RISPOSTA = (
    "Con la stessa Idempotency-Key si riceve la stessa risposta, e non si scrive due volte."
)


def chiave_di(request: Request) -> str:
    """The Idempotency-Key of a request."""
    chiave = request.headers.get("Idempotency-Key", "").strip()
    if not 1 <= len(chiave) <= 100 or not chiave.isprintable():
        raise ValidationError(
            {"Idempotency-Key": _("Mandare nell'intestazione una chiave fino a 100 caratteri.")}
        )
    return chiave


class UnaVolta:
    """A resource that takes loads: each is done once, however many times it is sent."""

    def una_volta(self: Any, chiave: str, fai: Callable[[], dict[str, Any]]) -> HttpResponse:
        """What ``fai`` answers, or answered when the same request came with that key."""
        risposta, ripetuta = azioni.una_volta(
            chiave, scrivi(self.request.data), fai, da=self.request.user
        )
        detta = {"Idempotency_Replayed": "true"} if ripetuta else {}
        esito: HttpResponse = self.risposta(risposta, **detta)
        return esito
