# SPDX-License-Identifier: AGPL-3.0-or-later
"""The schede budget of the CdR, read with what they ask and how it went."""

from collections import defaultdict
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request

from obiettivi.filters import SchedaFilter
from obiettivi.models import (
    AreaScheda,
    PunteggioScheda,
    RigaScheda,
    RisorsaScheda,
    SchedaBudget,
)
from obiettivi.models.scheda import SchedaQuerySet
from piani.api.filtri import controlla_parametri
from piani.api.forme import Forma, Numero
from piani.api.risorse import Lettura
from piani.organigramma.ambito import unita_sotto

RIGA = (
    "pk", "obiettivo", "indicatore__codice", "indicatore__nome", "misura_id", "aziendale", "peso",
    "storico_anno", "storico", "dato_anno", "dato", "atteso",
)  # fmt: skip
RISORSA = ("fattore", "unita_misura", "budget", "previsione", "consuntivo", "commento")


class SchedaForma(Forma):
    """A scheda, without its content."""

    id = serializers.IntegerField()
    azienda = serializers.CharField(source="azienda.codice")
    anno = serializers.IntegerField()
    unita = serializers.IntegerField(source="unita_id")
    unita_codice = serializers.CharField(source="unita.codice")
    unita_nome = serializers.CharField(source="unita.nome")
    piano = serializers.CharField(source="piano.slug", allow_null=True)
    stato = serializers.ChoiceField(choices=SchedaBudget.Stato.choices)
    versione = serializers.IntegerField()
    sottoscritta_il = serializers.DateTimeField(allow_null=True)
    divulgata_il = serializers.DateTimeField(allow_null=True)


class RigaForma(Forma):
    """An objective of the CdR with its indicator."""

    id = serializers.IntegerField()
    obiettivo = serializers.CharField()
    indicatore = serializers.CharField()
    nome = serializers.CharField(help_text="Dell'indicatore.")
    misura = serializers.IntegerField(allow_null=True, help_text="La stessa, nel piano.")
    aziendale = serializers.BooleanField()
    peso = Numero(5, 2, allow_null=True)
    storico_anno = serializers.IntegerField(allow_null=True)
    storico = serializers.CharField()
    dato_anno = serializers.IntegerField(allow_null=True)
    dato = serializers.CharField()
    atteso = serializers.CharField()


class AreaSchedaForma(Forma):
    id = serializers.IntegerField()
    tipo = serializers.ChoiceField(choices=AreaScheda.Tipo.choices)
    nome = serializers.CharField()
    peso = Numero(5, 2, allow_null=True)
    con_la_precedente = serializers.BooleanField()
    righe = RigaForma(many=True)


class RisorsaForma(Forma):
    fattore = serializers.CharField()
    unita_misura = serializers.CharField()
    budget = Numero(15, 2, allow_null=True)
    previsione = Numero(15, 2, allow_null=True)
    consuntivo = Numero(15, 2, allow_null=True)
    commento = serializers.CharField()


class PunteggioSchedaForma(Forma):
    frazione = serializers.CharField()
    livello = serializers.CharField()
    oggetto = serializers.IntegerField()
    stato = serializers.CharField()
    punteggio = Numero(30, 8, allow_null=True)
    copertura = Numero(7, 4)
    motivo = serializers.CharField()


class ContenutoForma(Forma):
    """What a scheda asks, with what, and the scores so far."""

    aree = AreaSchedaForma(many=True)
    risorse = RisorsaForma(many=True)
    punteggi = PunteggioSchedaForma(many=True)


class SchedaFiltroApi(SchedaFilter):
    """The page's, sorted by ``ordering``."""

    ordina = None  # type: ignore[assignment]
    dipartimento = django_filters.NumberFilter(
        method="sotto", label="Chiave di un'unità: i suoi CdR e quelli sotto"
    )

    def sotto(self, schede: SchedaQuerySet, nome: str, unita: Any) -> SchedaQuerySet:
        return schede.filter(unita__in=unita_sotto({int(unita)}))


class SchedaRisorsa(Lettura):
    """Le schede budget dei CdR che chi chiede può leggere."""

    ambito = "obiettivi"
    raccolta = "schede-budget"
    modello = SchedaBudget
    serializer_class = SchedaForma
    filterset_class = SchedaFiltroApi
    ordini = {"anno": "anno", "unita_nome": "unita__nome", "stato": "stato"}
    ordine = ("azienda__nome", "-anno", "unita__ordine", "unita__nome")
    collegati = ("azienda", "unita")

    def visibili(self) -> QuerySet[Any]:
        return SchedaBudget.objects.visibili_a(self.request.user).dei_cdr()

    @extend_schema(summary="Che cosa chiede una scheda", responses=ContenutoForma)
    @action(detail=True, methods=["get"])
    def contenuto(self, request: Request, pk: str) -> HttpResponse:
        controlla_parametri(request, ())
        scheda = self.oggetto()
        legge = request.user.has_perm("obiettivi.legge_negoziazione", scheda)
        if scheda.in_preparazione and not legge:
            raise Http404  # what is still being negotiated is of who negotiates
        return self.risposta(contenuto_di(scheda))


def contenuto_di(scheda: SchedaBudget) -> dict[str, Any]:
    """The content of a scheda as sent: four queries."""
    righe: dict[int, list[dict[str, Any]]] = defaultdict(list)
    lette = RigaScheda.objects.filter(area__scheda=scheda).order_by("ordine", "pk")
    for area, *valori in lette.values_list("area_id", *RIGA):
        righe[area].append(dict(zip(RigaForma().fields, valori, strict=True)))
    nomi = ("id", "tipo", "nome", "peso", "con_la_precedente")
    aree = scheda.aree.order_by("ordine", "pk").values_list("pk", *nomi[1:])
    punteggi = PunteggioScheda.objects.filter(scheda=scheda).order_by(
        "frazione", "livello", "oggetto"
    )
    return {
        "aree": [{**dict(zip(nomi, area, strict=True)), "righe": righe[area[0]]} for area in aree],
        "risorse": list(
            RisorsaScheda.objects.filter(scheda=scheda).order_by("ordine", "pk").values(*RISORSA)
        ),
        "punteggi": list(punteggi.values(*PunteggioSchedaForma().fields)),
    }
