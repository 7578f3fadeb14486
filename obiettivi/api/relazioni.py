# SPDX-License-Identifier: AGPL-3.0-or-later
"""The Relazione sulla performance: read with its prose, written while it is a draft, taken on."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request

from obiettivi import azioni
from obiettivi.api.forme_relazioni import (
    ApprovaRelazione,
    CambiaCapitolo,
    CapitoloForma,
    CapitoloInteroForma,
    DatiForma,
    FaseSvoltaForma,
    Fasi,
    NuovaRelazione,
    PubblicaRelazione,
    RelazioneForma,
    Scostamenti,
    ScostamentoForma,
    ValidaRelazione,
)
from obiettivi.azioni.relazione import relazione_bloccata
from obiettivi.models import FaseSvolta, Relazione, Scostamento, SezioneRelazione
from obiettivi.relazione.verifiche import cancello
from piani.api.elenchi import annida, filtro
from piani.api.filtri import controlla_parametri
from piani.api.piani import CancelloForma, Motivo, cancello_in_dati
from piani.api.risorse import Lettura
from piani.models import Piano

PREPARA = "obiettivi.prepara_relazione"


class RelazioneRisorsa(Lettura):
    """Le Relazioni sulla performance, con i capitoli, gli scostamenti spiegati e le fasi."""

    ambito = "obiettivi"
    raccolta = "relazioni"
    modello = Relazione
    serializer_class = RelazioneForma
    filterset_class = filtro(
        Relazione,
        "piano__titolo",
        azienda="piano__azienda__codice",
        piano="piano__slug",
        anno="anno",
        stato="stato",
    )
    ordini = {"anno": "anno", "stato": "stato"}
    ordine = ("piano__azienda_id", "-anno", "piano_id")
    collegati = ("piano__azienda",)

    def completa(self, righe: list[dict[str, Any]]) -> None:
        annida(
            righe, "sezioni", SezioneRelazione.objects.order_by("pk"), "relazione", CapitoloForma
        )
        annida(
            righe, "scostamenti", Scostamento.objects.order_by("misura_id"), "relazione",
            ScostamentoForma,
        )  # fmt: skip
        fasi = FaseSvolta.objects.order_by("fase__ordine", "pk")
        annida(righe, "fasi", fasi, "relazione", FaseSvoltaForma)

    @extend_schema(
        summary="Comincia la Relazione di un anno",
        request=NuovaRelazione,
        responses={201: RelazioneForma},
    )
    def create(self, request: Request) -> HttpResponse:
        dati = self.letti(NuovaRelazione)
        visibili = Piano.objects.visibili_a(request.user).select_related("azienda")
        piano = get_object_or_404(visibili, slug=dati["piano"])
        nuova = azioni.comincia_relazione(piano, anno=dati["anno"], da=request.user)
        return self.creata(nuova.pk, "relazioni")

    @extend_schema(summary="Che cosa dicono le tabelle", responses=DatiForma)
    @action(detail=True, methods=["get"])
    def tabelle(self, request: Request, pk: str) -> HttpResponse:
        controlla_parametri(request, ())
        return self.risposta({"dati": self.oggetto().generati})

    @extend_schema(
        summary="Rigenera le tabelle",
        description="Dal piano e dai risultati di oggi; ciò che è scritto resta.",
        request=None,
        responses=RelazioneForma,
    )
    @action(detail=True, methods=["post"])
    def rigenerazione(self, request: Request, pk: str) -> HttpResponse:
        return self.passo(PREPARA, azioni.rigenera_relazione)

    @extend_schema(summary="Spiega gli scostamenti", request=Scostamenti, responses=RelazioneForma)
    @action(detail=True, methods=["post"])
    def scostamenti(self, request: Request, pk: str) -> HttpResponse:
        return self.passo(PREPARA, _spiega, Scostamenti)

    @extend_schema(summary="Segna le fasi del ciclo", request=Fasi, responses=RelazioneForma)
    @action(detail=True, methods=["post"])
    def fasi(self, request: Request, pk: str) -> HttpResponse:
        return self.passo(PREPARA, _segna, Fasi)

    @extend_schema(summary="Che cosa manca all'approvazione", responses=CancelloForma)
    @action(detail=True, methods=["get"])
    def cancello(self, request: Request, pk: str) -> HttpResponse:
        controlla_parametri(request, ())
        return self.risposta(cancello_in_dati(cancello(self.oggetto()), "approvazione"))

    @extend_schema(
        summary="Approva", description="Lo fa la direzione.", request=ApprovaRelazione,
        responses=RelazioneForma,
    )  # fmt: skip
    @action(detail=True, methods=["post"])
    def approvazione(self, request: Request, pk: str) -> HttpResponse:
        return self.passo("obiettivi.approva_relazione", azioni.approva_relazione, ApprovaRelazione)

    @extend_schema(summary="Invia al Nucleo", request=None, responses=RelazioneForma)
    @action(detail=True, methods=["post"])
    def invio(self, request: Request, pk: str) -> HttpResponse:
        return self.passo(PREPARA, azioni.invia_relazione)

    @extend_schema(
        summary="Valida", description="Lo fa il Nucleo, criterio per criterio.",
        request=ValidaRelazione, responses=RelazioneForma,
    )  # fmt: skip
    @action(detail=True, methods=["post"])
    def validazione(self, request: Request, pk: str) -> HttpResponse:
        return self.passo("obiettivi.valida_relazione", _valida, ValidaRelazione)

    @extend_schema(summary="Riporta in bozza", request=Motivo, responses=RelazioneForma)
    @action(detail=True, methods=["post"])
    def bozza(self, request: Request, pk: str) -> HttpResponse:
        return self.passo(PREPARA, azioni.riapri_relazione, Motivo)

    @extend_schema(
        summary="Pubblica",
        description="Fissa una versione e la manda in stampa: è pubblica appena pronta.",
        request=PubblicaRelazione,
        responses={202: RelazioneForma},
    )
    @action(detail=True, methods=["post"])
    def pubblicazione(self, request: Request, pk: str) -> HttpResponse:
        return self.passo("piani.pubblica", _pubblica, PubblicaRelazione, 202)


class SezioneRelazioneRisorsa(Lettura):
    """I capitoli delle Relazioni: si scrivono finché è una bozza."""

    ambito = "obiettivi"
    raccolta = "relazioni"
    modello = SezioneRelazione
    serializer_class = CapitoloInteroForma
    filterset_class = filtro(SezioneRelazione, "testo", relazione="relazione_id", tipo="tipo")
    ordini = {"tipo": "tipo"}
    ordine = ("relazione_id",)
    collegati = ("relazione__piano__azienda",)
    condizionati = ("partial_update",)

    def visibili(self) -> Any:
        relazioni = Relazione.objects.visibili_a(self.request.user)
        return SezioneRelazione.objects.filter(relazione__in=relazioni)

    def blocca(self, riga: Any) -> None:
        relazione_bloccata(riga.relazione)

    @extend_schema(request=CambiaCapitolo, responses=CapitoloInteroForma)
    def partial_update(self, request: Request, pk: str) -> HttpResponse:
        with self.in_modifica(PREPARA, lambda una: una.relazione) as sezione:
            azioni.scrivi_sezione_relazione(sezione, **self.letti(CambiaCapitolo), da=request.user)
        return self.risposta(self.una(pk=sezione.pk))


def _spiega(relazione: Relazione, *, scostamenti: list[dict[str, Any]], da: Any) -> None:
    scritti = {uno["misura"]: (uno["causa"], uno["azione"]) for uno in scostamenti}
    azioni.spiega_scostamenti(relazione, scritti, da=da)


def _segna(relazione: Relazione, *, fasi: list[dict[str, Any]], da: Any) -> None:
    dette = {una["fase"]: (una["conclusa_il"], una["nota"]) for una in fasi}
    azioni.segna_fasi(relazione, dette, da=da)


def _valida(relazione: Relazione, *, criteri: list[dict[str, Any]], da: Any, **dati: Any) -> None:
    risposte = {uno["criterio"]: (uno["esito"], uno["nota"]) for uno in criteri}
    azioni.valida_relazione(relazione, criteri=risposte, **dati, da=da)


def _pubblica(relazione: Relazione, *, da: Any, **dati: Any) -> None:
    azioni.pubblica_relazione(relazione, **dati, da=da)
