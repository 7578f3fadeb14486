# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the CdR report of their schede each quarter, with the files that prove it."""

import base64
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request

from obiettivi import azioni
from obiettivi.api.forme import ConMotivo
from obiettivi.api.forme_rendicontazioni import (
    CambiaRendicontazione,
    NuovaProva,
    NuovaRendicontazione,
    ProvaForma,
    ProvaInteraForma,
    RendicontazioneForma,
    ValidaRendicontazione,
)
from obiettivi.azioni.passi_scheda import con_scheda_bloccata
from obiettivi.azioni.rendicontazione import GUIDA
from obiettivi.azioni.rilevazione import CIFRE
from obiettivi.models import Prova, Rendicontazione, RigaScheda, SchedaBudget
from piani.api.elenchi import annida, filtro
from piani.api.file import letto
from piani.api.risorse import Lettura, Risorsa, Singola

DELLA_RIGA = (
    "riga__area__scheda__azienda", "riga__area__scheda__unita", "riga__indicatore__azienda",
)  # fmt: skip
DETTI = ("azioni", "provvedimenti", "criticita", "raggiungibile", "motivo", "dichiarato")


class RendicontazioneRisorsa(Lettura):
    """Le rendicontazioni trimestrali dei CdR, con le prove; in bozza le legge chi guida il CdR. Le
    scrive e le trasmette chi guida il CdR; le valida il Nucleo."""

    ambito = "obiettivi"
    raccolta = "rendicontazioni"
    modello = Rendicontazione
    serializer_class = RendicontazioneForma
    filterset_class = filtro(
        Rendicontazione,
        "riga__obiettivo",
        azienda="riga__area__scheda__azienda__codice",
        scheda="riga__area__scheda_id",
        unita="riga__area__scheda__unita_id",
        riga="riga_id",
        anno="riga__area__scheda__anno",
        frazione="frazione",
        stato="stato",
    )
    ordini = {"anno": "riga__area__scheda__anno", "trasmessa_il": "trasmessa_il"}
    ordine = ("riga__area__scheda_id", "riga_id", "frazione")
    collegati = DELLA_RIGA
    condizionati = ("partial_update",)

    def completa(self, righe: list[dict[str, Any]]) -> None:
        annida(righe, "prove", Prova.objects.order_by("pk"), "rendicontazione", ProvaForma)

    def blocca(self, riga: Any) -> None:
        con_scheda_bloccata(riga.riga.area.scheda)

    @extend_schema(
        summary="Comincia una rendicontazione",
        description="In bozza, di una riga e di un trimestre; se la bozza c'è già si cambia con "
        "PATCH.",
        request=NuovaRendicontazione,
        responses={201: RendicontazioneForma},
    )
    def create(self, request: Request) -> HttpResponse:
        dati = self.letti(NuovaRendicontazione)
        schede = SchedaBudget.objects.visibili_a(request.user).dei_cdr()
        righe = RigaScheda.objects.filter(area__scheda__in=schede).select_related(
            "area__scheda__azienda", "area__scheda__unita", "indicatore__azienda"
        )
        riga = get_object_or_404(righe, pk=dati.pop("riga"))
        frazione = dati.pop("frazione")
        bozza = azioni.salva_rendicontazione(
            riga, frazione=frazione, resoconto=_resoconto(dati), da=request.user
        )
        return self.creata(bozza.pk, "rendicontazioni")

    @extend_schema(request=CambiaRendicontazione, responses=RendicontazioneForma)
    def partial_update(self, request: Request, pk: str) -> HttpResponse:
        with self.in_modifica(GUIDA, lambda una: una.riga.area.scheda) as questa:
            detti = {nome: getattr(questa, nome) for nome in DETTI}
            dati = detti | self.letti(CambiaRendicontazione)
            azioni.salva_rendicontazione(
                questa.riga,
                frazione=questa.frazione,
                resoconto=_resoconto(dati, questa.cifre),
                visto=questa.impronta,
                da=request.user,
            )
        return self.risposta(self.una(pk=questa.pk))

    @extend_schema(
        summary="Trasmetti",
        description="Scrive insieme il risultato del CdR: tutti e due, o nessuno.",
        request=None,
        responses=RendicontazioneForma,
    )
    @action(detail=True, methods=["post"])
    def trasmissione(self, request: Request, pk: str) -> HttpResponse:
        questa = self._sua(GUIDA)
        azioni.trasmetti(questa, da=request.user)
        return self.risposta(self.una(pk=questa.pk))

    @extend_schema(
        summary="Riapri",
        description="Il controllo di gestione con un motivo; chi guida il CdR finché la finestra è "
        "aperta e il Nucleo non si è espresso.",
        request=ConMotivo,
        responses={204: None},
    )
    @action(detail=True, methods=["post"])
    def riapertura(self, request: Request, pk: str) -> HttpResponse:
        questa = self.oggetto()
        scheda = questa.riga.area.scheda
        if not request.user.has_perm("obiettivi.prepara_scheda", scheda):
            self.esigi(GUIDA, scheda)
        azioni.riapri_rendicontazione(questa, **self.letti(ConMotivo), da=request.user)
        return HttpResponse(status=204)  # a draft is no longer seen by who only governs

    @extend_schema(
        summary="Valida",
        description="Lo fa il Nucleo: la percentuale dichiarata resta accanto.",
        request=ValidaRendicontazione,
        responses=RendicontazioneForma,
    )
    @action(detail=True, methods=["post"])
    def validazione(self, request: Request, pk: str) -> HttpResponse:
        questa = self._sua("obiettivi.valida_scheda")
        azioni.valida_rendicontazione(questa, **self.letti(ValidaRendicontazione), da=request.user)
        return self.risposta(self.una(pk=questa.pk))

    @extend_schema(
        summary="Aggiungi una prova", request=NuovaProva, responses={201: ProvaInteraForma}
    )
    @action(detail=True, methods=["post"])
    def prove(self, request: Request, pk: str) -> HttpResponse:
        questa = self._sua(GUIDA)
        dati = self.letti(NuovaProva)
        file = SimpleUploadedFile(dati["nome"], dati["contenuto"])
        prova = azioni.carica_prova(questa, file=file, da=request.user)
        return self.creata(prova.pk, "prove", ProvaRisorsa)

    def _sua(self, permesso: str) -> Rendicontazione:
        questa: Rendicontazione = self.oggetto()
        self.esigi(permesso, questa.riga.area.scheda)
        return questa


class ProvaRisorsa(Singola, Risorsa):
    """Il documento che prova ciò che un CdR ha rendicontato, con il suo contenuto."""

    ambito = "obiettivi"
    raccolta = "rendicontazioni"
    modello = Prova
    serializer_class = ProvaInteraForma
    collegati = tuple(f"rendicontazione__{uno}" for uno in DELLA_RIGA)
    condizionati = ("destroy",)

    def completa(self, righe: list[dict[str, Any]]) -> None:
        for riga in righe:
            questa = Prova.objects.get(pk=riga["id"])
            riga["contenuto"] = base64.b64encode(letto(questa.file)).decode()

    def blocca(self, riga: Any) -> None:
        con_scheda_bloccata(riga.rendicontazione.riga.area.scheda)

    def destroy(self, request: Request, pk: str) -> HttpResponse:
        with self.in_modifica(GUIDA, lambda una: una.rendicontazione.riga.area.scheda) as prova:
            azioni.togli_prova(prova, da=request.user)
        return HttpResponse(status=204)


def _resoconto(dati: dict[str, Any], prima: dict[str, str] | None = None) -> azioni.Resoconto:
    """What is reported, as the action takes it; the figures that are not sent stay."""
    cifre = dati.pop("cifre", None)
    if cifre is None:
        return azioni.Resoconto(cifre=prima or {}, **dati)
    dette = {
        nome: str(valore) if nome in CIFRE else valore
        for nome, valore in cifre.items()
        if valore not in (None, "")
    }
    return azioni.Resoconto(cifre=dette, **dati)
