# SPDX-License-Identifier: AGPL-3.0-or-later
"""The network: bodies, adhesions, composition by semester, territory."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request

from conciliazione.api.base import Righe, Risorsa, annida, filtro
from conciliazione.api.forme_rete import (
    AccogliAdesione,
    AdesioneForma,
    AmbitoForma,
    CambiaEnte,
    ComposizioneForma,
    ComuneForma,
    EnteForma,
    NuovaComposizione,
    NuovoEnte,
    RespingiAdesione,
    RigaComposizioneForma,
)
from conciliazione.azioni import composizione as azioni_composizione
from conciliazione.azioni.ente import scrivi_ente
from conciliazione.azioni.valutazione_adesione import PERMESSO as ADESIONI
from conciliazione.azioni.valutazione_adesione import PERMESSO as VALUTA
from conciliazione.azioni.valutazione_adesione import accogli, conferma_d_ufficio, respingi
from conciliazione.models import (
    Adesione,
    Ambito,
    ComposizioneRete,
    Comune,
    EdizioneConciliazione,
    Ente,
    RigaComposizione,
)
from conciliazione.models.visibilita import dell_azienda, enti_di
from piani.api.passi import SiToglie, un_passo
from piani.api.piani import Motivo

RISERVATI = ("codice_fiscale", "partita_iva", "sede", "email", "pec", "telefono")
"""What of a body is read by the office, by the readers and by itself, not by its colleagues."""
GESTISCE = "conciliazione.gestisce_rete"


class EnteRisorsa(Risorsa):
    """Gli enti conosciuti, nella Rete o no. Chi rappresenta un ente legge i colleghi della Rete
    senza i loro recapiti."""

    raccolta = "enti"
    modello = Ente
    serializer_class = EnteForma
    filterset_class = filtro(
        Ente, "nome", azienda="azienda__codice", tipo="tipo", dimensione="dimensione",
        ambito="ambito",
    )  # fmt: skip
    ordini = {"nome": "nome"}
    ordine = ("nome",)
    collegati = ("azienda",)
    condizionati = ("partial_update",)

    def visibili(self) -> QuerySet[Any]:
        oggi = Adesione.objects.in_vigore().filter(ente=OuterRef("pk"))
        return super().visibili().annotate(nella_rete=Exists(oggi))

    def completa(self, righe: Righe) -> None:
        chiavi = [riga["id"] for riga in righe]
        chi = self.request.user
        leggibili = Ente.objects.filter(dell_azienda(chi) | Q(pk__in=enti_di(chi)), pk__in=chiavi)
        per_intero = set(leggibili.values_list("pk", flat=True))
        for riga in righe:
            if riga["id"] not in per_intero:
                riga |= dict.fromkeys(RISERVATI)

    @extend_schema(request=NuovoEnte, responses={201: EnteForma})
    def create(self, request: Request) -> HttpResponse:
        dati = self.letti(NuovoEnte)
        nuovo = Ente(azienda=dati.pop("azienda"))
        self.esigi(GESTISCE, nuovo)
        scrivi_ente(nuovo, dati, da=request.user)
        dove = f"/api/v1/conciliazione/enti/{nuovo.pk}"
        return self.risposta(self.una(pk=nuovo.pk), 201, Location=dove)

    @extend_schema(request=CambiaEnte, responses=EnteForma)
    def partial_update(self, request: Request, pk: str) -> HttpResponse:
        with self.in_modifica("conciliazione.aggiorna_ente") as ente:
            scrivi_ente(ente, self.letti(CambiaEnte, partial=True), da=request.user)
        return self.risposta(self.una(pk=ente.pk))


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
        "conferma", "Conferma d'ufficio", ADESIONI, conferma_d_ufficio, Motivo,
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


class ComposizioneRisorsa(SiToglie, Risorsa):
    """La composizione della Rete, semestre per semestre: stampata e contata."""

    raccolta = "composizioni"
    modello = ComposizioneRete
    serializer_class = ComposizioneForma
    filterset_class = filtro(
        ComposizioneRete, "edizione__nome", edizione="edizione", anno="anno", stato="stato"
    )
    ordini = {"anno": "anno"}
    ordine = ("-anno", "-semestre")
    collegati = ("edizione__azienda",)
    condizionati = ("destroy",)
    toglie = (azioni_composizione.PERMESSO, azioni_composizione.togli_composizione)

    def completa(self, righe: Righe) -> None:
        sue = RigaComposizione.objects.order_by("pk")
        annida(righe, "righe", sue, "composizione", RigaComposizioneForma)

    @extend_schema(
        summary="Prepara la composizione di un semestre",
        request=NuovaComposizione,
        responses={201: ComposizioneForma},
    )
    def create(self, request: Request) -> HttpResponse:
        dati = self.letti(NuovaComposizione)
        visibili = EdizioneConciliazione.objects.visibili_a(request.user)
        edizione = get_object_or_404(visibili, slug=dati.pop("edizione"))
        self.esigi(azioni_composizione.PERMESSO, edizione)
        quando = azioni_composizione.Semestre(dati["anno"], dati["semestre"], dati["al"])
        nuova = azioni_composizione.prepara(edizione, quando, da=request.user)
        dove = f"/api/v1/conciliazione/composizioni/{nuova.pk}"
        return self.risposta(self.una(pk=nuova.pk), 201, Location=dove)

    @extend_schema(summary="Approva la composizione", request=None, responses=ComposizioneForma)
    @action(detail=True, methods=["post"])
    def approvazione(self, request: Request, pk: str) -> HttpResponse:
        questa = self.oggetto()
        self.esigi(azioni_composizione.PERMESSO, questa)
        azioni_composizione.approva(questa, da=request.user)
        return self.risposta(self.una(pk=questa.pk))


class AmbitoRisorsa(Risorsa):
    """Gli ambiti dei Piani di Zona, con i loro comuni."""

    raccolta = "ambiti"
    modello = Ambito
    serializer_class = AmbitoForma
    filterset_class = filtro(Ambito, "nome", azienda="azienda__codice")
    ordini = {"nome": "nome", "ordine": "ordine"}
    ordine = ("azienda_id", "ordine", "nome")

    def completa(self, righe: Righe) -> None:
        annida(righe, "comuni", Comune.objects.order_by("nome"), "ambito", ComuneForma)
