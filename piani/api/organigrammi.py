# SPDX-License-Identifier: AGPL-3.0-or-later
"""The chart of an azienda: its versions, the drafts drawn unit by unit, put in force."""

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request

from piani import azioni
from piani.api.aziende import UnitaForma, UnitaRisorsa
from piani.api.elenchi import filtro
from piani.api.forme import Corpo, Forma, InBase64, MiaAzienda
from piani.api.risorse import Lettura
from piani.azioni.bozza import PERMESSO
from piani.models import Organigramma, UnitaOrganizzativa
from piani.organigramma.foglio import BYTE_MASSIMI, leggi

CHIAVE = {"min_value": 0, "max_value": 10**18}


class OrganigrammaForma(Forma):
    """A version of the chart; a draft has no days yet."""

    id = serializers.IntegerField()
    azienda = serializers.CharField(source="azienda.codice")
    nome = serializers.CharField()
    fonte = serializers.CharField()
    valido_dal = serializers.DateField(allow_null=True)
    valido_al = serializers.DateField(allow_null=True)
    nata_da = serializers.IntegerField(source="nata_da_id", allow_null=True)


class ApriBozza(Corpo):
    azienda = MiaAzienda()
    nome = serializers.CharField(max_length=200)
    origine = serializers.IntegerField(
        allow_null=True, default=None, **CHIAVE,
        help_text="L'ultima versione in calendario, o un'altra bozza; vuota se l'azienda non ha "
        "ancora un organigramma.",
    )  # fmt: skip


class CambiaBozza(Corpo):
    nome = serializers.CharField(max_length=200, required=False)
    fonte = serializers.CharField(max_length=300, allow_blank=True, required=False)


class MettiInVigore(Corpo):
    dal = serializers.DateField()


class FoglioCorpo(Corpo):
    contenuto = InBase64(
        max_length=4 * BYTE_MASSIMI // 3 + 4, help_text="Il foglio CSV in base64, al più 2 MB."
    )


class FoglioImportatoForma(Forma):
    aggiunte = serializers.IntegerField()
    cambiate = serializers.IntegerField()
    tolte = serializers.IntegerField()


class NuovaUnita(Corpo):
    codice = serializers.CharField(max_length=30)
    nome = serializers.CharField(max_length=200)
    tipo = serializers.ChoiceField(choices=UnitaOrganizzativa.Tipo.choices)
    cdr = serializers.BooleanField(default=False)
    nota = serializers.CharField(max_length=10_000, allow_blank=True, default="")
    sotto = serializers.IntegerField(
        allow_null=True, default=None, help_text="L'unità da cui dipende.", **CHIAVE
    )


class OrganigrammaRisorsa(Lettura):
    """Le versioni dell'organigramma: in vigore, passate, in bozza. Una bozza si disegna unità per
    unità e si mette in vigore da un giorno."""

    ambito = "piani"
    raccolta = "organigrammi"
    modello = Organigramma
    serializer_class = OrganigrammaForma
    filterset_class = filtro(Organigramma, "nome", azienda="azienda__codice")
    ordini = {"nome": "nome", "valido_dal": "valido_dal"}
    ordine = ("azienda_id", "valido_dal")
    collegati = ("azienda",)
    condizionati = ("partial_update", "destroy")

    @extend_schema(summary="Apri una bozza", request=ApriBozza, responses={201: OrganigrammaForma})
    def create(self, request: Request) -> HttpResponse:
        dati = self.letti(ApriBozza)
        self.esigi(PERMESSO, dati["azienda"])
        origine = None
        if dati["origine"] is not None:
            origine = get_object_or_404(self.get_queryset(), pk=dati["origine"])
        bozza = azioni.apri_bozza(
            dati["azienda"], nome=dati["nome"], origine=origine, da=request.user
        )
        return self.creata(bozza.pk, "organigrammi")

    @extend_schema(request=CambiaBozza, responses=OrganigrammaForma)
    def partial_update(self, request: Request, pk: str) -> HttpResponse:
        with self.in_modifica(PERMESSO) as bozza:
            detti = {"nome": bozza.nome, "fonte": bozza.fonte} | self.letti(CambiaBozza)
            azioni.modifica_bozza(bozza, **detti, da=request.user)
        return self.risposta(self.una(pk=bozza.pk))

    def destroy(self, request: Request, pk: str) -> HttpResponse:
        with self.in_modifica(PERMESSO) as bozza:
            azioni.elimina_bozza(bozza, da=request.user)
        return HttpResponse(status=204)

    @extend_schema(summary="Aggiungi un'unità", request=NuovaUnita, responses={201: UnitaForma})
    @action(detail=True, methods=["post"])
    def unita(self, request: Request, pk: str) -> HttpResponse:
        bozza = self.oggetto()
        self.esigi(PERMESSO, bozza)
        dati = self.letti(NuovaUnita)
        sopra = dati.pop("sotto")
        padre = None if sopra is None else get_object_or_404(bozza.unita, pk=sopra)
        nuova = azioni.aggiungi_unita(bozza, padre=padre, **dati, da=request.user)
        return self.creata(nuova.pk, "unita-organizzative", UnitaRisorsa)

    @extend_schema(
        summary="Rifai la bozza da un foglio",
        description="L'organigramma intero, con le colonne codice;nome;tipo;codice_superiore;cdr;"
        "ordine: tutto, o ciò che non va cella per cella. Le unità con un codice che c'è già "
        "restano quelle; chi non è nel foglio si toglie.",
        request=FoglioCorpo,
        responses=FoglioImportatoForma,
    )
    @action(detail=True, methods=["post"])
    def foglio(self, request: Request, pk: str) -> HttpResponse:
        bozza = self.oggetto()
        self.esigi(PERMESSO, bozza)
        contenuto = self.letti(FoglioCorpo)["contenuto"]
        try:
            righe = leggi(contenuto)
        except ValidationError as errore:
            raise ValidationError({"contenuto": errore.messages}) from errore
        fatte = azioni.importa_foglio(bozza, righe, da=request.user)
        return self.risposta(vars(fatte))

    @extend_schema(summary="Metti in vigore", request=MettiInVigore, responses=OrganigrammaForma)
    @action(detail=True, methods=["post"], url_path="in-vigore")
    def in_vigore(self, request: Request, pk: str) -> HttpResponse:
        return self.passo(PERMESSO, azioni.metti_in_vigore, MettiInVigore)
