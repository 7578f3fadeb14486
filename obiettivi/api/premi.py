# SPDX-License-Identifier: AGPL-3.0-or-later
"""The prizes of a year: amounts and criteria typed by who keeps the staff, published by who
publishes.
"""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request

from obiettivi.azioni import premi as azioni
from obiettivi.azioni.premi import PUBBLICA, TIENE
from obiettivi.models import PremiAnno, VocePremi
from obiettivi.premi.documento import GENERI
from piani.api.elenchi import annida, filtro
from piani.api.forme import Corpo, Forma, MiaAzienda, Numero
from piani.api.risorse import Lettura, Risorsa, Singola
from piani.azioni.scritture import bloccata

IMPORTO = {"min_value": 0, "max_digits": 14, "decimal_places": 2}


class VocePremiForma(Forma):
    """A fund: what was set aside, what was then given out."""

    id = serializers.IntegerField()
    gruppo = serializers.ChoiceField(choices=VocePremi.Gruppo.choices)
    nome = serializers.CharField()
    stanziato = Numero(14, 2)
    distribuito = Numero(14, 2, allow_null=True)


class PremiForma(Forma):
    """The prizes of a year."""

    id = serializers.IntegerField()
    azienda = serializers.CharField(source="azienda.codice")
    anno = serializers.IntegerField()
    criteri = serializers.CharField()
    dirigenza = serializers.ListField(
        child=serializers.CharField(), help_text="I codici delle categorie della dirigenza."
    )
    dimostrativo = serializers.BooleanField()
    voci = VocePremiForma(many=True)


class NuoviPremi(Corpo):
    azienda = MiaAzienda()
    anno = serializers.IntegerField(min_value=2009, max_value=2100)


class CambiaPremi(Corpo):
    criteri = serializers.CharField(max_length=100_000, allow_blank=True, required=False)
    dirigenza = serializers.ListField(
        child=serializers.CharField(max_length=50), max_length=100, required=False
    )


class NuovaVoce(Corpo):
    gruppo = serializers.ChoiceField(choices=VocePremi.Gruppo.choices)
    nome = serializers.CharField(max_length=200)
    stanziato = Numero(**IMPORTO)
    distribuito = Numero(allow_null=True, default=None, **IMPORTO)


class CambiaVoce(Corpo):
    gruppo = serializers.ChoiceField(choices=VocePremi.Gruppo.choices, required=False)
    nome = serializers.CharField(max_length=200, required=False)
    stanziato = Numero(required=False, **IMPORTO)
    distribuito = Numero(required=False, allow_null=True, **IMPORTO)


class PubblicaPremi(Corpo):
    tabella = serializers.ChoiceField(
        choices=[(chiave, str(genere.titolo)) for chiave, genere in GENERI.items()]
    )
    motivo = serializers.CharField(
        max_length=10_000, allow_blank=True, default="",
        help_text="Se una versione è già pubblicata.",
    )  # fmt: skip


class PremiRisorsa(Lettura):
    """I premi di un anno: importi e criteri, e le due tabelle dell'art. 20 del d.lgs. 33/2013 da
    pubblicare. Ciò che è pubblicato è fra i documenti dell'ente."""

    ambito = "obiettivi"
    raccolta = "premi"
    modello = PremiAnno
    serializer_class = PremiForma
    filterset_class = filtro(PremiAnno, "criteri", azienda="azienda__codice", anno="anno")
    ordini = {"anno": "anno"}
    ordine = ("azienda_id", "-anno")
    collegati = ("azienda",)
    condizionati = ("partial_update",)

    def completa(self, righe: list[dict[str, Any]]) -> None:
        voci = VocePremi.objects.order_by("gruppo", "nome", "pk")
        annida(righe, "voci", voci, "premi", VocePremiForma)

    @extend_schema(
        summary="Comincia i premi di un anno", request=NuoviPremi, responses={201: PremiForma}
    )
    def create(self, request: Request) -> HttpResponse:
        dati = self.letti(NuoviPremi)
        nuovi = azioni.comincia_premi(dati["azienda"], anno=dati["anno"], da=request.user)
        return self.creata(nuovi.pk, "premi")

    @extend_schema(summary="Scrivi criteri e categorie", request=CambiaPremi, responses=PremiForma)
    def partial_update(self, request: Request, pk: str) -> HttpResponse:
        with self.in_modifica(TIENE) as premi:
            detti = {"criteri": premi.criteri, "dirigenza": premi.dirigenza}
            dati = detti | self.letti(CambiaPremi)
            azioni.scrivi_premi(premi, **dati, visto=premi.modifiche, da=request.user)
        return self.risposta(self.una(pk=premi.pk))

    @extend_schema(summary="Aggiungi una voce", request=NuovaVoce, responses={201: VocePremiForma})
    @action(detail=True, methods=["post"])
    def voci(self, request: Request, pk: str) -> HttpResponse:
        premi = self.oggetto()
        self.esigi(TIENE, premi)
        voce = azioni.scrivi_voce(VocePremi(premi=premi), **self.letti(NuovaVoce), da=request.user)
        return self.creata(voce.pk, "voci-premi", VocePremiRisorsa)

    @extend_schema(
        summary="Pubblica una delle due tabelle",
        description="Si fissa com'è adesso; quella di prima resta e dice di essere superata.",
        request=PubblicaPremi,
        responses=PremiForma,
    )
    @action(detail=True, methods=["post"])
    def pubblicazione(self, request: Request, pk: str) -> HttpResponse:
        premi = self.oggetto()
        self.esigi(PUBBLICA, premi.azienda)
        dati = self.letti(PubblicaPremi)
        genere = GENERI[dati["tabella"]]
        azioni.pubblica_premi(premi, genere, motivo=dati["motivo"], da=request.user)
        return self.risposta(self.una(pk=premi.pk))


class VocePremiRisorsa(Singola, Risorsa):
    """Una voce dei premi."""

    ambito = "obiettivi"
    raccolta = "premi"
    modello = VocePremi
    serializer_class = VocePremiForma
    collegati = ("premi__azienda",)
    condizionati = ("partial_update", "destroy")

    def visibili(self) -> QuerySet[Any]:
        return VocePremi.objects.filter(premi__in=PremiAnno.objects.visibili_a(self.request.user))

    def blocca(self, riga: Any) -> None:
        bloccata(riga.premi)

    @extend_schema(request=CambiaVoce, responses=VocePremiForma)
    def partial_update(self, request: Request, pk: str) -> HttpResponse:
        with self.in_modifica(TIENE, lambda una: una.premi) as voce:
            detti = {campo: getattr(voce, campo) for campo in VocePremi.SCRITTI}
            azioni.scrivi_voce(voce, **detti | self.letti(CambiaVoce), da=request.user)
        return self.risposta(self.una(pk=voce.pk))

    def destroy(self, request: Request, pk: str) -> HttpResponse:
        with self.in_modifica(TIENE, lambda una: una.premi) as voce:
            azioni.togli_voce(voce, da=request.user)
        return HttpResponse(status=204)
