# SPDX-License-Identifier: AGPL-3.0-or-later
"""Webhooks of the programs, and the log of what was sent to them."""

from collections import defaultdict
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request

from piani.api.forme import Corpo, Forma
from piani.api.risorse import Lettura
from piani.azioni.cliente import GIORNI_MASSIMI
from piani.filters import mie_aziende
from piani.models import Azienda, ClienteApi, Consegna, Tentativo, TipoAnnuncio, Webhook
from piani.models.webhook import DA_CHIEDERE, URL_MASSIMA
from piani.webhook import azioni

EVENTI = [(uno.value, uno.label) for uno in DA_CHIEDERE]


class ProgrammaVisto(serializers.SlugRelatedField):
    """A program of an azienda of who asks, by its client_id."""

    def __init__(self, **come: Any) -> None:
        super().__init__(slug_field="client_id", queryset=ClienteApi.objects.all(), **come)

    def get_queryset(self) -> Any:
        visibili = Azienda.objects.visibili_a(self.context["request"].user)
        return ClienteApi.objects.filter(azienda__in=visibili).select_related("azienda")


class WebhookForma(Forma):
    """Where a program is told, and of what."""

    id = serializers.IntegerField()
    azienda = serializers.CharField(source="azienda.codice")
    programma = serializers.CharField(source="cliente.client_id", help_text="Il suo client_id.")
    indirizzo = serializers.CharField()
    eventi = serializers.ListField(child=serializers.ChoiceField(choices=EVENTI))
    stato = serializers.ChoiceField(choices=Webhook.Stato.choices)
    motivo = serializers.CharField(help_text="Perché è sospeso.")
    sospeso_il = serializers.DateTimeField(allow_null=True)
    fallite_di_fila = serializers.IntegerField(help_text="Consegne non riuscite dall'ultima buona.")
    riprende_il = serializers.DateTimeField(allow_null=True, help_text="Quando si riprova.")
    creato_il = serializers.DateTimeField()


class SegretoForma(WebhookForma):
    """The same with its secret, said only now."""

    calcolati = ("segreto",)

    segreto = serializers.CharField(
        help_text="«whsec_» e i suoi byte in base64: si dice solo adesso."
    )


class NuovoWebhook(Corpo):
    """A webhook to make."""

    programma = ProgrammaVisto(help_text="client_id del programma: il proprio, o uno dell'azienda.")
    indirizzo = serializers.CharField(
        max_length=URL_MASSIMA, help_text="Comincia con https:// e si raggiunge da Internet."
    )
    eventi = serializers.ListField(
        child=serializers.ChoiceField(choices=EVENTI), allow_empty=False, max_length=20
    )


class CambiaWebhook(Corpo):
    """What changes of it."""

    indirizzo = serializers.CharField(max_length=URL_MASSIMA, required=False)
    eventi = serializers.ListField(
        child=serializers.ChoiceField(choices=EVENTI),
        allow_empty=False,
        max_length=20,
        required=False,
    )


class RinnovaWebhook(Corpo):
    giorni = serializers.IntegerField(
        min_value=0,
        max_value=GIORNI_MASSIMI,
        default=7,
        help_text="Per quanti giorni si firma anche con il segreto di prima.",
    )


class WebhookFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(
        field_name="indirizzo", lookup_expr="icontains", label="Nell'indirizzo"
    )
    azienda = django_filters.ModelChoiceFilter(queryset=mie_aziende, to_field_name="codice")
    stato = django_filters.ChoiceFilter(choices=Webhook.Stato.choices)

    class Meta:
        model = Webhook
        fields: list[str] = []


class WebhookRisorsa(Lettura):
    """I webhook: dove un programma vuole essere avvisato, e di che cosa. Un programma trova i
    suoi; chi amministra l'azienda, quelli di tutti."""

    ambito = "piani"
    raccolta = "webhook"
    modello = Webhook
    serializer_class = WebhookForma
    filterset_class = WebhookFilter
    ordini = {"creato_il": "creato_il", "stato": "stato"}
    ordine = ("azienda__nome",)
    collegati = ("azienda", "cliente")
    condizionati = ("partial_update", "destroy")

    @extend_schema(
        description="Il segreto con cui si firma è nella risposta, e non si rilegge più.",
        request=NuovoWebhook,
        responses={201: SegretoForma},
    )
    def create(self, request: Request) -> HttpResponse:
        dati = self.letti(NuovoWebhook)
        programma = dati.pop("programma")
        self.esigi(azioni.PERMESSO, programma)
        webhook, segreto = azioni.crea_webhook(programma, **dati, da=request.user)
        detto = self.una(pk=webhook.pk) | {"segreto": segreto}
        return self.risposta(detto, 201, Location=f"/api/v1/webhook/{webhook.pk}")

    @extend_schema(request=CambiaWebhook, responses=WebhookForma)
    def partial_update(self, request: Request, pk: str) -> HttpResponse:
        with self.in_modifica(azioni.PERMESSO) as webhook:
            prima = {"indirizzo": webhook.indirizzo, "eventi": webhook.eventi}
            azioni.cambia_webhook(webhook, **(prima | self.letti(CambiaWebhook)), da=request.user)
        return self.risposta(self.una(pk=webhook.pk))

    @extend_schema(description="Lo chiude per sempre; il registro delle consegne resta.")
    def destroy(self, request: Request, pk: str) -> HttpResponse:
        with self.in_modifica(azioni.PERMESSO) as webhook:
            azioni.chiudi_webhook(webhook, da=request.user)
        return HttpResponse(status=204)

    @extend_schema(summary="Nuovo segreto", request=RinnovaWebhook, responses=SegretoForma)
    @action(detail=True, methods=["post"])
    def segreto(self, request: Request, pk: str) -> HttpResponse:
        webhook = self._da_scrivere()
        dati = self.letti(RinnovaWebhook)
        nuovo = azioni.rinnova_segreto_webhook(webhook, **dati, da=request.user)
        return self.risposta(self.una(pk=webhook.pk) | {"segreto": nuovo})

    @extend_schema(
        summary="Manda una prova",
        description="La consegna si segue all'indirizzo detto in Location.",
        request=None,
        responses={202: WebhookForma},
    )
    @action(detail=True, methods=["post"])
    def prova(self, request: Request, pk: str) -> HttpResponse:
        webhook = self._da_scrivere()
        consegna = azioni.prova_webhook(webhook, da=request.user)
        dove = f"/api/v1/consegne-webhook/{consegna.pk}"
        return self.risposta(self.una(pk=webhook.pk), 202, Location=dove)

    @extend_schema(summary="Sospendi", request=None, responses=WebhookForma)
    @action(detail=True, methods=["post"])
    def sospensione(self, request: Request, pk: str) -> HttpResponse:
        webhook = self._da_scrivere()
        azioni.sospendi_webhook(webhook, da=request.user)
        return self.risposta(self.una(pk=webhook.pk))

    @extend_schema(summary="Riattiva", request=None, responses=WebhookForma)
    @action(detail=True, methods=["post"])
    def riattivazione(self, request: Request, pk: str) -> HttpResponse:
        webhook = self._da_scrivere()
        azioni.riattiva_webhook(webhook, da=request.user)
        return self.risposta(self.una(pk=webhook.pk))

    def _da_scrivere(self) -> Webhook:
        webhook: Webhook = self.oggetto()
        self.esigi(azioni.PERMESSO, webhook)
        return webhook


class TentativoForma(Forma):
    """Once that it was tried."""

    quando = serializers.DateTimeField()
    durata_ms = serializers.IntegerField()
    risposta = serializers.IntegerField(allow_null=True, help_text="Lo stato HTTP.")
    errore = serializers.CharField(help_text="Vuoto se è riuscito.")


class ConsegnaForma(Forma):
    """What is sent to a webhook, and how it went."""

    calcolati = ("tentativi",)

    id = serializers.IntegerField()
    webhook = serializers.IntegerField(source="webhook_id")
    codice = serializers.UUIDField(source="annuncio.codice", help_text="Il webhook-id.")
    evento = serializers.ChoiceField(source="annuncio.tipo", choices=TipoAnnuncio.choices)
    accaduto_il = serializers.DateTimeField(source="annuncio.creato_il")
    corpo = serializers.CharField(source="annuncio.corpo", help_text="Il testo che si firma.")
    stato = serializers.ChoiceField(choices=Consegna.Stato.choices)
    dal = serializers.DateTimeField(help_text="Non si manda prima di allora.")
    chiusa_il = serializers.DateTimeField(allow_null=True)
    tentativi = TentativoForma(many=True)


class ConsegnaFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(
        field_name="annuncio__corpo", lookup_expr="icontains", label="In ciò che si manda"
    )
    webhook = django_filters.NumberFilter(field_name="webhook_id")
    stato = django_filters.ChoiceFilter(choices=Consegna.Stato.choices)
    evento = django_filters.ChoiceFilter(field_name="annuncio__tipo", choices=TipoAnnuncio.choices)

    class Meta:
        model = Consegna
        fields: list[str] = []


class ConsegnaRisorsa(Lettura):
    """Le consegne ai webhook, dalla più recente, ciascuna con i suoi tentativi."""

    ambito = "piani"
    raccolta = "webhook"
    modello = Consegna
    serializer_class = ConsegnaForma
    filterset_class = ConsegnaFilter
    ordini = {"id": "pk", "stato": "stato"}
    ordine = ("-pk",)
    collegati = ("webhook__azienda", "webhook__cliente", "annuncio")

    def visibili(self) -> QuerySet[Any]:
        return Consegna.objects.visibili_a(self.request.user)

    def completa(self, righe: list[dict[str, Any]]) -> None:
        """The attempts of all the rows, in one query."""
        campi = ("quando", "durata_ms", "risposta", "errore")
        fatti: dict[int, list[dict[str, Any]]] = defaultdict(list)
        di_queste = Tentativo.objects.filter(consegna__in=[riga["id"] for riga in righe])
        for chiave, *valori in di_queste.values_list("consegna", *campi):
            fatti[chiave].append(dict(zip(campi, valori, strict=True)))
        for riga in righe:
            riga["codice"] = str(riga["codice"])
            riga["tentativi"] = fatti[riga["id"]]

    @extend_schema(
        summary="Rimanda",
        description="Con lo stesso webhook-id, così chi riceve sa che è la stessa.",
        request=None,
        responses={202: ConsegnaForma},
    )
    @action(detail=True, methods=["post"])
    def rinvio(self, request: Request, pk: str) -> HttpResponse:
        consegna = self.oggetto()
        self.esigi(azioni.PERMESSO, consegna.webhook)
        azioni.rimanda_consegna(consegna, da=request.user)
        return self.risposta(self.una(pk=consegna.pk), 202)
