# SPDX-License-Identifier: AGPL-3.0-or-later
"""Steps of a row that need nothing more than an action: each is said in a line."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.serializers import Serializer

from piani.api.risorse import Risorsa


def un_passo(
    nome: str,
    sommario: str,
    permesso: str,
    azione: Callable[..., Any],
    forma: type[Serializer] | None = None,
    *,
    descrizione: str | None = None,
) -> Any:
    """``POST …/{nome}``, that does an action to the row and gives it as it is then.

    It is kept in the class under its name, with ``_`` for each ``-``.
    """

    def passo(self: Risorsa, request: Request, **chiave: str) -> HttpResponse:
        return self.passo(permesso, azione, forma)

    passo.__name__ = nome.replace("-", "_")
    descritto = extend_schema(summary=sommario, description=descrizione, request=forma)
    return descritto(action(detail=True, methods=["post"], url_path=nome)(passo))


class SiToglie:
    """``DELETE``: who may, having read what they remove. ``toglie``: permission and action."""

    toglie: tuple[str, Callable[..., Any]]

    def destroy(self: Any, request: Request, **chiave: str) -> HttpResponse:
        permesso, azione = type(self).toglie
        with self.in_modifica(permesso) as riga:
            azione(riga, da=request.user)
        return HttpResponse(status=204)
