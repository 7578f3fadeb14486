# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the resources of the conciliation have in common."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.request import Request

from conciliazione.models import EdizioneConciliazione, Progetto
from conciliazione.rules import DI_PERSONA, esigi_referente
from piani.api.elenchi import CHIAVE_MASSIMA, Righe, annida, filtro
from piani.api.forme import Forma, Numero
from piani.api.risorse import Lettura

__all__ = [
    "CHIAVE_MASSIMA",
    "TANTI",
    "Chiave",
    "EnteBreve",
    "Euro",
    "Righe",
    "Risorsa",
    "annida",
    "edizione_di",
    "filtro",
    "per_chiave",
    "progetto_di",
]

TANTI = 1_000_000
"""People, or companies: more than there can be."""


def edizione_di(request: Request, slug: str) -> EdizioneConciliazione:
    """An edition of who asks, by its slug; 404 if it is not."""
    visibili = EdizioneConciliazione.objects.visibili_a(request.user).select_related("azienda")
    trovata: EdizioneConciliazione = get_object_or_404(visibili, slug=slug)
    return trovata


def progetto_di(request: Request, chiave: int) -> Progetto:
    """A project of who asks, by its key; 404 if it is not."""
    visibili = Progetto.objects.visibili_a(request.user)
    trovato: Progetto = get_object_or_404(
        visibili.select_related("edizione__azienda", "capofila"), pk=chiave
    )
    return trovato


def per_chiave(
    righe: Iterable[dict[str, Any]], nome: str, *, campo: str
) -> dict[int, dict[str, Any]]:
    """What was sent of some rows, by the key under ``nome`` of each.

    :raises ValidationError: in ``campo``: a row is said twice.
    """
    trovate: dict[int, dict[str, Any]] = {}
    for riga in righe:
        chiave = riga.pop(nome)
        if chiave in trovate:
            raise ValidationError({campo: _("La riga %(n)s è detta due volte.") % {"n": chiave}})
        trovate[chiave] = riga
    return trovate


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


class Chiave(serializers.IntegerField):
    """The key of a row."""

    def __init__(self, **come: Any) -> None:
        super().__init__(**{"min_value": 0, "max_value": CHIAVE_MASSIMA} | come)


class Euro(Numero):
    """An amount, to the cent."""

    def __init__(self, **come: Any) -> None:
        super().__init__(14, 2, **come)


class EnteBreve(Forma):
    """A body, named."""

    id = serializers.IntegerField()
    nome = serializers.CharField()
