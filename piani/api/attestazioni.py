# SPDX-License-Identifier: AGPL-3.0-or-later
"""The grid of the obligations: written, closed and corrected by the Nucleo, published by who
publishes.
"""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request

from piani.api.elenchi import filtro, lette
from piani.api.errori import problema
from piani.api.file import ConFile, Pdf
from piani.api.filtri import controlla_parametri
from piani.api.formato import Scrittore
from piani.api.forme import Corpo, Forma, MiaAzienda
from piani.api.piani import Motivo
from piani.api.risorse import Lettura, Risorsa, Singola
from piani.attestazione import azioni
from piani.attestazione.azioni import ATTESTA, PUBBLICA
from piani.documenti_ente.azioni import nome_base
from piani.documenti_ente.stampa import pdf_di
from piani.models import DocumentoEnte, PunteggioObbligo, RilevazioneObblighi
from piani.stampa import StampaNonDisponibile

TESTO = {"max_length": 10_000, "allow_blank": True, "required": False}
CHIAVE = {"min_value": 0, "max_value": 10**18}
VISTO = "«modifiche» di quando si è letta la griglia: se intanto è stata scritta, si rifiuta."
DELL_ATTESTAZIONE = r"attestazioni/(?P<attestazione>[0-9]{1,18})/versioni"
_ATTESTAZIONE = OpenApiParameter("attestazione", OpenApiTypes.INT, OpenApiParameter.PATH)
_NUMERO = OpenApiParameter("numero", OpenApiTypes.INT, OpenApiParameter.PATH)
SCHEDA = (*RilevazioneObblighi.SCHEDA, *RilevazioneObblighi.ATTESTA)


class VersioneAttestataForma(Forma):
    """A version that the Nucleo closed."""

    id = serializers.IntegerField()
    versione = serializers.IntegerField()
    motivo = serializers.CharField()
    creato_il = serializers.DateTimeField()
    pubblicato_il = serializers.DateField(allow_null=True)
    sha256_contenuto = serializers.CharField()


class VersioneInteraForma(VersioneAttestataForma):
    """With what it says."""

    calcolati = ("contenuto",)

    titolo = serializers.CharField()
    data_atto = serializers.DateField(allow_null=True)
    sha256_pdf = serializers.CharField(help_text="Vuota finché il PDF è in stampa.")
    contenuto = serializers.DictField(
        help_text="Com'è stata fissata: la griglia, la scheda di sintesi, ciò che si attesta."
    )


class AttestazioneForma(Forma):
    """The grid of a year, with the versions that were closed."""

    id = serializers.IntegerField()
    azienda = serializers.CharField(source="azienda.codice")
    anno = serializers.IntegerField()
    riferimento = serializers.DateField()
    organismo = serializers.CharField()
    stato = serializers.ChoiceField(choices=RilevazioneObblighi.Stato.choices)
    dimostrativa = serializers.BooleanField()
    versioni = VersioneAttestataForma(many=True)


class NuovaAttestazione(Corpo):
    azienda = MiaAzienda()
    anno = serializers.IntegerField(min_value=2013, max_value=2100)
    riferimento = serializers.DateField()
    organismo = serializers.CharField(max_length=150)


class PunteggioObbligoForma(Forma):
    """What the Nucleo says of an obligation; null where it has not said yet."""

    id = serializers.IntegerField()
    obbligo = serializers.CharField(source="obbligo.codice")
    etichetta = serializers.CharField(source="obbligo.etichetta")
    pubblicazione = serializers.IntegerField(allow_null=True)
    completezza = serializers.IntegerField(allow_null=True)
    uffici = serializers.IntegerField(allow_null=True)
    senza_uffici = serializers.BooleanField()
    aggiornamento = serializers.IntegerField(allow_null=True)
    formato = serializers.IntegerField(allow_null=True)
    nota = serializers.CharField()


class GrigliaForma(Forma):
    """The grid as who writes it sees it, with what is still to be said."""

    modifiche = serializers.IntegerField()
    organismo = serializers.CharField()
    inizio = serializers.DateField(allow_null=True)
    fine = serializers.DateField(allow_null=True)
    estensione = serializers.CharField()
    modalita = serializers.CharField()
    criticita = serializers.CharField()
    flussi = serializers.BooleanField(allow_null=True)
    responsabili = serializers.BooleanField(allow_null=True)
    senza_filtri = serializers.BooleanField(allow_null=True)
    da_aggiungere = serializers.ListField(child=serializers.CharField())
    da_togliere = serializers.ListField(child=serializers.CharField())
    mancano = serializers.ListField(child=serializers.CharField())
    punteggi = PunteggioObbligoForma(many=True)


def _punti(massimo: int) -> serializers.IntegerField:
    return serializers.IntegerField(
        min_value=0, max_value=massimo, allow_null=True, required=False
    )  # fmt: skip


class PunteggiRiga(Corpo):
    """What is not said stays as it is."""

    id = serializers.IntegerField(**CHIAVE)
    pubblicazione = _punti(2)
    completezza = _punti(3)
    uffici = _punti(3)
    senza_uffici = serializers.BooleanField(required=False)
    aggiornamento = _punti(3)
    formato = _punti(3)
    nota = serializers.CharField(max_length=1000, allow_blank=True, required=False)


class ScriviPunteggi(Corpo):
    visto = serializers.IntegerField(help_text=VISTO, **CHIAVE)
    punteggi = PunteggiRiga(many=True, allow_empty=False, max_length=1000)


class ScriviScheda(Corpo):
    """What is not said stays as it is."""

    visto = serializers.IntegerField(help_text=VISTO, **CHIAVE)
    organismo = serializers.CharField(max_length=150, required=False)
    inizio = serializers.DateField(allow_null=True, required=False)
    fine = serializers.DateField(allow_null=True, required=False)
    estensione = serializers.CharField(**TESTO)
    modalita = serializers.CharField(**TESTO)
    criticita = serializers.CharField(**TESTO)
    flussi = serializers.BooleanField(allow_null=True, required=False)
    responsabili = serializers.BooleanField(allow_null=True, required=False)
    senza_filtri = serializers.BooleanField(allow_null=True, required=False)


class AttestazioneRisorsa(Lettura):
    """Le griglie con cui il Nucleo guarda gli obblighi di pubblicazione, e le versioni che ne ha
    chiuso. Le versioni pubblicate sono fra i documenti dell'ente."""

    ambito = "piani"
    raccolta = "attestazioni"
    modello = RilevazioneObblighi
    serializer_class = AttestazioneForma
    filterset_class = filtro(
        RilevazioneObblighi, "organismo", azienda="azienda__codice", anno="anno", stato="stato"
    )
    ordini = {"riferimento": "riferimento", "anno": "anno"}
    ordine = ("-riferimento",)
    collegati = ("azienda",)

    def completa(self, righe: list[dict[str, Any]]) -> None:
        serie = {riga["id"]: RilevazioneObblighi(riferimento=riga["riferimento"]).serie
                 for riga in righe}  # fmt: skip
        versioni = DocumentoEnte.objects.filter(
            azienda__codice__in={riga["azienda"] for riga in righe}, serie__in=serie.values()
        ).order_by("-versione")
        chiavi = versioni.values_list("azienda__codice", "serie")
        per_serie: dict[tuple[str, str], list[Any]] = {}
        for chiave, una in zip(chiavi, lette(versioni, VersioneAttestataForma), strict=True):
            per_serie.setdefault(chiave, []).append(una)
        for riga in righe:
            riga["versioni"] = per_serie.get((riga["azienda"], serie[riga["id"]]), [])

    @extend_schema(
        summary="Apri una griglia",
        description="Con una riga per ogni obbligo dovuto a quella data. Lo fa il Nucleo.",
        request=NuovaAttestazione,
        responses={201: AttestazioneForma},
    )
    def create(self, request: Request) -> HttpResponse:
        dati = self.letti(NuovaAttestazione)
        nuova = azioni.apri(dati.pop("azienda"), **dati, da=request.user)
        return self.creata(nuova.pk, "attestazioni")

    @extend_schema(
        summary="La griglia da scrivere",
        description="Per il Nucleo che la scrive.",
        responses=GrigliaForma,
    )
    @action(detail=True, methods=["get"])
    def griglia(self, request: Request, pk: str) -> HttpResponse:
        controlla_parametri(request, ())
        questa = self.oggetto()
        if not request.user.has_perm(ATTESTA, questa):
            raise Http404
        return self.risposta(_griglia(questa))

    @extend_schema(summary="Scrivi dei punteggi", request=ScriviPunteggi, responses=GrigliaForma)
    @action(detail=True, methods=["post"])
    def punteggi(self, request: Request, pk: str) -> HttpResponse:
        questa = self.oggetto()
        self.esigi(ATTESTA, questa)
        dati = self.letti(ScriviPunteggi)
        righe = {una.pop("id"): una for una in dati["punteggi"]}
        _sue(questa, righe)
        azioni.scrivi_punteggi(questa, righe=righe, visto=dati["visto"], da=request.user)
        return self.risposta(_griglia(self.oggetto()))

    @extend_schema(
        summary="Scrivi la scheda di sintesi", request=ScriviScheda, responses=GrigliaForma
    )
    @action(detail=True, methods=["post"])
    def scheda(self, request: Request, pk: str) -> HttpResponse:
        questa = self.oggetto()
        self.esigi(ATTESTA, questa)
        azioni.scrivi_scheda(questa, **self.letti(ScriviScheda), da=request.user)
        return self.risposta(_griglia(self.oggetto()))

    @extend_schema(
        summary="Porta la griglia agli obblighi di adesso", request=None, responses=GrigliaForma
    )
    @action(detail=True, methods=["post"])
    def allineamento(self, request: Request, pk: str) -> HttpResponse:
        questa = self.oggetto()
        self.esigi(ATTESTA, questa)
        azioni.allinea(questa, da=request.user)
        return self.risposta(_griglia(self.oggetto()))

    @extend_schema(
        summary="Chiudi e attesta",
        description="La griglia, la scheda e il documento si fissano in una versione, che poi si "
        "pubblica.",
        request=None,
        responses=AttestazioneForma,
    )
    @action(detail=True, methods=["post"])
    def chiusura(self, request: Request, pk: str) -> HttpResponse:
        return self.passo(ATTESTA, azioni.chiudi)

    @extend_schema(summary="Riapri per correggere", request=Motivo, responses=AttestazioneForma)
    @action(detail=True, methods=["post"])
    def correzione(self, request: Request, pk: str) -> HttpResponse:
        return self.passo(ATTESTA, azioni.correggi, Motivo)

    @extend_schema(
        summary="Pubblica l'ultima versione chiusa", request=None, responses=AttestazioneForma
    )
    @action(detail=True, methods=["post"])
    def pubblicazione(self, request: Request, pk: str) -> HttpResponse:
        questa = self.oggetto()
        self.esigi(PUBBLICA, questa.azienda)
        azioni.pubblica(questa, da=request.user)
        return self.risposta(self.una(pk=questa.pk))


@extend_schema(parameters=[_ATTESTAZIONE, _NUMERO])
class VersioneAttestataRisorsa(ConFile, Singola, Risorsa):
    """Una versione chiusa dal Nucleo, pubblicata o no, com'è stata fissata."""

    ambito = "piani"
    raccolta = "attestazioni"
    modello = DocumentoEnte
    serializer_class = VersioneInteraForma
    collegati = ("azienda",)
    lookup_field = "versione"
    lookup_url_kwarg = "numero"
    lookup_value_regex = r"[0-9]{1,4}"
    pagination_class = None
    filter_backends = ()

    def visibili(self) -> QuerySet[Any]:
        griglie = RilevazioneObblighi.objects.visibili_a(self.request.user)
        questa = get_object_or_404(griglie, pk=self.kwargs["attestazione"])
        visibili = DocumentoEnte.objects.visibili_a(self.request.user)
        return visibili.filter(azienda=questa.azienda_id, serie=questa.serie)

    def completa(self, righe: list[dict[str, Any]]) -> None:
        lette = self.get_queryset().in_bulk([riga["id"] for riga in righe])
        for riga in righe:
            riga["contenuto"] = lette[riga["id"]].fotografia

    @extend_schema(
        summary="Il PDF di una versione", responses={(200, Pdf.media_type): OpenApiTypes.BINARY}
    )
    @action(detail=True, methods=["get"], renderer_classes=[Scrittore, Pdf])
    def pdf(self, request: Request, attestazione: str, numero: str) -> HttpResponseBase:
        controlla_parametri(request, ())
        questa: DocumentoEnte = self.oggetto()
        try:
            contenuto = pdf_di(questa)
        except StampaNonDisponibile as errore:
            return problema(503, str(errore))
        impronta = questa.sha256_pdf if questa.file else questa.sha256_contenuto
        nome = f"{nome_base(questa)}.pdf"
        return self.scarica(contenuto, tipo=Pdf.media_type, nome=nome, impronta=impronta)


def _sue(rilevazione: RilevazioneObblighi, righe: dict[int, Any]) -> None:
    """404 unless every key is of a row of the grid."""
    if rilevazione.punteggi.filter(pk__in=righe).count() != len(righe):
        raise Http404


def _griglia(rilevazione: RilevazioneObblighi) -> dict[str, Any]:
    nuovi, tolti = azioni.da_allineare(rilevazione)
    punteggi = PunteggioObbligo.objects.filter(rilevazione=rilevazione)
    return {
        "modifiche": rilevazione.modifiche,
        **{campo: getattr(rilevazione, campo) for campo in SCHEDA},
        "da_aggiungere": nuovi,
        "da_togliere": tolti,
        "mancano": azioni.mancano(rilevazione),
        "punteggi": lette(punteggi, PunteggioObbligoForma),
    }
