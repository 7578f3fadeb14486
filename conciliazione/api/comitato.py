# SPDX-License-Identifier: AGPL-3.0-or-later
"""Seats, meetings, votes, minutes. No name of a person: who sits is in api/persone.py."""

from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request

from conciliazione.api.base import Righe, Risorsa, annida, edizione_di, filtro
from conciliazione.azioni.adunanza import apri_seduta, chiudi_seduta, dichiara_deserta
from conciliazione.azioni.seduta import (
    CONVOCA,
    VERBALIZZA,
    annulla_seduta,
    convoca,
    modifica_seduta,
    prepara_seduta,
)
from conciliazione.azioni.verbale import (
    concludi_validazione,
    invia_verbale,
    proponi_verbale,
    riprendi_verbale,
    scrivi_verbale,
)
from conciliazione.azioni.votazione import annulla_votazione, chiudi_votazione
from conciliazione.models import (
    Presenza,
    PuntoOrdine,
    Seduta,
    Seggio,
    ValidazioneVerbale,
    Verbale,
    Votazione,
    Voto,
)
from piani.api.forme import Corpo, Forma
from piani.api.passi import un_passo
from piani.api.piani import Motivo


class SeggioForma(Forma):
    id = serializers.IntegerField()
    edizione = serializers.CharField(source="edizione.slug")
    ordine = serializers.IntegerField()
    tipologia = serializers.CharField(help_text="Come è stampata.")
    ente = serializers.IntegerField(source="ente_id")
    ente_nome = serializers.CharField(source="ente.nome")
    denominazione = serializers.CharField(help_text="Come è stampata, se è diversa.")
    capofila = serializers.BooleanField(help_text="Il suo voto decide in parità.")
    dal = serializers.DateField(allow_null=True)
    al = serializers.DateField(allow_null=True)


class SeggioRisorsa(Risorsa):
    """I seggi del Comitato."""

    raccolta = "seggi"
    modello = Seggio
    serializer_class = SeggioForma
    filterset_class = filtro(Seggio, "ente__nome", edizione="edizione", ente="ente")
    ordini = {"ordine": "ordine"}
    ordine = ("edizione_id", "ordine")


class PuntoForma(Forma):
    id = serializers.IntegerField()
    ordine = serializers.IntegerField()
    genere = serializers.CharField()
    titolo = serializers.CharField()
    manifestazione = serializers.IntegerField(
        source="manifestazione_id", allow_null=True, help_text="Di cui si valutano le proposte."
    )
    esito = serializers.CharField()


class PresenzaForma(Forma):
    seggio = serializers.IntegerField(source="seggio_id", allow_null=True)
    ente = serializers.IntegerField(source="ente_id", allow_null=True)
    presente = serializers.BooleanField()
    supplente = serializers.BooleanField()
    consultiva = serializers.BooleanField(help_text="Sentito, senza voto.")


class SedutaForma(Forma):
    id = serializers.IntegerField()
    edizione = serializers.CharField(source="edizione.slug")
    organo = serializers.CharField(help_text="comitato o rete.")
    stato = serializers.CharField()
    oggetto = serializers.CharField()
    quando = serializers.DateTimeField()
    sede = serializers.CharField()
    convocata_il = serializers.DateTimeField(allow_null=True)
    motivo_urgenza = serializers.CharField()
    componenti = serializers.IntegerField(allow_null=True)
    numero_legale = serializers.IntegerField(allow_null=True)
    aperta_il = serializers.DateTimeField(allow_null=True)
    chiusa_il = serializers.DateTimeField(allow_null=True)
    motivo_annullamento = serializers.CharField()
    punti = PuntoForma(many=True)
    presenze = PresenzaForma(many=True)


class ConvocazioneDellaSeduta(Corpo):
    motivo_urgenza = serializers.CharField(
        max_length=2000, allow_blank=True, default="",
        help_text="Se il preavviso è più breve del dovuto.",
    )  # fmt: skip


class NuovaSeduta(Corpo):
    edizione = serializers.SlugField(max_length=80)
    organo = serializers.ChoiceField(choices=Seduta.Organo.choices)
    oggetto = serializers.CharField(max_length=200)
    quando = serializers.DateTimeField()
    sede = serializers.CharField(max_length=200, allow_blank=True, default="")


class CambiaSeduta(Corpo):
    oggetto = serializers.CharField(max_length=200, required=False)
    quando = serializers.DateTimeField(required=False)
    sede = serializers.CharField(max_length=200, allow_blank=True, required=False)


class SedutaRisorsa(Risorsa):
    """Le sedute del Comitato e le riunioni della Rete, con l'ordine del giorno e le presenze."""

    raccolta = "sedute"
    modello = Seduta
    serializer_class = SedutaForma
    filterset_class = filtro(Seduta, "oggetto", edizione="edizione", organo="organo", stato="stato")
    ordini = {"quando": "quando"}
    ordine = ("-quando",)
    collegati = ("edizione__azienda",)
    condizionati = ("partial_update",)
    convocazione = un_passo("convocazione", "Convoca", CONVOCA, convoca, ConvocazioneDellaSeduta)
    annullamento = un_passo("annullamento", "Annulla", CONVOCA, annulla_seduta, Motivo)
    apertura = un_passo("apertura", "Apri", VERBALIZZA, apri_seduta)
    diserzione = un_passo("diserzione", "Dichiara deserta", VERBALIZZA, dichiara_deserta)
    chiusura = un_passo("chiusura", "Chiudi", VERBALIZZA, chiudi_seduta)
    verbale = un_passo(
        "verbale", "Proponi il verbale", VERBALIZZA, proponi_verbale,
        descrizione="Nasce in bozza, fra i verbali, da ciò che la seduta ha fatto.",
    )  # fmt: skip

    def completa(self, righe: Righe) -> None:
        annida(righe, "punti", PuntoOrdine.objects.order_by("ordine"), "seduta", PuntoForma)
        presenze = Presenza.objects.order_by("consultiva", "seggio__ordine", "pk")
        annida(righe, "presenze", presenze, "seduta", PresenzaForma)

    @extend_schema(summary="Prepara una seduta", request=NuovaSeduta, responses={201: SedutaForma})
    def create(self, request: Request) -> HttpResponse:
        dati = self.letti(NuovaSeduta)
        edizione = edizione_di(request, dati.pop("edizione"))
        self.esigi(CONVOCA, edizione)
        nuova = prepara_seduta(edizione, **dati, da=request.user)
        return self.creata(nuova.pk, "conciliazione/sedute")

    @extend_schema(request=CambiaSeduta, responses=SedutaForma)
    def partial_update(self, request: Request, pk: str) -> HttpResponse:
        with self.in_modifica(CONVOCA) as questa:
            adesso = {nome: getattr(questa, nome) for nome in CambiaSeduta().fields}
            modifica_seduta(questa, **adesso | self.letti(CambiaSeduta), da=request.user)
        return self.risposta(self.una(pk=questa.pk))


class VotoForma(Forma):
    seggio = serializers.IntegerField(source="seggio_id")
    valore = serializers.CharField(help_text="favorevole, contrario o astenuto.")


class VotazioneForma(Forma):
    id = serializers.IntegerField()
    seduta = serializers.IntegerField(source="punto.seduta_id")
    punto = serializers.IntegerField(source="punto_id")
    quesito = serializers.CharField()
    stato = serializers.CharField(help_text="aperta o chiusa.")
    esito = serializers.CharField()
    conteggio = serializers.DictField(allow_null=True)
    aperta_il = serializers.DateTimeField()
    chiusa_il = serializers.DateTimeField(allow_null=True)
    voti = VotoForma(many=True, help_text="Finché è aperta, solo i propri.")


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

    def completa(self, righe: Righe) -> None:
        voti = Voto.objects.visibili_a(self.request.user).order_by("seggio__ordine", "pk")
        annida(righe, "voti", voti, "votazione", VotoForma)


class ValidazioneForma(Forma):
    seggio = serializers.IntegerField(source="seggio_id")
    conforme = serializers.BooleanField()
    osservazione = serializers.CharField()
    data_il = serializers.DateTimeField()


class VerbaleForma(Forma):
    id = serializers.IntegerField()
    seduta = serializers.IntegerField(source="seduta_id")
    stato = serializers.CharField(help_text="bozza, inviato o validato.")
    testo = serializers.CharField(help_text="In Markdown.")
    sha256 = serializers.CharField()
    inviato_il = serializers.DateTimeField(allow_null=True)
    validato_il = serializers.DateTimeField(allow_null=True)
    validazioni = ValidazioneForma(many=True)


class CambiaVerbale(Corpo):
    testo = serializers.CharField(max_length=200_000, help_text="In Markdown.")


class VerbaleRisorsa(Risorsa):
    """I verbali e che cosa ne hanno detto i componenti."""

    raccolta = "verbali"
    modello = Verbale
    serializer_class = VerbaleForma
    filterset_class = filtro(
        Verbale, "seduta__oggetto", edizione="seduta__edizione", seduta="seduta", stato="stato"
    )
    ordini = {"inviato_il": "inviato_il"}
    ordine = ("-seduta__quando",)
    collegati = ("seduta__edizione__azienda",)
    condizionati = ("partial_update",)
    invio = un_passo("invio", "Manda ai componenti", VERBALIZZA, invia_verbale)
    ripresa = un_passo("ripresa", "Riporta in bozza", VERBALIZZA, riprendi_verbale, Motivo)
    conclusione = un_passo(
        "conclusione", "Concludi la validazione", VERBALIZZA, concludi_validazione
    )

    def completa(self, righe: Righe) -> None:
        dette = ValidazioneVerbale.objects.order_by("seggio__ordine", "pk")
        annida(righe, "validazioni", dette, "verbale", ValidazioneForma)

    @extend_schema(request=CambiaVerbale, responses=VerbaleForma)
    def partial_update(self, request: Request, pk: str) -> HttpResponse:
        with self.in_modifica(VERBALIZZA) as questo:
            scrivi_verbale(questo, **self.letti(CambiaVerbale), da=request.user)
        return self.risposta(self.una(pk=questo.pk))
