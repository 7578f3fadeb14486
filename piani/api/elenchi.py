# SPDX-License-Identifier: AGPL-3.0-or-later
"""What lists have in common: filters told by the columns, rows nested in other rows."""

from collections import defaultdict
from typing import Any

import django_filters
from django.db.models import Field, Model, QuerySet

from piani.api.forme import Forma
from piani.api.risorse import colonne_di

Righe = list[dict[str, Any]]
CHIAVE_MASSIMA = 10**18
"""No row has a greater key: beyond it a database would refuse the number itself."""


def filtro(
    modello: type[Model], cerca: str, *, edizione: str = "", **altri: str
) -> type[django_filters.FilterSet]:
    """The filters of a list: ``q`` in a text, the edition by its slug, and the others by the column
    that each names: those with choices want one of them.
    """
    campi: dict[str, Any] = {
        "q": django_filters.CharFilter(
            field_name=cerca, lookup_expr="icontains", label="Parole da cercare"
        )
    }
    if edizione:
        campi["edizione"] = django_filters.CharFilter(
            field_name=f"{edizione}__slug", label="Slug dell'edizione"
        )
    for nome, colonna in altri.items():
        campi[nome] = _filtro_di(_campo(modello, colonna), colonna)
    meta = type("Meta", (), {"model": modello, "fields": []})
    nome = f"{modello.__name__}ApiFilter"
    return type(nome, (django_filters.FilterSet,), {**campi, "Meta": meta, "ordina": None})


def _campo(modello: type[Model], colonna: str) -> Any:
    campo: Any = None
    for passo in colonna.split("__"):
        campo = modello._meta.get_field(passo)
        modello = campo.related_model or modello
    return campo


def _filtro_di(campo: Field, colonna: str) -> django_filters.Filter:
    if campo.choices:
        return django_filters.ChoiceFilter(field_name=colonna, choices=campo.choices)
    if campo.get_internal_type() == "BooleanField":
        return django_filters.BooleanFilter(field_name=colonna)
    if campo.get_internal_type() in ("CharField", "SlugField"):
        return django_filters.CharFilter(field_name=colonna)
    return django_filters.NumberFilter(field_name=colonna, min_value=0, max_value=CHIAVE_MASSIMA)


def lette(queryset: QuerySet[Any], forma: type[Forma]) -> Righe:
    """The rows of a queryset as a shape gives them, in one query."""
    colonne = colonne_di(forma)
    return [
        dict(zip(colonne, riga, strict=True)) for riga in queryset.values_list(*colonne.values())
    ]


def annida(
    righe: Righe, nome: str, queryset: QuerySet[Any], padre: str, forma: type[Forma]
) -> Righe:
    """Put under ``nome`` of each row those of a queryset that are part of it, as the shape gives
    them, in one query; all of them, for what hangs from them in their turn.

    :param padre: the column of the queryset that names the row, by its ``id``.
    """
    colonne = colonne_di(forma)
    per_padre: dict[int, Righe] = defaultdict(list)
    chiavi = [riga["id"] for riga in righe]
    for chiave, *valori in queryset.filter(**{f"{padre}__in": chiavi}).values_list(
        padre, *colonne.values()
    ):
        per_padre[chiave].append(dict(zip(colonne, valori, strict=True)))
    for riga in righe:
        riga[nome] = per_padre.get(riga["id"], [])
    return [una for sue in per_padre.values() for una in sue]
