# SPDX-License-Identifier: AGPL-3.0-or-later
"""What narrows and sorts a list; a parameter that nobody knows is refused, not ignored."""

import re
from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django_filters import BooleanFilter, NumberFilter
from django_filters.filterset import FilterSet
from django_filters.rest_framework import DjangoFilterBackend
from rest_framework.exceptions import ValidationError
from rest_framework.filters import BaseFilterBackend
from rest_framework.request import Request

DELLE_PAGINE = ("pagina", "per_pagina")
ORDINE = "ordering"
_INTERO = re.compile(r"-?[0-9]{1,18}", re.ASCII)


class Filtri(DjangoFilterBackend):
    """The FilterSet of the view, the same as the page's."""

    def filter_queryset(self, request: Request, queryset: QuerySet[Any], view: Any) -> Any:
        classe = self.get_filterset_class(view, queryset)
        noti = classe.base_filters if classe else {}
        controlla_parametri(request, (*noti, *DELLE_PAGINE, ORDINE))
        if classe is None or _niente_da_filtrare(request, classe):
            return queryset
        _controlla_valori(request, noti)
        return super().filter_queryset(request, queryset, view)


def controlla_parametri(request: Request, noti: Iterable[str]) -> None:
    """Refuse the parameters of the address that are not among these, and those said twice."""
    conosciuti = {*noti}
    sbagliati = {
        nome: _("Questo parametro non esiste.")
        for nome in request.query_params
        if nome not in conosciuti
    }
    sbagliati |= {
        nome: _("Manca il valore.") for nome, valore in request.query_params.items() if not valore
    }
    sbagliati |= {
        nome: _("Si scrive una volta sola.")
        for nome, valori in request.query_params.lists()
        if len(valori) > 1
    }
    if sbagliati:
        raise ValidationError(sbagliati)


def _niente_da_filtrare(request: Request, classe: type[FilterSet]) -> bool:
    """No parameter is of a filter, and the FilterSet adds nothing of its own to them."""
    suoi = classe.base_filters.keys() & request.query_params.keys()
    return not suoi and classe.filter_queryset is FilterSet.filter_queryset


def _controlla_valori(request: Request, filtri: Any) -> None:
    """What the filters would take for something else: a yes or no that is not understood is as
    not said, a number with decimals is another key.
    """
    sbagliati = {}
    for nome, valore in request.query_params.items():
        filtro = filtri.get(nome)
        if isinstance(filtro, BooleanFilter) and valore not in ("true", "false"):
            sbagliati[nome] = _("Si scrive true oppure false.")
        elif isinstance(filtro, NumberFilter) and not _INTERO.fullmatch(valore):
            sbagliati[nome] = _("Si scrive un numero intero.")
    if sbagliati:
        raise ValidationError(sbagliati)


class Ordine(BaseFilterBackend):
    """``ordering=nome,-anno`` among the view's ``ordini`` (name → column), then the key."""

    def filter_queryset(self, request: Request, queryset: QuerySet[Any], view: Any) -> Any:
        testo = request.query_params.get(ORDINE, "")
        chiesti = testo.split(",") if testo else []
        colonne = [self._colonna(uno, view.ordini) for uno in chiesti]
        return queryset.order_by(*(colonne or view.ordine), *view.chiave_unica)

    @staticmethod
    def _colonna(chiesto: str, ordini: dict[str, str]) -> str:
        nome = chiesto.removeprefix("-")
        if nome not in ordini:
            ammessi = ", ".join(ordini)
            raise ValidationError(
                {ORDINE: _("Si ordina per: %(nomi)s; con un meno davanti, al contrario.")
                 % {"nomi": ammessi}}
            )  # fmt: skip
        return ("-" if chiesto.startswith("-") else "") + ordini[nome]

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        if not view.ordini:
            return []
        nomi = [segno + nome for nome in view.ordini for segno in ("", "-")]
        return [
            {
                "name": ORDINE,
                "in": "query",
                "required": False,
                "description": "Per che cosa ordinare; più nomi con la virgola, meno = al "
                "contrario.",
                "explode": False,
                "style": "form",
                "schema": {"type": "array", "items": {"type": "string", "enum": nomi}},
            }
        ]
