# SPDX-License-Identifier: AGPL-3.0-or-later
"""The errors that citizens report in what is published: taken in charge, answered."""

from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request

from piani.api.elenchi import filtro
from piani.api.forme import Corpo, Forma
from piani.api.risorse import Lettura
from piani.models import Segnalazione
from piani.segnalazioni import azioni
from piani.segnalazioni.azioni import PERMESSO


class SegnalazioneForma(Forma):
    """What a citizen wrote, and what was answered. Who wrote has an address only in the page."""

    id = serializers.IntegerField()
    azienda = serializers.CharField(source="azienda.codice")
    documento = serializers.IntegerField(source="documento_id", allow_null=True)
    dove = serializers.CharField()
    testo = serializers.CharField()
    stato = serializers.ChoiceField(choices=Segnalazione.Stato.choices)
    ricevuta_il = serializers.DateTimeField()
    risposta = serializers.CharField()
    chiusa_il = serializers.DateTimeField(allow_null=True)


class RispostaAlCittadino(Corpo):
    risposta = serializers.CharField(max_length=10_000)


class SegnalazioneRisorsa(Lettura):
    """Le segnalazioni di errore dei cittadini, per chi pubblica; si scrivono dalle pagine
    pubbliche. L'indirizzo di chi scrive non si dà: la risposta gli parte da sé."""

    ambito = "piani"
    raccolta = "segnalazioni"
    modello = Segnalazione
    serializer_class = SegnalazioneForma
    filterset_class = filtro(Segnalazione, "testo", azienda="azienda__codice", stato="stato")
    ordini = {"ricevuta_il": "ricevuta_il", "stato": "stato"}
    ordine = ("-ricevuta_il",)
    collegati = ("azienda",)

    @extend_schema(summary="Prendi in carico", request=None, responses=SegnalazioneForma)
    @action(detail=True, methods=["post"], url_path="presa-in-carico")
    def presa_in_carico(self, request: Request, pk: str) -> HttpResponse:
        return self.passo(PERMESSO, azioni.prendi)

    @extend_schema(
        summary="Rispondi e chiudi", request=RispostaAlCittadino, responses=SegnalazioneForma
    )
    @action(detail=True, methods=["post"])
    def chiusura(self, request: Request, pk: str) -> HttpResponse:
        return self.passo(PERMESSO, azioni.chiudi, RispostaAlCittadino)
