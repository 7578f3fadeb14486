# SPDX-License-Identifier: AGPL-3.0-or-later
"""The administrator's pages of this floor: sources, benchmarks, the library of indicators."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from obiettivi.azioni.indicatore import CHE_CONTANO
from obiettivi.models import (
    CriterioValidazione,
    FonteDati,
    Indicatore,
    TermineRelazione,
    ValoreRiferimento,
)
from piani.admin import ConEvento


@admin.register(FonteDati)
class FonteDatiAdmin(ConEvento):
    list_display = ("nome", "categoria", "fornitore", "ritardo_giorni")
    list_filter = ("categoria",)
    search_fields = ("nome", "codice")


@admin.register(Indicatore)
class IndicatoreAdmin(ConEvento):
    """What describes an indicator; what is asked of it and its results live elsewhere.

    What the scores depend on is chosen when it is created, then changed only in its own page, which
    brings the plans up to date.
    """

    list_display = ("codice", "nome", "azienda", "unita", "verso", "fonte")
    list_filter = ("azienda", "tipo_formula", "fonte")
    search_fields = ("codice", "nome")
    autocomplete_fields = ("azienda", "fonte")
    raw_id_fields = ("rilevatore",)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return tuple(sorted(CHE_CONTANO)) if obj else ()

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(ValoreRiferimento)
class ValoreRiferimentoAdmin(ConEvento):
    """The benchmarks against which a target «Benchmark regionale» is judged."""

    list_display = ("indicatore", "anno", "ambito", "valore", "fonte", "dimostrativo")
    list_filter = ("anno", "ambito", "indicatore__azienda")
    autocomplete_fields = ("indicatore",)


@admin.register(TermineRelazione)
class TermineRelazioneAdmin(ConEvento):
    """By when the law wants the Relazione of a year."""

    list_display = ("anno_dal", "anno_al", "giorno", "mese", "norma")


@admin.register(CriterioValidazione)
class CriterioValidazioneAdmin(ConEvento):
    """By what the Nucleo examines a Relazione."""

    list_display = ("codice", "nome", "norma", "anno_dal", "anno_al")
    list_filter = ("anno_dal",)
