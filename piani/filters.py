# SPDX-License-Identifier: AGPL-3.0-or-later
"""Filters of the lists of the ground floor, shared by page and export."""

from typing import Any

import django_filters
from django import forms
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from piani.models import Accesso, Azienda, Evento, Incarico, Piano, Ruolo, Utente
from piani.models.accesso import AccessoQuerySet
from piani.models.evento import EventoQuerySet
from piani.models.incarico import UtenteQuerySet
from piani.models.piano import PianoQuerySet

GIORNO = {
    "input_formats": ["%Y-%m-%d", "%d/%m/%Y"],
    "widget": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
}


def mie_aziende(richiesta: HttpRequest) -> Any:
    return Azienda.objects.visibili_a(richiesta.user)


class PianoFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(
        method="cerca",
        label=_("Cerca"),
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    azienda = django_filters.ModelChoiceFilter(
        queryset=mie_aziende, label=_("Azienda"), empty_label=_("Tutte"), to_field_name="codice"
    )
    anno = django_filters.NumberFilter(
        method="che_comprende", label=_("Anno"), min_value=1990, max_value=2100
    )
    stato = django_filters.ChoiceFilter(
        choices=Piano.Stato.choices, label=_("Stato"), empty_label=_("Tutti")
    )
    ordina = django_filters.OrderingFilter(
        fields={
            "azienda__nome": "azienda",
            "titolo": "titolo",
            "anno_inizio": "anni",
            "stato": "stato",
        },
        widget=forms.HiddenInput,
    )

    class Meta:
        model = Piano
        fields: list[str] = []

    def cerca(self, piani: PianoQuerySet, nome: str, testo: str) -> PianoQuerySet:
        return piani.filter(Q(titolo__icontains=testo) | Q(azienda__nome__icontains=testo))

    def che_comprende(self, piani: PianoQuerySet, nome: str, anno: Any) -> PianoQuerySet:
        return piani.filter(anno_inizio__lte=int(anno), anno_fine__gte=int(anno))


def chi_ha_agito(richiesta: HttpRequest) -> Any:
    """The people whose deeds the register shows to this person."""
    suoi = Evento.objects.visibili_a(richiesta.user).filter(da=OuterRef("pk"))
    return Utente.objects.filter(Exists(suoi))


def aziende_del_registro(richiesta: HttpRequest) -> Any:
    suoi = Evento.objects.visibili_a(richiesta.user).filter(azienda=OuterRef("pk"))
    return Azienda.objects.filter(Exists(suoi))


class EventoFilter(django_filters.FilterSet):
    """The register, for page and file alike. The kinds are those that there are."""

    q = django_filters.CharFilter(
        field_name="descrizione",
        lookup_expr="icontains",
        label=_("Cerca"),
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    da = django_filters.ModelChoiceFilter(
        queryset=chi_ha_agito, label=_("Chi"), empty_label=_("Tutti")
    )
    tipo = django_filters.ChoiceFilter(label=_("Che cosa"), empty_label=_("Tutto"))
    azienda = django_filters.ModelChoiceFilter(
        queryset=aziende_del_registro,
        label=_("Azienda"),
        empty_label=_("Tutte"),
        to_field_name="codice",
    )
    dal = django_filters.DateFilter(
        field_name="quando", lookup_expr="date__gte", label=_("Dal"), **GIORNO
    )
    al = django_filters.DateFilter(
        field_name="quando", lookup_expr="date__lte", label=_("Al"), **GIORNO
    )
    oggetto = django_filters.CharFilter(method="che_riguarda", widget=forms.HiddenInput)

    class Meta:
        model = Evento
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        tipi = self.queryset.order_by("tipo").values_list("tipo", flat=True).distinct()
        self.filters["tipo"].extra["choices"] = [(tipo, nome_del_tipo(tipo)) for tipo in tipi]

    def che_riguarda(self, eventi: EventoQuerySet, nome: str, oggetto: str) -> EventoQuerySet:
        return eventi.che_riguardano(oggetto)


def nome_del_tipo(tipo: str) -> str:
    """A kind of event for people: ``piano.in_bozza`` is «piano: in bozza»."""
    return tipo.replace(".", ": ").replace("_", " ")


class PersonaFilter(django_filters.FilterSet):
    """People of an azienda. Ruolo and «in force» look at the same incarico."""

    class Quando(models.TextChoices):
        IN_VIGORE = "in_vigore", _("in vigore oggi")
        FINITI = "finiti", _("finiti")
        FUTURI = "futuri", _("non ancora cominciati")

    class Stato(models.TextChoices):
        ATTIVE = "attive", _("possono entrare")
        INVITATE = "invitate", _("invitate, non ancora entrate")
        DISATTIVATE = "disattivate", _("disattivate")

    q = django_filters.CharFilter(
        method="cerca",
        label=_("Cerca per nome o posta"),
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    ruolo = django_filters.ChoiceFilter(
        choices=Ruolo.choices, method="niente", label=_("Incarico"), empty_label=_("Tutti")
    )
    quando = django_filters.ChoiceFilter(
        choices=Quando.choices, method="niente", label=_("Quando"), empty_label=_("Sempre")
    )
    stato = django_filters.ChoiceFilter(
        choices=Stato.choices, method="in_stato", label=_("Accesso"), empty_label=_("Tutte")
    )

    class Meta:
        model = Utente
        fields: list[str] = []

    def __init__(self, *args: Any, azienda: Azienda, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.azienda = azienda

    def filter_queryset(self, queryset: UtenteQuerySet) -> UtenteQuerySet:
        persone = super().filter_queryset(queryset)
        ruolo, quando = (self.form.cleaned_data.get(nome) for nome in ("ruolo", "quando"))
        if not ruolo and not quando:
            return persone
        incarichi = Incarico.objects.filter(azienda=self.azienda)
        if ruolo:
            incarichi = incarichi.filter(ruolo=ruolo)
        oggi = timezone.localdate()
        if quando == self.Quando.IN_VIGORE:
            incarichi = incarichi.in_vigore(oggi)
        elif quando == self.Quando.FINITI:
            incarichi = incarichi.filter(al__lt=oggi)
        elif quando == self.Quando.FUTURI:
            incarichi = incarichi.filter(dal__gt=oggi)
        return persone.filter(Exists(incarichi.filter(utente=OuterRef("pk"))))

    def niente(self, persone: UtenteQuerySet, nome: str, valore: str) -> UtenteQuerySet:
        return persone

    def cerca(self, persone: UtenteQuerySet, nome: str, testo: str) -> UtenteQuerySet:
        for parola in testo.split():
            persone = persone.filter(
                Q(first_name__icontains=parola)
                | Q(last_name__icontains=parola)
                | Q(email__icontains=parola)
                | Q(username__icontains=parola)
            )
        return persone

    def in_stato(self, persone: UtenteQuerySet, nome: str, stato: str) -> UtenteQuerySet:
        if stato == self.Stato.DISATTIVATE:
            return persone.filter(is_active=False)
        invitate = Q(inviti__usato_il__isnull=True, inviti__revocato_il__isnull=True)
        invitate &= Q(inviti__isnull=False)
        attive = persone.filter(is_active=True)
        if stato == self.Stato.INVITATE:
            return attive.filter(invitate)
        return attive.exclude(pk__in=attive.filter(invitate).values("pk"))


class AccessoFilter(django_filters.FilterSet):
    """What the Nucleo of an azienda opened."""

    chi = django_filters.ModelChoiceFilter(
        field_name="utente",
        queryset=Utente.objects.none(),
        label=_("Chi"),
        empty_label=_("Tutti"),
    )
    dal = django_filters.DateFilter(
        field_name="quando",
        lookup_expr="date__gte",
        label=_("Dal"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    al = django_filters.DateFilter(
        field_name="quando",
        lookup_expr="date__lte",
        label=_("Al"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    q = django_filters.CharFilter(
        field_name="indirizzo",
        lookup_expr="icontains",
        label=_("Cerca nell’indirizzo"),
        widget=forms.TextInput(attrs={"type": "search"}),
    )

    class Meta:
        model = Accesso
        fields: list[str] = []

    def __init__(self, *args: Any, azienda: Azienda, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        membri = Incarico.objects.filter(azienda=azienda, ruolo=Ruolo.NUCLEO)
        chi = self.filters["chi"]
        chi.field.queryset = Utente.objects.filter(pk__in=membri.values("utente"))

    def filter_queryset(self, queryset: AccessoQuerySet) -> AccessoQuerySet:
        return super().filter_queryset(queryset).select_related("utente")
