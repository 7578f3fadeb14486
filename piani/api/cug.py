# SPDX-License-Identifier: AGPL-3.0-or-later
"""The yearly report of the CUG: begun, written, sent; each version as it was sent."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request

from piani.api.elenchi import annida, filtro
from piani.api.errori import problema
from piani.api.file import ConFile, Pdf, letto
from piani.api.filtri import controlla_parametri
from piani.api.formato import Scrittore
from piani.api.forme import Corpo, Forma, MiaAzienda
from piani.api.piani import Motivo
from piani.api.risorse import Lettura
from piani.azioni_positive import relazione as azioni
from piani.azioni_positive import trasmissione
from piani.azioni_positive.cifre import cifre
from piani.azioni_positive.relazione import PARTI, PERMESSO, PRIMO_ANNO
from piani.models import RelazioneCUG, VersioneRelazioneCUG
from piani.stampa import StampaNonDisponibile, rende_pdf

LUNGA = 100_000
"""Characters of a part: a book."""
DELLA_RELAZIONE = r"relazioni-cug/(?P<relazione>[0-9]{1,18})/versioni"
_RELAZIONE = OpenApiParameter("relazione", OpenApiTypes.INT, OpenApiParameter.PATH)
_NUMERO = OpenApiParameter("numero", OpenApiTypes.INT, OpenApiParameter.PATH)


@extend_schema_field({"type": "object", "additionalProperties": {}, "nullable": True})
class Cifre(serializers.JSONField):
    """A table as the document has it."""


class VersioneCUGBreveForma(Forma):
    """A version, without what it says."""

    numero = serializers.IntegerField()
    trasmessa_il = serializers.DateField()
    motivo = serializers.CharField(help_text="Perché la relazione è stata trasmessa di nuovo.")
    sha256_contenuto = serializers.CharField()
    sha256_pdf = serializers.CharField(help_text="Vuoto finché non è stampata.")
    pagine = serializers.IntegerField(allow_null=True)


class VersioneCUGForma(VersioneCUGBreveForma):
    """A version with its photograph."""

    calcolati = ("contenuto",)

    contenuto = Cifre(help_text="Lo schema è relazione-cug-1.")


class RelazioneCUGForma(Forma):
    """The report on a year."""

    calcolati = PARTI

    id = serializers.IntegerField()
    azienda = serializers.CharField(source="azienda.codice")
    anno = serializers.IntegerField(help_text="Quello di cui riferisce.")
    stato = serializers.ChoiceField(choices=RelazioneCUG.Stato.choices)
    piano = serializers.CharField(source="piano.slug", allow_null=True)
    scade_il = serializers.DateField()
    trasmessa_il = serializers.DateField(allow_null=True, help_text="La prima volta.")
    al_dipartimento_il = serializers.DateField(allow_null=True)
    dati = serializers.CharField()
    azioni = serializers.CharField()
    benessere = serializers.CharField()
    attivita = serializers.CharField()
    conclusioni = serializers.CharField()
    versioni = VersioneCUGBreveForma(many=True)


class CifreDellAnnoForma(Forma):
    """What the data say of the year."""

    azioni = Cifre(allow_null=True, help_text="Le azioni del piano: previste, realizzate, quali.")
    personale = Cifre(allow_null=True, help_text="Per ruolo e genere; i gruppi piccoli tacciono.")


class NuovaRelazioneCUG(Corpo):
    azienda = MiaAzienda()
    anno = serializers.IntegerField(min_value=PRIMO_ANNO, max_value=2105)


def _parte() -> serializers.CharField:
    return serializers.CharField(max_length=LUNGA, allow_blank=True, required=False)


class CambiaRelazioneCUG(Corpo):
    """The parts that change."""

    dati = _parte()
    azioni = _parte()
    benessere = _parte()
    attivita = _parte()
    conclusioni = _parte()


class AlDipartimento(Corpo):
    giorno = serializers.DateField()


class RelazioneCUGRisorsa(Lettura):
    """Le relazioni del CUG: per chi le prepara come sono adesso, per chi le riceve come sono state
    trasmesse."""

    ambito = "piani"
    raccolta = "relazioni-cug"
    modello = RelazioneCUG
    serializer_class = RelazioneCUGForma
    filterset_class = filtro(
        RelazioneCUG, "azienda__nome", azienda="azienda__codice", anno="anno", stato="stato"
    )
    ordini = {"anno": "anno", "trasmessa_il": "trasmessa_il"}
    ordine = ("azienda_id", "-anno")
    collegati = ("azienda", "piano")
    condizionati = ("partial_update",)

    def completa(self, righe: list[dict[str, Any]]) -> None:
        versioni = VersioneRelazioneCUG.objects.order_by("-numero")
        annida(righe, "versioni", versioni, "relazione", VersioneCUGBreveForma)
        questi = RelazioneCUG.objects.filter(pk__in=[riga["id"] for riga in righe])
        testi = {una["pk"]: una for una in questi.values("pk", *PARTI)}
        mie = set(questi.preparate_da(self.request.user).values_list("pk", flat=True))
        corrette = [
            riga["id"] for riga in righe if riga["stato"] == "bozza" and riga["id"] not in mie
        ]
        testi |= _come_trasmesse(corrette)
        for riga in righe:
            riga |= {parte: testi[riga["id"]][parte] for parte in PARTI}

    @extend_schema(
        summary="Comincia la relazione di un anno",
        request=NuovaRelazioneCUG,
        responses={201: RelazioneCUGForma},
    )
    def create(self, request: Request) -> HttpResponse:
        dati = self.letti(NuovaRelazioneCUG)
        nuova = azioni.comincia(dati["azienda"], anno=dati["anno"], da=request.user)
        return self.creata(nuova.pk, "relazioni-cug")

    @extend_schema(
        summary="Scrivi le parti", request=CambiaRelazioneCUG, responses=RelazioneCUGForma
    )
    def partial_update(self, request: Request, pk: str) -> HttpResponse:
        with self.in_modifica(PERMESSO) as questa:
            testi = self.letti(CambiaRelazioneCUG)
            azioni.scrivi(questa, visto=questa.modifiche, da=request.user, **testi)
        return self.risposta(self.una(pk=questa.pk))

    @extend_schema(
        summary="Trasmetti alla Direzione e al Nucleo",
        description="Congela una versione con le cifre di oggi; il PDF si stampa in un lavoro.",
        request=None,
        responses=RelazioneCUGForma,
    )
    @action(detail=True, methods=["post"])
    def trasmissione(self, request: Request, pk: str) -> HttpResponse:
        return self.passo(PERMESSO, trasmissione.trasmetti)

    @extend_schema(
        summary="Riapri per correggere",
        description="Chi l'ha ricevuta continua a leggere la versione trasmessa.",
        request=Motivo,
        responses=RelazioneCUGForma,
    )
    @action(detail=True, methods=["post"])
    def correzione(self, request: Request, pk: str) -> HttpResponse:
        return self.passo(PERMESSO, trasmissione.riapri, Motivo)

    @extend_schema(
        summary="Registra l'invio al Dipartimento della Funzione Pubblica",
        request=AlDipartimento,
        responses=RelazioneCUGForma,
    )
    @action(detail=True, methods=["post"])
    def dipartimento(self, request: Request, pk: str) -> HttpResponse:
        return self.passo(PERMESSO, trasmissione.al_dipartimento, AlDipartimento)

    @extend_schema(
        summary="Le cifre dell'anno",
        description="Di una bozza quelle di oggi, per chi la prepara; altrimenti quelle trasmesse.",
        responses=CifreDellAnnoForma,
    )
    @action(detail=True, methods=["get"], pagination_class=None, filterset_class=None)
    def cifre(self, request: Request, pk: str) -> HttpResponse:
        controlla_parametri(request, ())
        questa: RelazioneCUG = self.oggetto()
        mia = RelazioneCUG.objects.filter(pk=questa.pk).preparate_da(request.user).exists()
        ultima = None if mia else questa.versioni.first()
        lette = ultima.fotografia if ultima else cifre(questa)
        return self.risposta({nome: lette[nome] for nome in ("azioni", "personale")})


def _come_trasmesse(relazioni: list[int]) -> dict[int, dict[str, str]]:
    """The parts of the last version of each report, by its key, in one query."""
    versioni = VersioneRelazioneCUG.objects.filter(relazione__in=relazioni).order_by("numero")
    return {
        una.relazione_id: {parte["tipo"]: parte["testo"] for parte in una.fotografia["sezioni"]}
        for una in versioni
    }


@extend_schema(parameters=[_RELAZIONE])
class VersioneCUGRisorsa(ConFile, Lettura):
    """Le versioni di una relazione del CUG, com'erano quando sono state trasmesse."""

    ambito = "piani"
    raccolta = "relazioni-cug"
    modello = VersioneRelazioneCUG
    serializer_class = VersioneCUGForma
    filterset_class = None
    ordini = {"numero": "numero"}
    ordine = ("-numero",)
    collegati = ("relazione__azienda",)
    lookup_field = "numero"
    lookup_value_regex = r"[0-9]{1,4}"

    def visibili(self) -> QuerySet[Any]:
        relazioni = RelazioneCUG.objects.visibili_a(self.request.user)
        questa = get_object_or_404(relazioni, pk=self.kwargs["relazione"])
        visibili = VersioneRelazioneCUG.objects.visibili_a(self.request.user)
        return visibili.filter(relazione=questa)

    def completa(self, righe: list[dict[str, Any]]) -> None:
        sue = self.get_queryset().filter(numero__in=[riga["numero"] for riga in righe])
        foto = {una.numero: una.fotografia for una in sue}
        for riga in righe:
            riga["contenuto"] = foto[riga["numero"]]

    @extend_schema(parameters=[_NUMERO])
    def retrieve(self, request: Request, **kwargs: Any) -> HttpResponse:
        return super().retrieve(request, **kwargs)

    @extend_schema(
        summary="Il PDF di una versione",
        parameters=[_NUMERO],
        responses={(200, Pdf.media_type): OpenApiTypes.BINARY},
    )
    @action(
        detail=True, methods=["get"], renderer_classes=[Scrittore, Pdf], pagination_class=None,
        filterset_class=None,
    )  # fmt: skip
    def pdf(self, request: Request, relazione: str, numero: str) -> HttpResponseBase:
        controlla_parametri(request, ())
        questa: VersioneRelazioneCUG = self.oggetto()
        nome = trasmissione.nome_del_file(questa)
        if questa.file:
            contenuto, impronta = letto(questa.file), questa.sha256_pdf
        else:  # the job has still to draw it
            try:
                contenuto = rende_pdf(questa.fotografia).contenuto
            except StampaNonDisponibile as errore:
                return problema(503, str(errore))
            impronta = questa.sha256_contenuto
        return self.scarica(contenuto, tipo=Pdf.media_type, nome=nome, impronta=impronta)
