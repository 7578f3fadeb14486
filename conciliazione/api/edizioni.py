# SPDX-License-Identifier: AGPL-3.0-or-later
"""Editions, printed figures beside ours."""

from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request

from conciliazione.api.base import Risorsa, edizione_di, filtro
from conciliazione.api.documenti_edizione import ConDocumenti
from conciliazione.api.forme_edizioni import CambiaEdizione, EdizioneForma, NuovaEdizione
from conciliazione.azioni.edizione import PERMESSO as MODIFICA
from conciliazione.azioni.edizione import (
    chiudi_edizione,
    crea_edizione,
    metti_in_vigore,
    modifica_dati,
    riapri_edizione,
    scrivi_regole,
)
from conciliazione.azioni.finanziario import PERMESSO as FINANZIA
from conciliazione.azioni.riscontro import prendi_atto
from conciliazione.models import EdizioneConciliazione, Riscontro
from conciliazione.predefinite import dati_predefiniti
from piani.api.forme import Forma, Numero
from piani.api.passi import un_passo
from piani.api.piani import Motivo


class EdizioneRisorsa(ConDocumenti, Risorsa):
    """Le edizioni dei piani territoriali di conciliazione, con le loro regole."""

    raccolta = "edizioni"
    modello = EdizioneConciliazione
    serializer_class = EdizioneForma
    filterset_class = filtro(
        EdizioneConciliazione, "nome", azienda="azienda__codice", stato="stato"
    )
    ordini = {"nome": "nome", "anno": "anno_inizio"}
    ordine = ("-anno_inizio",)
    lookup_field = "slug"
    lookup_value_regex = r"[-a-zA-Z0-9_]{1,80}"
    collegati = ("azienda",)
    condizionati = ("partial_update",)
    in_vigore = un_passo("in-vigore", "Metti in vigore", MODIFICA, metti_in_vigore)
    chiusura = un_passo("chiusura", "Chiudi", MODIFICA, chiudi_edizione)
    riapertura = un_passo("riapertura", "Riapri", MODIFICA, riapri_edizione)

    @extend_schema(
        summary="Comincia un'edizione",
        description="È una bozza, con le regole copiate da un'altra o già pronte.",
        request=NuovaEdizione,
        responses={201: EdizioneForma},
    )
    def create(self, request: Request) -> HttpResponse:
        dati = self.letti(NuovaEdizione)
        azienda = dati.pop("azienda")
        self.esigi(MODIFICA, azienda)
        if pronte := dati.pop("pronte", ""):
            regole = dati_predefiniti(pronte)
        else:
            regole = edizione_di(request, dati.pop("copia_da")).parametri
        nuova = crea_edizione(azienda, parametri=regole, **dati, da=request.user)
        dove = f"/api/v1/conciliazione/edizioni/{nuova.slug}"
        return self.risposta(self.una(pk=nuova.pk), 201, Location=dove)

    @extend_schema(
        summary="Cambia i dati e le regole di una bozza",
        description="Tutto o niente. In vigore, un'edizione non cambia più.",
        request=CambiaEdizione,
        responses=EdizioneForma,
    )
    def partial_update(self, request: Request, slug: str) -> HttpResponse:
        with self.in_modifica(MODIFICA) as questa:
            dati = self.letti(CambiaEdizione)
            regole = dati.pop("parametri", None)
            if dati:
                modifica_dati(questa, **dati, da=request.user)
            if regole:
                scrivi_regole(questa, regole, viste=None, da=request.user)
        return self.risposta(self.una(pk=questa.pk))


class RiscontroForma(Forma):
    id = serializers.IntegerField()
    edizione = serializers.CharField(source="edizione.slug")
    chiave = serializers.CharField()
    dove = serializers.CharField(help_text="In che punto del documento.")
    stampato = serializers.CharField(help_text="Come è stampato.")
    valore_stampato = Numero(20, 6, allow_null=True)
    calcolato = Numero(20, 6, allow_null=True)
    unita = serializers.CharField()
    nota = serializers.CharField()
    riga_fonte = serializers.CharField()
    presa_atto = serializers.CharField()


class RiscontroRisorsa(Risorsa):
    """Ogni cifra stampata dei documenti accanto a quella calcolata."""

    raccolta = "riscontri"
    modello = Riscontro
    serializer_class = RiscontroForma
    filterset_class = filtro(Riscontro, "dove", edizione="edizione", chiave="chiave")
    ordini = {"ordine": "ordine", "chiave": "chiave"}
    ordine = ("edizione_id", "ordine")
    collegati = ("edizione__azienda",)
    presa_atto = un_passo(
        "presa-atto", "Di' perché resta la differenza", FINANZIA, prendi_atto, Motivo
    )
