# SPDX-License-Identifier: AGPL-3.0-or-later
"""The administrator's pages of this floor: sources, benchmarks, the library of indicators."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from obiettivi.models import FonteDati, Indicatore, ValoreRiferimento
from piani.admin import ConEvento


@admin.register(FonteDati)
class FonteDatiAdmin(ConEvento):
    list_display = ("nome", "categoria", "fornitore", "ritardo_giorni")
    list_filter = ("categoria",)
    search_fields = ("nome", "codice")


@admin.register(Indicatore)
class IndicatoreAdmin(ConEvento):
    """What describes an indicator; what is asked of it and its results live elsewhere."""

    list_display = ("codice", "nome", "azienda", "unita", "verso", "fonte")
    list_filter = ("azienda", "tipo_formula", "fonte")
    search_fields = ("codice", "nome")
    autocomplete_fields = ("azienda", "fonte")
    raw_id_fields = ("rilevatore",)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(ValoreRiferimento)
class ValoreRiferimentoAdmin(ConEvento):
    """The benchmarks against which a target «Benchmark regionale» is judged."""

    list_display = ("indicatore", "anno", "ambito", "valore", "fonte", "dimostrativo")
    list_filter = ("anno", "ambito", "indicatore__azienda")
    autocomplete_fields = ("indicatore",)
