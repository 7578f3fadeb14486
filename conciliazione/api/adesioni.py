# SPDX-License-Identifier: AGPL-3.0-or-later
"""How a body comes into the network, and how it leaves it."""

from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request

from conciliazione.api.base import Risorsa, filtro
from conciliazione.api.forme_adesioni import (
    AccogliAdesione,
    AdesioneForma,
    NuovaAdesione,
    NuovaRinuncia,
    PresaDAtto,
    RespingiAdesione,
    RinunciaForma,
)
from conciliazione.azioni.adesione import dal_modulo, registra_adesione
from conciliazione.azioni.rinuncia import prendi_atto, rinuncia, ritira_rinuncia
from conciliazione.azioni.valutazione_adesione import PERMESSO as VALUTA
from conciliazione.azioni.valutazione_adesione import accogli, conferma_d_ufficio, respingi
from conciliazione.models import Adesione, Rinuncia
from piani.api.passi import un_passo
from piani.api.piani import Motivo

RINUNCIA = "conciliazione.rinuncia"


class AdesioneRisorsa(Risorsa):
    """Le richieste di adesione alla Rete e il loro esito. Chi rappresenta un ente legge le sue."""

    raccolta = "adesioni"
    modello = Adesione
    serializer_class = AdesioneForma
    filterset_class = filtro(
        Adesione, "denominazione", azienda="azienda__codice", stato="stato", tipo="tipo",
        ente="ente",
    )  # fmt: skip
    ordini = {"denominazione": "denominazione", "chiesta_il": "chiesta_il"}
    ordine = ("-chiesta_il",)
    collegati = ("azienda", "ente")
    conferma = un_passo(
        "conferma", "Conferma d'ufficio", VALUTA, conferma_d_ufficio, Motivo,
        descrizione="Per chi ha chiesto di aderire e non può confermare dalla sua posta.",
    )  # fmt: skip

    @extend_schema(
        summary="Accogli: l'ente entra nella Rete", request=AccogliAdesione, responses=AdesioneForma
    )
    @action(detail=True, methods=["post"])
    def accoglienza(self, request: Request, pk: str) -> HttpResponse:
        adesione = self.oggetto()
        self.esigi(VALUTA, adesione)
        accogli(adesione, **self.letti(AccogliAdesione), da=request.user)
        return self.risposta(self.una(pk=adesione.pk))

    @extend_schema(summary="Respingi", request=RespingiAdesione, responses=AdesioneForma)
    @action(detail=True, methods=["post"])
    def rifiuto(self, request: Request, pk: str) -> HttpResponse:
        adesione = self.oggetto()
        self.esigi(VALUTA, adesione)
        respingi(adesione, **self.letti(RespingiAdesione), da=request.user)
        return self.risposta(self.una(pk=adesione.pk))

    @extend_schema(
        summary="Registra una richiesta arrivata firmata",
        description="Chi la manda dalla pagina pubblica la conferma dalla sua posta; questa è già "
        "confermata, e aspetta la valutazione del Comitato.",
        request=NuovaAdesione,
        responses={201: AdesioneForma},
    )
    def create(self, request: Request) -> HttpResponse:
        dati = {"sito": ""} | self.letti(NuovaAdesione)
        azienda, arrivata = dati.pop("azienda"), dati.pop("arrivata_il")
        self.esigi(VALUTA, azienda)
        nuova = registra_adesione(azienda, dal_modulo(dati), arrivata_il=arrivata, da=request.user)
        return self.creata(nuova.pk, "conciliazione/adesioni")

    @extend_schema(
        summary="Presenta la rinuncia dell'ente",
        description="La presenta l'ente, o l'ufficio che ha ricevuto la sua lettera. L'ente resta "
        "nella Rete fino alla presa d'atto.",
        request=NuovaRinuncia,
        responses={201: RinunciaForma},
    )
    @action(detail=True, methods=["post"])
    def rinuncia(self, request: Request, pk: str) -> HttpResponse:
        adesione = self.oggetto()
        self.esigi(RINUNCIA, adesione)
        nuova = rinuncia(adesione, **self.letti(NuovaRinuncia), da=request.user)
        return self.creata(nuova.pk, "conciliazione/rinunce", RinunciaRisorsa)


class RinunciaRisorsa(Risorsa):
    """Le rinunce alla Rete. Chi rappresenta un ente legge la sua, e la ritira finché il Comitato
    non ne ha preso atto."""

    raccolta = "rinunce"
    modello = Rinuncia
    serializer_class = RinunciaForma
    filterset_class = filtro(
        Rinuncia, "adesione__denominazione", azienda="adesione__azienda__codice",
        adesione="adesione", seduta="seduta",
    )  # fmt: skip
    ordini = {"presentata_il": "presentata_il", "decorre_dal": "decorre_dal"}
    ordine = ("-presentata_il",)
    collegati = ("adesione__azienda", "adesione__ente")
    condizionati = ("destroy",)
    presa_atto = un_passo(
        "presa-atto", "Prendi atto della rinuncia", VALUTA, prendi_atto, PresaDAtto,
        descrizione="L'ente è nella Rete fino al giorno prima della decorrenza.",
    )  # fmt: skip

    @extend_schema(summary="Ritira la rinuncia")
    def destroy(self, request: Request, pk: str) -> HttpResponse:
        with self.in_modifica(RINUNCIA, lambda riga: riga.adesione) as riga:
            ritira_rinuncia(riga, da=request.user)
        return HttpResponse(status=204)
