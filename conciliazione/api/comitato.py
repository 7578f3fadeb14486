# SPDX-License-Identifier: AGPL-3.0-or-later
"""Seats, meetings, votes, minutes. No name of a person: who sits is in api/persone.py."""

from rest_framework import serializers

from conciliazione.api.base import Righe, Risorsa, annida, filtro
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
from piani.api.forme import Forma


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


class SedutaRisorsa(Risorsa):
    """Le sedute del Comitato e le riunioni della Rete, con l'ordine del giorno e le presenze."""

    raccolta = "sedute"
    modello = Seduta
    serializer_class = SedutaForma
    filterset_class = filtro(Seduta, "oggetto", edizione="edizione", organo="organo", stato="stato")
    ordini = {"quando": "quando"}
    ordine = ("-quando",)

    def completa(self, righe: Righe) -> None:
        annida(righe, "punti", PuntoOrdine.objects.order_by("ordine"), "seduta", PuntoForma)
        presenze = Presenza.objects.order_by("consultiva", "seggio__ordine", "pk")
        annida(righe, "presenze", presenze, "seduta", PresenzaForma)


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

    def completa(self, righe: Righe) -> None:
        dette = ValidazioneVerbale.objects.order_by("seggio__ordine", "pk")
        annida(righe, "validazioni", dette, "verbale", ValidazioneForma)
