# SPDX-License-Identifier: AGPL-3.0-or-later
"""The administrator's pages: people, incarichi, aziende. Each write leaves its Evento."""

from collections.abc import Callable, Iterable
from typing import Any

from django.apps import apps
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.db import models
from django.db.models import Model
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from piani.azioni import allinea_forma, registra
from piani.azioni.righe import in_parole
from piani.models import (
    Azienda,
    ClienteApi,
    Evento,
    Incarico,
    ObbligoDiPubblicazione,
    PareriDovuti,
    TermineAdozione,
    Utente,
)

# Programs are made, renewed and revoked by their actions; their tokens by nobody's hand.
for _dei_gettoni in (ClienteApi, *apps.get_app_config("oauth2_provider").get_models()):
    if admin.site.is_registered(_dei_gettoni):
        admin.site.unregister(_dei_gettoni)


def azienda_di(obj: Any) -> Azienda | None:
    """The azienda a row belongs to, itself or by what it describes; None for the common ones."""
    if isinstance(obj, Azienda):
        return obj
    return getattr(obj, "azienda", None) or getattr(
        getattr(obj, "indicatore", None), "azienda", None
    )


class ConEvento(admin.ModelAdmin):
    """Records in the audit trail what the administrator changes; reads numbers with a comma."""

    formfield_overrides = {models.DecimalField: {"localize": True}}

    def save_model(self, request: HttpRequest, obj: Model, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        cambiati = [campo for campo in form.changed_data if "password" not in campo]
        dopo = _come_scritti(form, cambiati, form.cleaned_data.get)
        prima = _come_scritti(form, cambiati, form.initial.get) if change else {}
        dati = {"prima": prima, "dopo": dopo}
        self._registra(request, obj, "modificato" if change else "creato", dati)

    def delete_model(self, request: HttpRequest, obj: Model) -> None:
        self._registra(request, obj, "eliminato", {})
        super().delete_model(request, obj)

    def _registra(self, request: HttpRequest, obj: Any, verbo: str, dati: dict[str, Any]) -> None:
        azienda = None if isinstance(obj, Azienda) and verbo == "eliminato" else azienda_di(obj)
        registra(
            f"{obj._meta.model_name}.{verbo}",
            obj,
            azienda=azienda,
            da=request.user,
            descrizione=f"{obj._meta.verbose_name} «{obj}» {verbo}",
            dati=dati,
            riguarda=[obj.indicatore] if hasattr(obj, "indicatore") else [],
        )


def _come_scritti(form: Any, campi: list[str], valore: Callable[[str], Any]) -> dict[str, str]:
    """Some values of a form as people read them, by the label of their field."""
    return {
        str(form.fields[campo].label or campo): _in_parole(form.fields[campo], valore(campo))
        for campo in campi
    }


def _in_parole(campo: Any, valore: Any) -> str:
    """A value, before (a key) or after (a row), as its own words."""
    if isinstance(valore, Iterable) and not isinstance(valore, str):
        return ", ".join(sorted(map(str, valore)))
    queryset = getattr(campo, "queryset", None)
    if queryset is not None and valore is not None and not isinstance(valore, Model):
        return str(queryset.filter(pk=valore).first() or valore)
    scelte = dict(getattr(campo, "choices", ())) if queryset is None else {}
    return str(scelte[valore]) if valore in scelte else in_parole(valore)


@admin.register(Utente)
class UtenteAdmin(ConEvento, UserAdmin):
    list_display = ("username", "first_name", "last_name", "email", "is_active", "is_staff")
    add_fieldsets = (
        (None, {"fields": ("username", "email", "usable_password", "password1", "password2")}),
    )


@admin.register(Azienda)
class AziendaAdmin(ConEvento):
    """The number of employees decides the form of the PIAO that are being written."""

    list_display = ("nome", "tipo", "codice")
    search_fields = ("nome", "codice")

    def save_model(self, request: HttpRequest, obj: Azienda, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if change and "dipendenti" in form.changed_data:
            allinea_forma(obj, da=request.user)


@admin.register(Incarico)
class IncaricoAdmin(ConEvento):
    list_display = ("utente", "azienda", "ruolo", "unita", "dal", "al")
    list_filter = ("azienda", "ruolo")
    autocomplete_fields = ("utente", "azienda")
    raw_id_fields = ("unita",)


@admin.register(TermineAdozione)
class TermineAdozioneAdmin(ConEvento):
    """By when the law wants each kind of plan."""

    list_display = ("tipo", "anno_dal", "anno_al", "giorno", "mese", "norma")


@admin.register(ObbligoDiPubblicazione)
class ObbligoDiPubblicazioneAdmin(ConEvento):
    """What the law wants published: a change closes a row and begins another."""

    list_display = ("codice", "etichetta", "norma", "frequenza", "dal", "al")


@admin.register(PareriDovuti)
class PareriDovutiAdmin(ConEvento):
    """Whose opinions each kind of body acquires."""

    list_display = ("tipo_azienda", "anno_dal", "ruoli", "norma")


@admin.register(Evento)
class EventoAdmin(admin.ModelAdmin):
    """Read-only: the trail is never touched."""

    list_display = ("quando", "tipo", "da", "azienda", "descrizione")
    list_filter = ("azienda", "tipo")
    search_fields = ("descrizione", "oggetto")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Evento | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Evento | None = None) -> bool:
        return False


admin.site.site_header = _("Gestione di Albero")
admin.site.site_title = _("Gestione di Albero")
admin.site.index_title = _("Persone, incarichi e aziende")
