# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the resources of the conciliation have in common."""

from typing import Any

from django.shortcuts import get_object_or_404
from rest_framework import serializers
from rest_framework.request import Request

from conciliazione.models import EdizioneConciliazione
from conciliazione.rules import DI_PERSONA, esigi_referente
from piani.api.elenchi import CHIAVE_MASSIMA, Righe, annida, filtro
from piani.api.forme import Forma, Numero
from piani.api.risorse import Lettura

__all__ = [
    "CHIAVE_MASSIMA",
    "TANTI",
    "EnteBreve",
    "Euro",
    "Righe",
    "Risorsa",
    "annida",
    "edizione_di",
    "filtro",
]

TANTI = 1_000_000
"""People, or companies: more than there can be."""


def edizione_di(request: Request, slug: str) -> EdizioneConciliazione:
    """An edition of who asks, by its slug; 404 if it is not."""
    visibili = EdizioneConciliazione.objects.visibili_a(request.user).select_related("azienda")
    trovata: EdizioneConciliazione = get_object_or_404(visibili, slug=slug)
    return trovata


class Risorsa(Lettura):
    """A resource of the conciliation, read as a list and one by one."""

    ambito = "conciliazione"
    cerca = ""

    def esigi(self, permesso: str, oggetto: Any) -> None:
        """What is done on behalf of a body is asked of who represents it, and of nobody else."""
        if permesso in DI_PERSONA:
            esigi_referente(self.request.user, permesso, oggetto)
        else:
            super().esigi(permesso, oggetto)


class Euro(Numero):
    """An amount, to the cent."""

    def __init__(self, **come: Any) -> None:
        super().__init__(14, 2, **come)


class EnteBreve(Forma):
    """A body, named."""

    id = serializers.IntegerField()
    nome = serializers.CharField()
