# SPDX-License-Identifier: AGPL-3.0-or-later
"""Requests of instalments, expenses, cofinancing, payments, recoveries."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request

from conciliazione.api.base import Righe, Risorsa, annida, filtro
from conciliazione.api.forme_denaro import (
    AnnullaMovimento,
    ApportoForma,
    ApprovazioneDelRendiconto,
    CambiaSpesa,
    EseguiPagamento,
    GiustificativoForma,
    IncassoForma,
    NotaDiVerifica,
    NuovaSpesa,
    NuovoIncasso,
    NuovoPagamento,
    PagamentoForma,
    RendicontoForma,
    RevocaForma,
    SpesaForma,
)
from conciliazione.azioni.pagamento import PAGA, annulla_pagamento, disponi_rata, esegui_pagamento
from conciliazione.azioni.recupero import annulla_incasso
from conciliazione.azioni.rendiconto import trasmetti_rendiconto
from conciliazione.azioni.spesa import SPENDE, DatiSpesa, cambia_spesa, inserisci_spesa, togli_spesa
from conciliazione.azioni.verifica_rendiconto import (
    VERIFICA,
    approva_rendiconto,
    chiedi_integrazione,
    respingi_rendiconto,
)
from conciliazione.models import (
    ApportoCofinanziamento,
    Giustificativo,
    Incasso,
    Pagamento,
    Progetto,
    Rendiconto,
    RevocaContributo,
    Spesa,
)
from conciliazione.monitoraggio.conto import situazioni
from conciliazione.rules import esigi_referente
from piani.api.passi import un_passo

__all__ = ["IncassoForma", "NuovoIncasso"]


class RendicontoRisorsa(Risorsa):
    """Le richieste delle rate e che cosa se ne è riconosciuto."""

    raccolta = "rendiconti"
    modello = Rendiconto
    serializer_class = RendicontoForma
    filterset_class = filtro(
        Rendiconto, "progetto__titolo", edizione="progetto__edizione", progetto="progetto",
        stato="stato", rata="rata",
    )  # fmt: skip
    ordini = {"trasmesso_il": "trasmesso_il"}
    ordine = ("progetto_id", "pk")
    collegati = ("progetto__edizione__azienda", "progetto__capofila")
    trasmissione = un_passo("trasmissione", "Trasmetti", "", trasmetti_rendiconto)
    integrazione = un_passo(
        "integrazione", "Chiedi un'integrazione", VERIFICA, chiedi_integrazione, NotaDiVerifica
    )
    respingimento = un_passo(
        "respingimento", "Respingi", VERIFICA, respingi_rendiconto, NotaDiVerifica
    )
    approvazione = un_passo(
        "approvazione", "Approva", VERIFICA, approva_rendiconto, ApprovazioneDelRendiconto
    )

    @extend_schema(
        summary="Disponi un pagamento della rata",
        description="Di tutto ciò che resta, o dell'importo detto: mai oltre il riconosciuto.",
        request=NuovoPagamento,
        responses={201: PagamentoForma},
    )
    @action(detail=True, methods=["post"])
    def pagamenti(self, request: Request, pk: str) -> HttpResponse:
        questo = self.oggetto()
        self.esigi(PAGA, questo)
        nuovo = disponi_rata(questo, **self.letti(NuovoPagamento), da=request.user)
        sua = PagamentoRisorsa(request=request, kwargs={}, format_kwarg=None)
        dove = f"/api/v1/conciliazione/pagamenti/{nuovo.pk}"
        return self.risposta(sua.una(pk=nuovo.pk), 201, Location=dove)


class SpesaRisorsa(Risorsa):
    """Le spese dei progetti. Le scrive chi rappresenta l'ente che le ha sostenute, o il capofila,
    con la sua sessione; l'ATS le legge quando il rendiconto è trasmesso."""

    raccolta = "spese"
    modello = Spesa
    serializer_class = SpesaForma
    filterset_class = filtro(
        Spesa, "descrizione", edizione="progetto__edizione", progetto="progetto",
        rendiconto="rendiconto", ente="ente",
    )  # fmt: skip
    ordini = {"documento_del": "documento_del", "importo": "importo"}
    ordine = ("progetto_id", "documento_del")
    collegati = ("progetto__edizione__azienda", "ente", "voce")
    condizionati = ("partial_update", "destroy")

    def completa(self, righe: Righe) -> None:
        carte = Giustificativo.objects.order_by("pk")
        annida(righe, "giustificativi", carte, "spesa", GiustificativoForma)

    def esigi(self, permesso: str, oggetto: Any) -> None:
        """Of the expenses nobody writes for another: it is asked of who represents a body."""
        esigi_referente(self.request.user, permesso, oggetto)

    @extend_schema(request=NuovaSpesa, responses={201: SpesaForma})
    def create(self, request: Request) -> HttpResponse:
        dati = self.letti(NuovaSpesa)
        visibili = Progetto.objects.visibili_a(request.user)
        progetto = get_object_or_404(visibili, pk=dati.pop("progetto"))
        self.esigi(SPENDE, progetto)
        nuova = inserisci_spesa(progetto, dati=DatiSpesa(**dati), da=request.user)
        dove = f"/api/v1/conciliazione/spese/{nuova.pk}"
        return self.risposta(self.una(pk=nuova.pk), 201, Location=dove)

    @extend_schema(request=CambiaSpesa, responses=SpesaForma)
    def partial_update(self, request: Request, pk: str) -> HttpResponse:
        with self.in_modifica(SPENDE) as spesa:
            adesso = {nome: getattr(spesa, nome) for nome in DatiSpesa.__dataclass_fields__}
            detti = self.letti(CambiaSpesa, partial=True)
            cambia_spesa(spesa, dati=DatiSpesa(**(adesso | detti)), da=request.user)
        return self.risposta(self.una(pk=spesa.pk))

    def destroy(self, request: Request, pk: str) -> HttpResponse:
        with self.in_modifica(SPENDE) as spesa:
            togli_spesa(spesa, da=request.user)
        return HttpResponse(status=204)

    def blocca(self, riga: Any) -> None:
        """The project first, as the actions do."""
        Progetto.objects.select_for_update().filter(pk=riga.progetto_id).first()
        super().blocca(riga)


class ApportoRisorsa(Risorsa):
    """Il cofinanziamento reso dagli enti, in denaro o in ore di personale."""

    raccolta = "apporti"
    modello = ApportoCofinanziamento
    serializer_class = ApportoForma
    filterset_class = filtro(
        ApportoCofinanziamento, "nota", edizione="progetto__edizione", progetto="progetto",
        rendiconto="rendiconto", forma="forma",
    )  # fmt: skip
    ordini = {"importo": "importo"}
    ordine = ("progetto_id", "pk")


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

    def completa(self, righe: Righe) -> None:
        progetti = Progetto.objects.filter(pk__in=[riga["progetto"] for riga in righe])
        sue = {una.progetto.pk: una for una in situazioni(progetti)}
        for riga in righe:
            una = sue[riga["progetto"]]
            riga |= {nome: getattr(una, nome) for nome in RevocaForma.calcolati}


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
