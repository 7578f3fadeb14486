# SPDX-License-Identifier: AGPL-3.0-or-later
"""Editions, printed figures beside ours."""

from rest_framework import serializers

from conciliazione.api.base import Euro, Risorsa, filtro
from conciliazione.api.documenti_edizione import ConDocumenti
from conciliazione.azioni.edizione import PERMESSO as MODIFICA
from conciliazione.azioni.edizione import chiudi_edizione, metti_in_vigore, riapri_edizione
from conciliazione.azioni.finanziario import PERMESSO as FINANZIA
from conciliazione.azioni.riscontro import prendi_atto
from conciliazione.models import EdizioneConciliazione, Riscontro
from piani.api.forme import Forma, Numero
from piani.api.passi import un_passo
from piani.api.piani import Motivo


class EdizioneForma(Forma):
    id = serializers.IntegerField()
    slug = serializers.CharField()
    azienda = serializers.CharField(source="azienda.codice")
    nome = serializers.CharField()
    anno_inizio = serializers.IntegerField()
    anno_fine = serializers.IntegerField()
    atto = serializers.CharField()
    atto_data = serializers.DateField(allow_null=True)
    dotazione = Euro(allow_null=True)
    stato = serializers.CharField(help_text="bozza, in_vigore o chiusa.")
    dimostrativa = serializers.BooleanField(help_text="Inventata per prova.")
    piano = serializers.CharField(
        source="piano.slug", allow_null=True, help_text="Il Piano territoriale fra i piani."
    )
    indirizzo = serializers.CharField(
        source="indirizzo.slug", allow_null=True, help_text="Il Documento di indirizzo."
    )
    parametri = serializers.DictField(help_text="Le regole, ciascuna con il suo articolo.")


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
    in_vigore = un_passo("in-vigore", "Metti in vigore", MODIFICA, metti_in_vigore)
    chiusura = un_passo("chiusura", "Chiudi", MODIFICA, chiudi_edizione)
    riapertura = un_passo("riapertura", "Riapri", MODIFICA, riapri_edizione)


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
