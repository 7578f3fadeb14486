# SPDX-License-Identifier: AGPL-3.0-or-later
"""The aziende of who asks, their chart and who holds which incarico."""

from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request

from piani import azioni
from piani.api.disegno import Disegno, Verificata
from piani.api.forme import Corpo, Forma
from piani.api.risorse import Lettura
from piani.azioni.bozza import PERMESSO
from piani.azioni.bozza import blocca as blocca_bozza
from piani.azioni.unita import CAMPI
from piani.filters import GIORNO, mie_aziende
from piani.models import Azienda, Incarico, Ruolo, UnitaOrganizzativa


class AziendaForma(Forma):
    """An azienda."""

    codice = serializers.CharField()
    tipo = serializers.ChoiceField(choices=Azienda.Tipo.choices)
    nome = serializers.CharField()
    codice_ipa = serializers.CharField()
    codice_fiscale = serializers.CharField()
    sede = serializers.CharField()
    vertice = serializers.CharField()
    dipendenti = serializers.IntegerField(allow_null=True)


class AziendaFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(method="cerca", label="Nel nome o nel codice")
    tipo = django_filters.ChoiceFilter(choices=Azienda.Tipo.choices, label="Tipo")

    class Meta:
        model = Azienda
        fields: list[str] = []

    def cerca(self, aziende: QuerySet[Azienda], nome: str, testo: str) -> QuerySet[Azienda]:
        return aziende.filter(Q(nome__icontains=testo) | Q(codice__iexact=testo))


class AziendaRisorsa(Verificata, Lettura):
    """Le aziende in cui chi chiede ha un incarico."""

    ambito = "piani"
    raccolta = "aziende"
    modello = Azienda
    serializer_class = AziendaForma
    filterset_class = AziendaFilter
    ordini = {"nome": "nome", "codice": "codice"}
    ordine = ("nome",)
    lookup_field = "codice"
    lookup_value_regex = r"[-a-zA-Z0-9_]{1,50}"


class UnitaForma(Forma):
    """A unit of a version of the chart."""

    id = serializers.IntegerField()
    azienda = serializers.CharField(source="organigramma.azienda.codice")
    organigramma = serializers.IntegerField(source="organigramma_id")
    valido_dal = serializers.DateField(source="organigramma.valido_dal", allow_null=True)
    valido_al = serializers.DateField(source="organigramma.valido_al", allow_null=True)
    codice = serializers.CharField()
    nome = serializers.CharField()
    tipo = serializers.ChoiceField(choices=UnitaOrganizzativa.Tipo.choices)
    cdr = serializers.BooleanField(help_text="È un centro di responsabilità.")
    sotto = serializers.IntegerField(
        source="parent_id", allow_null=True, help_text="L'unità da cui dipende."
    )
    ordine = serializers.IntegerField()


class UnitaFilter(django_filters.FilterSet):
    """``data``: the units of the chart in force that day."""

    q = django_filters.CharFilter(method="cerca", label="Nel nome o nel codice")
    azienda = django_filters.ModelChoiceFilter(
        queryset=mie_aziende, field_name="organigramma__azienda", to_field_name="codice"
    )
    data = django_filters.DateFilter(method="alla_data", label="In vigore quel giorno", **GIORNO)
    tipo = django_filters.ChoiceFilter(choices=UnitaOrganizzativa.Tipo.choices)
    cdr = django_filters.BooleanFilter()
    codice = django_filters.CharFilter()

    class Meta:
        model = UnitaOrganizzativa
        fields: list[str] = []

    def cerca(self, unita: QuerySet[Any], nome: str, testo: str) -> QuerySet[Any]:
        return unita.filter(Q(nome__icontains=testo) | Q(codice__iexact=testo))

    def alla_data(self, unita: QuerySet[Any], nome: str, giorno: Any) -> QuerySet[Any]:
        aperta = Q(organigramma__valido_al__isnull=True) | Q(organigramma__valido_al__gte=giorno)
        return unita.filter(aperta, organigramma__valido_dal__lte=giorno)


class CambiaUnita(Corpo):
    codice = serializers.CharField(max_length=30, required=False)
    nome = serializers.CharField(max_length=200, required=False)
    tipo = serializers.ChoiceField(choices=UnitaOrganizzativa.Tipo.choices, required=False)
    cdr = serializers.BooleanField(required=False)
    nota = serializers.CharField(max_length=10_000, allow_blank=True, required=False)
    sotto = serializers.IntegerField(
        required=False, allow_null=True, min_value=0, max_value=10**18,
        help_text="L'unità della bozza da cui dipende.",
    )  # fmt: skip


class UnitaRisorsa(Disegno, Lettura):
    """Le unità di ogni versione dell'organigramma, anche passata o in bozza. Si cambiano quelle di
    una bozza."""

    ambito = "piani"
    raccolta = "unita-organizzative"
    modello = UnitaOrganizzativa
    serializer_class = UnitaForma
    filterset_class = UnitaFilter
    ordini = {"nome": "nome", "codice": "codice", "ordine": "ordine"}
    ordine = ("organigramma_id", "ordine")
    collegati = ("organigramma__azienda",)
    condizionati = ("partial_update", "destroy")

    def blocca(self, riga: Any) -> None:
        blocca_bozza(riga.organigramma)

    @extend_schema(request=CambiaUnita, responses=UnitaForma)
    def partial_update(self, request: Request, pk: str) -> HttpResponse:
        with self.in_modifica(PERMESSO, lambda una: una.organigramma) as unita:
            dati = self.letti(CambiaUnita)
            if "sotto" in dati:
                sopra = dati.pop("sotto")
                sorelle = unita.organigramma.unita
                padre = None if sopra is None else get_object_or_404(sorelle, pk=sopra)
                azioni.sposta_unita(unita, padre=padre, da=request.user)
            if dati:
                detti = {nome: getattr(unita, nome) for nome in CAMPI} | dati
                azioni.modifica_unita(unita, **detti, da=request.user)
        return self.risposta(self.una(pk=unita.pk))

    def destroy(self, request: Request, pk: str) -> HttpResponse:
        with self.in_modifica(PERMESSO, lambda una: una.organigramma) as unita:
            azioni.elimina_unita(unita, da=request.user)
        return HttpResponse(status=204)


class IncaricoForma(Forma):
    """Who is entrusted with what."""

    id = serializers.IntegerField()
    azienda = serializers.CharField(source="azienda.codice")
    ruolo = serializers.ChoiceField(choices=Ruolo.choices)
    cognome = serializers.CharField(source="utente.last_name")
    nome = serializers.CharField(source="utente.first_name")
    unita = serializers.IntegerField(source="unita_id", allow_null=True)
    dal = serializers.DateField()
    al = serializers.DateField(allow_null=True)
    anno_da = serializers.IntegerField(allow_null=True)
    anno_a = serializers.IntegerField(allow_null=True)


class IncaricoFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(method="cerca", label="Nel nome o nel cognome")
    azienda = django_filters.ModelChoiceFilter(queryset=mie_aziende, to_field_name="codice")
    ruolo = django_filters.ChoiceFilter(choices=Ruolo.choices)
    unita = django_filters.NumberFilter(field_name="unita_id")
    in_vigore = django_filters.BooleanFilter(method="di_oggi", label="Valgono oggi, o no")

    class Meta:
        model = Incarico
        fields: list[str] = []

    def cerca(self, incarichi: QuerySet[Any], nome: str, testo: str) -> QuerySet[Any]:
        return incarichi.filter(
            Q(utente__last_name__icontains=testo) | Q(utente__first_name__icontains=testo)
        )

    def di_oggi(self, incarichi: QuerySet[Any], nome: str, si: bool) -> QuerySet[Any]:
        oggi = timezone.localdate()
        valgono = Q(dal__lte=oggi) & (Q(al__isnull=True) | Q(al__gte=oggi))
        return incarichi.filter(valgono if si else ~valgono)


class IncaricoRisorsa(Lettura):
    """Gli incarichi: li legge chi legge le pagine delle persone."""

    ambito = "piani"
    raccolta = "incarichi"
    modello = Incarico
    serializer_class = IncaricoForma
    filterset_class = IncaricoFilter
    ordini = {"cognome": "utente__last_name", "ruolo": "ruolo", "dal": "dal"}
    ordine = ("azienda_id", "ruolo", "dal")

    def visibili(self) -> QuerySet[Any]:
        """People's incarichi are seen where their page is: by who sees to the people; and one's
        own."""
        chi = self.request.user
        amministrate = Azienda.objects.amministrate_da(chi)
        return Incarico.objects.visibili_a(chi).filter(Q(azienda__in=amministrate) | Q(utente=chi))
