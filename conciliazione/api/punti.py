# SPDX-License-Identifier: AGPL-3.0-or-later
"""The items of the agenda of a meeting: taken off it, their outcome, the votes under them."""

from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request

from conciliazione.api.base import Righe, Risorsa, annida, filtro
from conciliazione.api.forme_comitato import (
    EsitoDelPunto,
    NuovaVotazione,
    PuntoSingolo,
    VotazioneForma,
    VotiRaccolti,
    VotoForma,
)
from conciliazione.azioni.adunanza import scrivi_esito
from conciliazione.azioni.passi import bloccata
from conciliazione.azioni.seduta import CONVOCA, VERBALIZZA, togli_punto
from conciliazione.azioni.votazione import (
    annulla_votazione,
    apri_votazione,
    chiudi_votazione,
    raccogli_voti,
)
from conciliazione.models import PuntoOrdine, Votazione, Voto
from piani.api.passi import SiToglie, un_passo
from piani.api.piani import Motivo


class VotazioneRisorsa(Risorsa):
    """Le votazioni del Comitato; i voti degli altri si leggono quando si chiudono."""

    raccolta = "votazioni"
    modello = Votazione
    serializer_class = VotazioneForma
    filterset_class = filtro(
        Votazione, "quesito", edizione="punto__seduta__edizione", seduta="punto__seduta",
        stato="stato",
    )  # fmt: skip
    ordini = {"aperta_il": "aperta_il"}
    ordine = ("-aperta_il",)
    collegati = ("punto__seduta__edizione__azienda",)
    chiusura = un_passo("chiusura", "Chiudi", VERBALIZZA, chiudi_votazione)
    annullamento = un_passo("annullamento", "Ritira", VERBALIZZA, annulla_votazione, Motivo)

    @extend_schema(
        summary="Scrivi i voti dati in sala",
        description="Per alzata di mano: dei seggi presenti che non hanno votato da sé.",
        request=VotiRaccolti,
    )
    @action(detail=True, methods=["post"])
    def voti(self, request: Request, pk: str) -> HttpResponse:
        questa = self.oggetto()
        self.esigi(VERBALIZZA, questa)
        voti = {uno["seggio"]: uno["valore"] for uno in self.letti(VotiRaccolti)["voti"]}
        raccogli_voti(questa, voti=voti, da=request.user)
        return self.risposta(self.una(pk=questa.pk))

    def completa(self, righe: Righe) -> None:
        voti = Voto.objects.visibili_a(self.request.user).order_by("seggio__ordine", "pk")
        annida(righe, "voti", voti, "votazione", VotoForma)


class PuntoRisorsa(SiToglie, Risorsa):
    """I punti all'ordine del giorno delle sedute."""

    raccolta = "punti"
    modello = PuntoOrdine
    serializer_class = PuntoSingolo
    filterset_class = filtro(
        PuntoOrdine, "titolo", edizione="seduta__edizione", seduta="seduta", genere="genere",
        manifestazione="manifestazione",
    )  # fmt: skip
    ordini = {"ordine": "ordine"}
    ordine = ("seduta_id", "ordine")
    collegati = ("seduta__edizione__azienda",)
    condizionati = ("partial_update", "destroy")
    toglie = (CONVOCA, togli_punto)

    def blocca(self, riga: PuntoOrdine) -> None:
        """The meeting: whatever is written of its items waits for it."""
        bloccata(riga.seduta)

    @extend_schema(
        summary="Scrivi che cosa si è deciso", request=EsitoDelPunto, responses=PuntoSingolo
    )
    def partial_update(self, request: Request, pk: str) -> HttpResponse:
        with self.in_modifica(VERBALIZZA) as questo:
            scrivi_esito(questo, **self.letti(EsitoDelPunto), da=request.user)
        return self.risposta(self.una(pk=questo.pk))

    @extend_schema(
        summary="Metti ai voti un quesito",
        request=NuovaVotazione,
        responses={201: VotazioneForma},
    )
    @action(detail=True, methods=["post"])
    def votazioni(self, request: Request, pk: str) -> HttpResponse:
        questo = self.oggetto()
        self.esigi(VERBALIZZA, questo)
        nuova = apri_votazione(questo, **self.letti(NuovaVotazione), da=request.user)
        return self.creata(nuova.pk, "conciliazione/votazioni", VotazioneRisorsa)
