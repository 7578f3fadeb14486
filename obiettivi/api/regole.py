# SPDX-License-Identifier: AGPL-3.0-or-later
"""The rules of measurement of a year: read, written until they are frozen."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request

from obiettivi import azioni
from obiettivi.models import EdizioneSMVP
from piani.api.elenchi import filtro
from piani.api.forme import Corpo, Forma, MiaAzienda
from piani.api.risorse import Lettura
from piani.models import Azienda

PERMESSO = "obiettivi.modifica_edizione"


@extend_schema_field({"type": "object", "additionalProperties": {}})
class Parametri(serializers.DictField):
    """The rules as the file of an edition writes them."""

    def __init__(self, **come: Any) -> None:
        super().__init__(help_text="Come nel file di un'edizione delle regole.", **come)


class RegoleForma(Forma):
    """The rules of a year."""

    id = serializers.IntegerField()
    azienda = serializers.CharField(source="azienda.codice")
    anno = serializers.IntegerField()
    nome = serializers.CharField()
    parametri = Parametri()
    congelata_il = serializers.DateTimeField(allow_null=True)


class CambiaRegole(Corpo):
    parametri = Parametri(allow_empty=False)


class NuoveRegole(CambiaRegole):
    azienda = MiaAzienda()
    anno = serializers.IntegerField(min_value=2000, max_value=2100)


class EdizioneRisorsa(Lettura):
    """Le regole di misurazione di ogni anno (SMVP)."""

    ambito = "obiettivi"
    raccolta = "regole"
    modello = EdizioneSMVP
    serializer_class = RegoleForma
    filterset_class = filtro(EdizioneSMVP, "nome", azienda="azienda__codice", anno="anno")
    ordini = {"anno": "anno"}
    ordine = ("azienda_id", "-anno")
    collegati = ("azienda",)
    condizionati = ("partial_update",)

    def visibili(self) -> QuerySet[Any]:
        return EdizioneSMVP.objects.filter(
            azienda__in=Azienda.objects.visibili_a(self.request.user)
        )

    @extend_schema(request=NuoveRegole, responses={201: RegoleForma})
    def create(self, request: Request) -> HttpResponse:
        dati = self.letti(NuoveRegole)
        nuova = azioni.crea_edizione(
            dati["azienda"], dati["anno"], dati["parametri"], da=request.user
        )
        return self.creata(nuova.pk, "regole")

    @extend_schema(request=CambiaRegole, responses=RegoleForma)
    def partial_update(self, request: Request, pk: str) -> HttpResponse:
        with self.in_modifica(PERMESSO) as questa:
            azioni.modifica_edizione(questa, **self.letti(CambiaRegole), da=request.user)
        return self.risposta(self.una(pk=questa.pk))

    @extend_schema(summary="Congela", request=None, responses=RegoleForma)
    @action(detail=True, methods=["post"])
    def congelamento(self, request: Request, pk: str) -> HttpResponse:
        return self.passo(PERMESSO, azioni.congela_edizione)
