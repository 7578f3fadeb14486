# SPDX-License-Identifier: AGPL-3.0-or-later
"""The azioni positive of a plan: areas, actions, and what was done of each year by year."""

from typing import Any

from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request

from piani import azioni as azioni_piani
from piani.api.del_piano import IL_PIANO, DelPiano, RigaDellaBozza
from piani.api.elenchi import annida, filtro
from piani.api.forme import Corpo, Forma, MiaUnita, Numero
from piani.api.risorse import Elenco, Lettura
from piani.azioni_positive import azioni
from piani.azioni_positive.azioni import PERMESSO as MONITORA
from piani.models import AreaAzioniPositive, AzionePositiva, MonitoraggioAzione

PERMESSO = "piani.modifica"
ANNO = {"min_value": 2009, "max_value": 2110}
TESTO = {"max_length": 10_000, "allow_blank": True}


class AreaPositivaForma(Forma):
    """An area of intervention."""

    id = serializers.IntegerField()
    piano = serializers.CharField(source="piano.slug")
    ordine = serializers.IntegerField()
    nome = serializers.CharField()
    descrizione = serializers.CharField()


class CambiaAreaPositiva(Corpo):
    nome = serializers.CharField(max_length=200, required=False)
    descrizione = serializers.CharField(required=False, **TESTO)


class NuovaAreaPositiva(CambiaAreaPositiva):
    nome = serializers.CharField(max_length=200)


class MonitoraggioForma(Forma):
    """What was done of an action in a year."""

    anno = serializers.IntegerField()
    stato = serializers.ChoiceField(choices=MonitoraggioAzione.Stato.choices)
    percentuale = Numero(5, 2, allow_null=True)
    fatto = serializers.CharField()
    criticita = serializers.CharField()
    rilevato = serializers.CharField()
    scritto_il = serializers.DateTimeField()


class AzionePositivaForma(Forma):
    """An action, with what was done of it."""

    id = serializers.IntegerField()
    piano = serializers.CharField(source="area.piano.slug")
    area = serializers.IntegerField(source="area_id")
    ordine = serializers.IntegerField()
    titolo = serializers.CharField()
    descrizione = serializers.CharField()
    destinatari = serializers.CharField()
    responsabile = serializers.IntegerField(source="responsabile_id", allow_null=True)
    responsabile_stampato = serializers.CharField()
    anno_inizio = serializers.IntegerField()
    anno_fine = serializers.IntegerField()
    indicatore = serializers.CharField()
    atteso = serializers.CharField()
    monitoraggi = MonitoraggioForma(many=True)


class CambiaAzionePositiva(Corpo):
    titolo = serializers.CharField(max_length=300, required=False)
    descrizione = serializers.CharField(required=False, **TESTO)
    destinatari = serializers.CharField(max_length=300, allow_blank=True, required=False)
    responsabile = MiaUnita(required=False, allow_null=True)
    responsabile_stampato = serializers.CharField(max_length=200, allow_blank=True, required=False)
    anno_inizio = serializers.IntegerField(required=False, **ANNO)
    anno_fine = serializers.IntegerField(required=False, **ANNO)
    indicatore = serializers.CharField(max_length=300, allow_blank=True, required=False)
    atteso = serializers.CharField(max_length=200, allow_blank=True, required=False)


class NuovaAzionePositiva(CambiaAzionePositiva):
    titolo = serializers.CharField(max_length=300)
    anno_inizio = serializers.IntegerField(**ANNO)
    anno_fine = serializers.IntegerField(**ANNO)


class Monitoraggio(Corpo):
    anno = serializers.IntegerField(**ANNO)
    stato = serializers.ChoiceField(choices=MonitoraggioAzione.Stato.choices)
    percentuale = Numero(5, 2, allow_null=True, default=None, min_value=0, max_value=100)
    fatto = serializers.CharField(default="", **TESTO)
    criticita = serializers.CharField(default="", **TESTO)
    rilevato = serializers.CharField(max_length=200, allow_blank=True, default="")


class AreaPositivaRisorsa(RigaDellaBozza, Lettura):
    """Le aree di intervento dei piani delle azioni positive."""

    ambito = "piani"
    raccolta = "azioni-positive"
    modello = AreaAzioniPositive
    serializer_class = AreaPositivaForma
    filterset_class = filtro(AreaAzioniPositive, "nome", piano="piano__slug")
    ordini = {"ordine": "ordine", "nome": "nome"}
    ordine = ("piano_id", "ordine")
    collegati = ("piano__azienda",)

    @extend_schema(request=CambiaAreaPositiva, responses=AreaPositivaForma)
    def partial_update(self, request: Request, pk: str) -> HttpResponse:
        return self.cambia(CambiaAreaPositiva)

    def destroy(self, request: Request, pk: str) -> HttpResponse:
        return self.togli(azioni_piani.elimina)

    @extend_schema(
        summary="Aggiungi un'azione",
        request=NuovaAzionePositiva,
        responses={201: AzionePositivaForma},
    )
    @action(detail=True, methods=["post"])
    def azioni(self, request: Request, pk: str) -> HttpResponse:
        area = self.oggetto()
        self.esigi(PERMESSO, area.piano)
        nuova = AzionePositiva(area=area, **self.letti(NuovaAzionePositiva))
        azioni_piani.aggiungi(nuova, da=request.user)
        return self.creata(nuova.pk, "azioni-positive", AzionePositivaRisorsa)


@extend_schema(parameters=[IL_PIANO])
class AreePositiveDelPiano(Elenco, DelPiano):
    """Le aree di intervento di un piano."""

    ambito = "piani"
    raccolta = "azioni-positive"
    modello = AreaAzioniPositive
    serializer_class = AreaPositivaForma
    filterset_class = None
    ordini = AreaPositivaRisorsa.ordini
    ordine = ("ordine",)

    def visibili(self) -> Any:
        return AreaAzioniPositive.objects.filter(piano=self.piano())

    @extend_schema(
        summary="Aggiungi un'area", request=NuovaAreaPositiva, responses={201: AreaPositivaForma}
    )
    def create(self, request: Request, piano: str) -> HttpResponse:
        questo = self.piano()
        self.esigi(PERMESSO, questo)
        area = AreaAzioniPositive(piano=questo, **self.letti(NuovaAreaPositiva))
        azioni_piani.aggiungi(area, da=request.user)
        return self.creata(area.pk, "aree-positive", AreaPositivaRisorsa)


class AzionePositivaRisorsa(RigaDellaBozza, Lettura):
    """Le azioni positive, con ciò che se n'è fatto ogni anno."""

    ambito = "piani"
    raccolta = "azioni-positive"
    modello = AzionePositiva
    serializer_class = AzionePositivaForma
    filterset_class = filtro(
        AzionePositiva, "titolo", piano="area__piano__slug", area="area_id",
        azienda="area__piano__azienda__codice",
    )  # fmt: skip
    ordini = {"ordine": "ordine", "titolo": "titolo"}
    ordine = ("area__piano_id", "area__ordine", "ordine")
    collegati = ("area__piano__azienda",)

    def completa(self, righe: list[dict[str, Any]]) -> None:
        monitoraggi = MonitoraggioAzione.objects.order_by("anno")
        annida(righe, "monitoraggi", monitoraggi, "azione", MonitoraggioForma)

    @extend_schema(request=CambiaAzionePositiva, responses=AzionePositivaForma)
    def partial_update(self, request: Request, pk: str) -> HttpResponse:
        return self.cambia(CambiaAzionePositiva)

    def destroy(self, request: Request, pk: str) -> HttpResponse:
        return self.togli(azioni_piani.elimina)

    @extend_schema(
        summary="Scrivi che cosa si è fatto in un anno",
        request=Monitoraggio,
        responses=AzionePositivaForma,
    )
    @action(detail=True, methods=["post"])
    def monitoraggio(self, request: Request, pk: str) -> HttpResponse:
        return self.passo(MONITORA, azioni.monitora, Monitoraggio)
