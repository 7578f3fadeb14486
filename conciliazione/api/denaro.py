# SPDX-License-Identifier: AGPL-3.0-or-later
"""Payments, revocations, recoveries."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request

from conciliazione.api.base import Righe, Risorsa, filtro, progetto_di
from conciliazione.api.forme_denaro import (
    AnnullaMovimento,
    CambiaRevoca,
    EseguiPagamento,
    IncassoForma,
    NuovaRevoca,
    NuovoIncasso,
    PagamentoDiAzione,
    PagamentoForma,
    RevocaForma,
)
from conciliazione.azioni.pagamento import (
    PAGA,
    annulla_pagamento,
    disponi_per_azione,
    esegui_pagamento,
)
from conciliazione.azioni.passi import bloccata
from conciliazione.azioni.progetto import PERMESSO as GESTISCE
from conciliazione.azioni.recupero import annulla_incasso
from conciliazione.azioni.revoca import scrivi_revoca
from conciliazione.models import AzioneDiPiano, Incasso, Pagamento, Progetto, RevocaContributo
from conciliazione.monitoraggio.conto import situazioni

__all__ = ["IncassoForma", "NuovoIncasso"]


class PagamentoRisorsa(Risorsa):
    """I pagamenti di rate e azioni: contano come liquidati quando sono eseguiti."""

    raccolta = "pagamenti"
    modello = Pagamento
    serializer_class = PagamentoForma
    filterset_class = filtro(
        Pagamento, "atto", edizione="edizione", rendiconto="rendiconto", stato="stato"
    )
    ordini = {"disposto_il": "disposto_il", "importo": "importo"}
    ordine = ("-disposto_il",)
    collegati = ("edizione__azienda", "rendiconto__progetto", "azione")

    @extend_schema(
        summary="Disponi un pagamento per un'azione del piano",
        description="Entro ciò che resta delle risorse dell'azione. I pagamenti di una rata si "
        "dispongono dal suo rendiconto.",
        request=PagamentoDiAzione,
        responses={201: PagamentoForma},
    )
    def create(self, request: Request) -> HttpResponse:
        dati = self.letti(PagamentoDiAzione)
        visibili = AzioneDiPiano.objects.visibili_a(request.user)
        azione = get_object_or_404(
            visibili.select_related("edizione__azienda"), pk=dati.pop("azione")
        )
        self.esigi(PAGA, azione)
        nuovo = disponi_per_azione(azione, **dati, da=request.user)
        return self.creata(nuovo.pk, "conciliazione/pagamenti")

    @extend_schema(
        summary="Segna eseguito il pagamento", request=EseguiPagamento, responses=PagamentoForma
    )
    @action(detail=True, methods=["post"])
    def esecuzione(self, request: Request, pk: str) -> HttpResponse:
        questo = self.oggetto()
        self.esigi(PAGA, questo)
        esegui_pagamento(questo, **self.letti(EseguiPagamento), da=request.user)
        return self.risposta(self.una(pk=questo.pk))

    @extend_schema(
        summary="Annulla il pagamento", request=AnnullaMovimento, responses=PagamentoForma
    )
    @action(detail=True, methods=["post"])
    def annullamento(self, request: Request, pk: str) -> HttpResponse:
        questo = self.oggetto()
        self.esigi(PAGA, questo)
        annulla_pagamento(questo, **self.letti(AnnullaMovimento), da=request.user)
        return self.risposta(self.una(pk=questo.pk))


class RevocaRisorsa(Risorsa):
    """Le revoche dei contributi: l'atto, quanto resta al capofila, quanto deve ancora rientrare."""

    raccolta = "revoche"
    modello = RevocaContributo
    serializer_class = RevocaForma
    filterset_class = filtro(
        RevocaContributo, "atto", edizione="progetto__edizione", progetto="progetto"
    )
    ordini = {"entro": "entro", "atto_del": "atto_del"}
    ordine = ("progetto_id",)
    collegati = ("progetto__edizione__azienda", "progetto__capofila")
    condizionati = ("partial_update",)

    def completa(self, righe: Righe) -> None:
        progetti = Progetto.objects.filter(pk__in=[riga["progetto"] for riga in righe])
        sue = {una.progetto.pk: una for una in situazioni(progetti)}
        for riga in righe:
            una = sue[riga["progetto"]]
            riga |= {nome: getattr(una, nome) for nome in RevocaForma.calcolati}

    @extend_schema(
        summary="Scrivi l'atto di una revoca",
        description="Di un progetto già revocato, quando del suo atto non è scritto nulla.",
        request=NuovaRevoca,
        responses={201: RevocaForma},
    )
    def create(self, request: Request) -> HttpResponse:
        dati = self.letti(NuovaRevoca)
        progetto = progetto_di(request, dati.pop("progetto"))
        self.esigi(GESTISCE, progetto)
        nuova = scrivi_revoca(progetto, **dati, nuova=True, da=request.user)
        return self.creata(nuova.pk, "conciliazione/revoche")

    @extend_schema(
        summary="Correggi l'atto di una revoca", request=CambiaRevoca, responses=RevocaForma
    )
    def partial_update(self, request: Request, pk: str) -> HttpResponse:
        with self.in_modifica(GESTISCE) as questa:
            adesso = {nome: getattr(questa, nome) for nome in CambiaRevoca().fields}
            detti = self.letti(CambiaRevoca)
            scrivi_revoca(questa.progetto, **adesso | detti, da=request.user)
        return self.risposta(self.una(pk=questa.pk))

    def blocca(self, riga: Any) -> None:
        """The project first, as the actions do."""
        bloccata(riga.progetto)
        super().blocca(riga)


class IncassoRisorsa(Risorsa):
    """Ciò che i capofila hanno restituito di quanto avevano avuto oltre il riconosciuto."""

    raccolta = "incassi"
    modello = Incasso
    serializer_class = IncassoForma
    filterset_class = filtro(Incasso, "atto", edizione="progetto__edizione", progetto="progetto")
    ordini = {"incassato_il": "incassato_il"}
    ordine = ("-incassato_il",)
    collegati = ("progetto__edizione__azienda",)

    @extend_schema(summary="Annulla l'incasso", request=AnnullaMovimento, responses=IncassoForma)
    @action(detail=True, methods=["post"])
    def annullamento(self, request: Request, pk: str) -> HttpResponse:
        questo = self.oggetto()
        self.esigi(PAGA, questo)
        annulla_incasso(questo, **self.letti(AnnullaMovimento), da=request.user)
        return self.risposta(self.una(pk=questo.pk))
