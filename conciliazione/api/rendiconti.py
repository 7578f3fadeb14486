# SPDX-License-Identifier: AGPL-3.0-or-later
"""Requests of instalments: opened and written by the capofila, examined and decided by the ATS."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request

from conciliazione.api.base import Righe, Risorsa, annida, filtro, per_chiave, progetto_di
from conciliazione.api.denaro import PagamentoRisorsa
from conciliazione.api.forme_denaro import NuovoPagamento, PagamentoForma
from conciliazione.api.forme_spese import (
    ApprovazioneDelRendiconto,
    CambiaRendiconto,
    EsameDelRendiconto,
    NotaDiVerifica,
    NuovoRendiconto,
    RendicontoForma,
)
from conciliazione.azioni.pagamento import PAGA, disponi_rata
from conciliazione.azioni.passi import bloccata
from conciliazione.azioni.rendiconto import (
    RENDICONTA,
    DatiRendiconto,
    apri_rendiconto,
    scrivi_rendiconto,
    togli_rendiconto,
    trasmetti_rendiconto,
)
from conciliazione.azioni.verifica_rendiconto import (
    VERIFICA,
    Ammesso,
    ammetti,
    approva_rendiconto,
    chiedi_integrazione,
    col_resto,
    respingi_rendiconto,
)
from conciliazione.models import ApportoCofinanziamento, Rendiconto, Spesa
from piani.api.forme import Forma
from piani.api.passi import SiToglie, un_passo

PORTATE = {"spese": Spesa, "apporti": ApportoCofinanziamento}


class SolaChiave(Forma):
    id = serializers.IntegerField()


class RendicontoRisorsa(SiToglie, Risorsa):
    """Le richieste delle rate e che cosa se ne è riconosciuto. Le scrive e le trasmette chi
    rappresenta il capofila, con la sua sessione; le esamina e le decide l'ATS."""

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
    condizionati = ("partial_update", "destroy")
    toglie = (RENDICONTA, togli_rendiconto)
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

    def completa(self, righe: Righe) -> None:
        for nome, modello in PORTATE.items():
            annida(righe, nome, modello.objects.order_by("pk"), "rendiconto", SolaChiave)
            for riga in righe:
                riga[nome] = [una["id"] for una in riga[nome]]

    @extend_schema(
        summary="Comincia la richiesta di una rata",
        description="In bozza. Dalla seconda rata in poi porta già le spese e il cofinanziamento "
        "che nessun'altra richiesta ha.",
        request=NuovoRendiconto,
        responses={201: RendicontoForma},
    )
    def create(self, request: Request) -> HttpResponse:
        dati = self.letti(NuovoRendiconto)
        progetto = progetto_di(request, dati.pop("progetto"))
        self.esigi(RENDICONTA, progetto)
        nuovo = apri_rendiconto(progetto, **dati, da=request.user)
        return self.creata(nuovo.pk, "conciliazione/rendiconti")

    @extend_schema(request=CambiaRendiconto, responses=RendicontoForma)
    def partial_update(self, request: Request, pk: str) -> HttpResponse:
        with self.in_modifica(RENDICONTA) as questo:
            adesso = {
                nome: getattr(questo, nome) for nome in ("dal", "al", "relazione", "richiesto")
            }
            detti = adesso | _portate(questo) | self.letti(CambiaRendiconto)
            for nome in PORTATE:
                detti[nome] = frozenset(detti[nome])
            scrivi_rendiconto(questo, dati=DatiRendiconto(**detti), da=request.user)
        return self.risposta(self.una(pk=questo.pk))

    @extend_schema(
        summary="Esamina le spese e il cofinanziamento",
        description="Quanto si ammette di ciascuna riga, tutte o nessuna: le altre restano come "
        "sono. Ciò che non va è detto riga per riga: «spesa-7», «apporto-3».",
        request=EsameDelRendiconto,
    )
    @action(detail=True, methods=["post"])
    def esame(self, request: Request, pk: str) -> HttpResponse:
        questo: Rendiconto = self.oggetto()
        self.esigi(VERIFICA, questo)
        detti = self.letti(EsameDelRendiconto)
        ammessi = {
            nome: _ammessi(detti.get(nome, ()), chiave, nome)
            for nome, chiave in (("spese", "spesa"), ("apporti", "apporto"))
        }
        if detti["resto"]:
            for nome in PORTATE:
                altre = getattr(questo, nome).filter(ammesso__isnull=True)
                ammessi[nome] = col_resto(altre, ammessi[nome])
        ammetti(questo, **ammessi, da=request.user)
        return self.risposta(self.una(pk=questo.pk))

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
        return self.creata(nuovo.pk, "conciliazione/pagamenti", PagamentoRisorsa)

    def blocca(self, riga: Any) -> None:
        """The project first, as the actions do."""
        bloccata(riga.progetto)
        super().blocca(riga)


def _portate(rendiconto: Rendiconto) -> dict[str, Any]:
    """The keys of the rows that a request brings now."""
    return {nome: getattr(rendiconto, nome).values_list("pk", flat=True) for nome in PORTATE}


def _ammessi(righe: Iterable[dict[str, Any]], chiave: str, campo: str) -> dict[int, Ammesso]:
    dette = per_chiave(righe, chiave, campo=campo)
    return {una: Ammesso(detta["ammesso"], detta["motivo"]) for una, detta in dette.items()}
