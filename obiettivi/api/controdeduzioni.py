# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the CdR object to the evaluation of their schede, and the answers."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request

from obiettivi import azioni
from obiettivi.azioni.controdeduzione import ACCOLTE
from obiettivi.models import Controdeduzione, Frazione, Rilevazione, SchedaBudget
from piani.api.elenchi import filtro
from piani.api.forme import Corpo, Forma, Numero
from piani.api.risorse import Lettura

Esito = Controdeduzione.Esito
TESTO = {"max_length": 10_000}


class ControdeduzioneForma(Forma):
    """An objection, on a row of a scheda or on the whole of it."""

    id = serializers.IntegerField()
    scheda = serializers.IntegerField(source="scheda_id")
    riga = serializers.IntegerField(source="riga_id", allow_null=True)
    testo = serializers.CharField()
    presentata_il = serializers.DateTimeField()
    esito = serializers.ChoiceField(choices=Esito.choices)
    risposta = serializers.CharField()
    risposta_il = serializers.DateTimeField(allow_null=True)


class RisultatoCorretto(Corpo):
    """The new result of the row, when the objection is allowed."""

    frazione = serializers.ChoiceField(choices=Frazione.choices, allow_blank=True, default="")
    stato = serializers.ChoiceField(
        choices=Rilevazione.Stato.choices, default=Rilevazione.Stato.NUMERO
    )
    valore = Numero(required=False, allow_null=True)
    numeratore = Numero(required=False, allow_null=True)
    denominatore = Numero(required=False, allow_null=True)
    avanzamento = Numero(7, 4, required=False, allow_null=True)
    data = serializers.DateField(
        required=False, allow_null=True, help_text="Quando si è raggiunto, di un indicatore a data."
    )
    testo = serializers.CharField(max_length=2000, allow_blank=True, default="")


class Risposta(Corpo):
    esito = serializers.ChoiceField(choices=[*ACCOLTE, Esito.RESPINTA])
    risposta = serializers.CharField(**TESTO)
    risultato = RisultatoCorretto(required=False)


class ControdeduzioneRisorsa(Lettura):
    """Le controdeduzioni alle valutazioni delle schede."""

    ambito = "obiettivi"
    raccolta = "controdeduzioni"
    modello = Controdeduzione
    serializer_class = ControdeduzioneForma
    filterset_class = filtro(
        Controdeduzione, "testo", scheda="scheda_id", esito="esito", anno="scheda__anno"
    )
    ordini = {"presentata_il": "presentata_il", "esito": "esito"}
    ordine = ("-presentata_il",)
    collegati = ("scheda__azienda", "scheda__unita", "riga__indicatore")

    def visibili(self) -> QuerySet[Any]:
        schede = SchedaBudget.objects.visibili_a(self.request.user)
        return Controdeduzione.objects.filter(scheda__in=schede)

    @extend_schema(
        summary="Rispondi",
        description="Se la si accoglie, «risultato» corregge il dato della riga.",
        request=Risposta,
        responses=ControdeduzioneForma,
    )
    @action(detail=True, methods=["post"], url_path="risposta")
    def rispondi(self, request: Request, pk: str) -> HttpResponse:
        una = self.oggetto()
        self.esigi("obiettivi.prepara_scheda", una.scheda)
        azioni.rispondi_controdeduzione(una, **self.letti(Risposta), da=request.user)
        return self.risposta(self.una(pk=una.pk))
