# SPDX-License-Identifier: AGPL-3.0-or-later
"""The windows of the yearly cycle with their late exceptions, and the periods that are closed."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request

from obiettivi import azioni
from obiettivi.azioni.finestra import PERMESSO
from obiettivi.models import Finestra, Frazione, PeriodoChiuso, Proroga
from piani.api.elenchi import annida, filtro
from piani.api.forme import Corpo, Forma, MiaAzienda, MiaUnita
from piani.api.risorse import Lettura, Risorsa, Singola
from piani.models import Azienda

ANNO = {"min_value": 2000, "max_value": 2100}
TESTO = {"max_length": 10_000}
CHIUDE = "obiettivi.chiudi_periodo"


class ProrogaForma(Forma):
    """More time for a unit."""

    id = serializers.IntegerField()
    unita = serializers.IntegerField(source="unita_id")
    fino_al = serializers.DateField()
    motivo = serializers.CharField()
    concessa_il = serializers.DateTimeField()


class FinestraForma(Forma):
    """From when to when something of a year is done."""

    id = serializers.IntegerField()
    azienda = serializers.CharField(source="azienda.codice")
    anno = serializers.IntegerField()
    tipo = serializers.ChoiceField(choices=Finestra.Tipo.choices)
    frazione = serializers.ChoiceField(choices=Frazione.choices, allow_blank=True)
    apre = serializers.DateField()
    scade = serializers.DateField()
    proroghe = ProrogaForma(many=True)


class CambiaFinestra(Corpo):
    apre = serializers.DateField()
    scade = serializers.DateField()


class NuovaFinestra(CambiaFinestra):
    azienda = MiaAzienda()
    anno = serializers.IntegerField(**ANNO)
    tipo = serializers.ChoiceField(choices=Finestra.Tipo.choices)
    frazione = serializers.ChoiceField(choices=Frazione.choices, allow_blank=True, default="")


class ProponiFinestre(Corpo):
    azienda = MiaAzienda()
    anno = serializers.IntegerField(**ANNO)


class FinestreForma(Forma):
    finestre = FinestraForma(many=True)


class NuovaProroga(Corpo):
    unita = MiaUnita()
    fino_al = serializers.DateField()
    motivo = serializers.CharField(**TESTO)


class FinestraRisorsa(Lettura):
    """Le finestre del ciclo annuale, con le proroghe concesse alle unità."""

    ambito = "obiettivi"
    raccolta = "finestre"
    modello = Finestra
    serializer_class = FinestraForma
    filterset_class = filtro(
        Finestra, "azienda__nome", azienda="azienda__codice", anno="anno", tipo="tipo"
    )
    ordini = {"anno": "anno", "apre": "apre", "scade": "scade"}
    ordine = ("azienda_id", "-anno", "apre")
    collegati = ("azienda",)
    condizionati = ("partial_update", "destroy")

    def completa(self, righe: list[dict[str, Any]]) -> None:
        annida(righe, "proroghe", Proroga.objects.order_by("unita_id"), "finestra", ProrogaForma)

    def blocca(self, riga: Any) -> None:
        Azienda.objects.select_for_update().get(pk=riga.azienda_id)

    @extend_schema(request=NuovaFinestra, responses={201: FinestraForma})
    def create(self, request: Request) -> HttpResponse:
        dati = self.letti(NuovaFinestra)
        nuova = azioni.fissa_finestra(dati.pop("azienda"), **dati, da=request.user)
        return self.creata(nuova.pk, "finestre")

    @extend_schema(request=CambiaFinestra, responses=FinestraForma)
    def partial_update(self, request: Request, pk: str) -> HttpResponse:
        with self.in_modifica(PERMESSO) as finestra:
            detti = {"apre": finestra.apre, "scade": finestra.scade}
            dati = detti | self.letti(CambiaFinestra, partial=True)
            azioni.cambia_finestra(finestra, **dati, da=request.user)
        return self.risposta(self.una(pk=finestra.pk))

    def destroy(self, request: Request, pk: str) -> HttpResponse:
        with self.in_modifica(PERMESSO) as finestra:
            azioni.togli_finestra(finestra, da=request.user)
        return HttpResponse(status=204)

    @extend_schema(
        summary="Fissa le finestre solite di un anno",
        description="Quelle che ci sono già restano.",
        request=ProponiFinestre,
        responses={201: FinestreForma},
    )
    @action(detail=False, methods=["post"])
    def solite(self, request: Request) -> HttpResponse:
        dati = self.letti(ProponiFinestre)
        azienda, anno = dati["azienda"], dati["anno"]
        fatte = azioni.proponi_finestre(azienda, anno=anno, da=request.user)
        nuove = self.get_queryset().filter(pk__in=[una.pk for una in fatte])
        dove = f"/api/v1/finestre?azienda={azienda.codice}&anno={anno}"
        return self.risposta({"finestre": self.righe(nuove.order_by("apre", "pk"))}, 201,
                             Location=dove)  # fmt: skip

    @extend_schema(
        summary="Concedi una proroga",
        description="A un'unità; una seconda prende il posto della prima.",
        request=NuovaProroga,
        responses={201: ProrogaForma},
    )
    @action(detail=True, methods=["post"])
    def proroghe(self, request: Request, pk: str) -> HttpResponse:
        finestra = self.oggetto()
        self.esigi(PERMESSO, finestra)
        data = azioni.proroga(finestra, **self.letti(NuovaProroga), da=request.user)
        return self.creata(data.pk, "proroghe", ProrogaRisorsa)


class ProrogaRisorsa(Singola, Risorsa):
    """Una proroga."""

    ambito = "obiettivi"
    raccolta = "finestre"
    modello = Proroga
    serializer_class = ProrogaForma
    collegati = ("finestra__azienda", "unita")
    condizionati = ("destroy",)

    def visibili(self) -> QuerySet[Any]:
        return Proroga.objects.filter(finestra__in=Finestra.objects.visibili_a(self.request.user))

    def blocca(self, riga: Any) -> None:
        Azienda.objects.select_for_update().get(pk=riga.finestra.azienda_id)

    def destroy(self, request: Request, pk: str) -> HttpResponse:
        with self.in_modifica(PERMESSO, lambda una: una.finestra) as data:
            azioni.togli_proroga(data, da=request.user)
        return HttpResponse(status=204)


class PeriodoForma(Forma):
    """A year, or a part of it, whose results are taken no more."""

    id = serializers.IntegerField()
    azienda = serializers.CharField(source="azienda.codice")
    anno = serializers.IntegerField()
    frazione = serializers.ChoiceField(choices=Frazione.choices, allow_blank=True)
    chiuso_il = serializers.DateTimeField()


class ChiudiPeriodo(Corpo):
    azienda = MiaAzienda()
    anno = serializers.IntegerField(**ANNO)
    frazione = serializers.ChoiceField(choices=Frazione.choices, allow_blank=True, default="")


class RiapriPeriodo(Corpo):
    motivo = serializers.CharField(**TESTO)


class PeriodoChiusoRisorsa(Lettura):
    """I periodi chiusi ai nuovi risultati."""

    ambito = "obiettivi"
    raccolta = "periodi-chiusi"
    modello = PeriodoChiuso
    serializer_class = PeriodoForma
    filterset_class = filtro(PeriodoChiuso, "azienda__nome", azienda="azienda__codice", anno="anno")
    ordini = {"anno": "anno", "chiuso_il": "chiuso_il"}
    ordine = ("azienda_id", "-anno", "frazione")
    collegati = ("azienda",)

    def visibili(self) -> QuerySet[Any]:
        return PeriodoChiuso.objects.filter(
            azienda__in=Azienda.objects.visibili_a(self.request.user)
        )

    @extend_schema(
        summary="Chiudi un periodo", request=ChiudiPeriodo, responses={201: PeriodoForma}
    )
    def create(self, request: Request) -> HttpResponse:
        dati = self.letti(ChiudiPeriodo)
        chiuso = azioni.chiudi_periodo(dati.pop("azienda"), **dati, da=request.user)
        return self.creata(chiuso.pk, "periodi-chiusi")

    @extend_schema(summary="Riapri", request=RiapriPeriodo, responses={204: None})
    @action(detail=True, methods=["post"])
    def riapertura(self, request: Request, pk: str) -> HttpResponse:
        chiuso = self.oggetto()
        self.esigi(CHIUDE, chiuso.azienda)
        azioni.riapri_periodo(
            chiuso.azienda,
            anno=chiuso.anno,
            frazione=chiuso.frazione,
            **self.letti(RiapriPeriodo),
            da=request.user,
        )
        return HttpResponse(status=204)
