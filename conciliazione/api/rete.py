# SPDX-License-Identifier: AGPL-3.0-or-later
"""The network: its bodies, its composition by semester."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request

from conciliazione.api.base import Righe, Risorsa, annida, edizione_di, filtro
from conciliazione.api.forme_rete import (
    CambiaComposizione,
    CambiaEnte,
    ComposizioneForma,
    EnteForma,
    NuovaComposizione,
    NuovoEnte,
    RigaComposizioneForma,
    UnisciEnte,
)
from conciliazione.azioni import composizione as azioni_composizione
from conciliazione.azioni.ente import scrivi_ente
from conciliazione.azioni.unione import UNISCE, unisci_enti
from conciliazione.models import Adesione, ComposizioneRete, Ente, RigaComposizione
from conciliazione.models.visibilita import dell_azienda, enti_di
from piani.api.passi import SiToglie, un_passo

RISERVATI = ("codice_fiscale", "partita_iva", "sede", "email", "pec", "telefono")
"""What of a body is read by the office, by the readers and by itself, not by its colleagues."""
GESTISCE = "conciliazione.gestisce_rete"
SCRITTI = ("anno", "semestre", "al", "atto", "totale_stampato")


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
    unione = un_passo(
        "unione", "Unisci a un'altra riga dello stesso ente", UNISCE, unisci_enti, UnisciEnte,
        descrizione="Adesioni, referenti, seggi, proposte e tutto il resto dell'altra riga passano "
        "a questa, che prende anche i dati che le mancano. Non si torna indietro.",
    )  # fmt: skip

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
    condizionati = ("partial_update", "destroy")
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
        edizione = edizione_di(request, dati.pop("edizione"))
        self.esigi(azioni_composizione.PERMESSO, edizione)
        nuova = azioni_composizione.prepara(edizione, **_composta(dati), da=request.user)
        return self.creata(nuova.pk, "conciliazione/composizioni")

    @extend_schema(
        summary="Correggi una bozza", request=CambiaComposizione, responses=ComposizioneForma
    )
    def partial_update(self, request: Request, pk: str) -> HttpResponse:
        with self.in_modifica(azioni_composizione.PERMESSO) as questa:
            adesso = {nome: getattr(questa, nome) for nome in SCRITTI}
            scritta = _composta(adesso | self.letti(CambiaComposizione))
            azioni_composizione.correggi(questa, **scritta, da=request.user)
        return self.risposta(self.una(pk=questa.pk))

    @extend_schema(summary="Approva la composizione", request=None, responses=ComposizioneForma)
    @action(detail=True, methods=["post"])
    def approvazione(self, request: Request, pk: str) -> HttpResponse:
        questa = self.oggetto()
        self.esigi(azioni_composizione.PERMESSO, questa)
        azioni_composizione.approva(questa, da=request.user)
        return self.risposta(self.una(pk=questa.pk))


def _composta(dati: dict[str, Any]) -> dict[str, Any]:
    """A composition as its actions want it: when it is of, what a document prints."""
    quando = azioni_composizione.Semestre(
        dati["anno"], dati["semestre"], dati["al"], dati.get("atto", "")
    )
    return {
        "quando": quando,
        "totale_stampato": dati.get("totale_stampato"),
        "stampati": {riga["tipo"]: riga["stampato"] for riga in dati.get("righe", ())},
    }
