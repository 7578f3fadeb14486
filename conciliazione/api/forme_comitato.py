# SPDX-License-Identifier: AGPL-3.0-or-later
"""Shapes of the Comitato: what is given and what is sent."""

from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers

from conciliazione.api.base import CHIAVE_MASSIMA
from conciliazione.api.forme_rete import DellAzienda, una_volta
from conciliazione.comitato.decisioni import DA_COLLEGARE
from conciliazione.models import Ente, ManifestazioneInteresse, PuntoOrdine, Seduta, Voto
from piani.api.forme import Corpo, Forma

CHIAVE = {"min_value": 1, "max_value": CHIAVE_MASSIMA}


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


class CambiaSeggio(Corpo):
    tipologia = serializers.CharField(max_length=120, required=False)
    ente = DellAzienda(queryset=Ente.objects.all(), required=False)
    denominazione = serializers.CharField(
        max_length=200, allow_blank=True, required=False, help_text="Se è diversa dal nome."
    )
    capofila = serializers.BooleanField(required=False)
    dal = serializers.DateField(allow_null=True, required=False)
    al = serializers.DateField(
        allow_null=True, required=False, help_text="L'ultimo giorno: poi il seggio non conta più."
    )


class NuovoSeggio(CambiaSeggio):
    edizione = serializers.SlugField(max_length=80)
    tipologia = serializers.CharField(max_length=120)
    ente = DellAzienda(queryset=Ente.objects.all())


class PuntoForma(Forma):
    id = serializers.IntegerField()
    ordine = serializers.IntegerField()
    genere = serializers.CharField()
    titolo = serializers.CharField()
    manifestazione = serializers.IntegerField(
        source="manifestazione_id", allow_null=True, help_text="Di cui si valutano le proposte."
    )
    esito = serializers.CharField()


class PuntoSingolo(PuntoForma):
    seduta = serializers.IntegerField(source="seduta_id")


class NuovoPunto(Corpo):
    titolo = serializers.CharField(max_length=300)
    genere = serializers.ChoiceField(
        choices=PuntoOrdine.Genere.choices, default=PuntoOrdine.Genere.DISCUSSIONE
    )
    manifestazione = DellAzienda(
        queryset=ManifestazioneInteresse.objects.all(), allow_null=True, required=False,
        default=None, help_text="Di cui si valutano le proposte: chi ha proposto non vota.",
    )  # fmt: skip


class EsitoDelPunto(Corpo):
    esito = serializers.CharField(
        max_length=20_000, allow_blank=True, help_text="Che cosa si è detto e deciso."
    )


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


class SeggioPresente(Corpo):
    seggio = serializers.IntegerField(**CHIAVE)
    siede = serializers.ChoiceField(
        choices=["titolare", "supplente", "altri"],
        help_text="altri: chi non ha un accesso, per nome.",
    )
    nome = serializers.CharField(
        max_length=120, allow_blank=True, default="", help_text="Solo con «altri»."
    )

    def validate(self, detta: dict[str, Any]) -> dict[str, Any]:
        if (detta["siede"] == "altri") != bool(detta["nome"]):
            raise serializers.ValidationError(
                {"nome": _("Il nome si scrive con «altri», e solo con «altri».")}
            )
        return detta


class EntePresente(Corpo):
    ente = serializers.IntegerField(**CHIAVE)
    nome = serializers.CharField(
        max_length=120, allow_blank=True, default="", help_text="Chi è venuto."
    )


class PresenzeDellaSeduta(Corpo):
    seggi = SeggioPresente(
        many=True, max_length=500, default=list,
        help_text="Nel Comitato: i seggi presenti; gli altri sono assenti.",
    )  # fmt: skip
    enti = EntePresente(
        many=True, max_length=5000, default=list,
        help_text="Nella Rete, gli enti presenti; nel Comitato, i capofila che si sentono.",
    )  # fmt: skip

    def validate_seggi(self, seggi: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return una_volta(seggi, "seggio")

    def validate_enti(self, enti: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return una_volta(enti, "ente")


class DecisionePresa(Corpo):
    genere = serializers.ChoiceField(choices=list(DA_COLLEGARE))
    chiave = serializers.IntegerField(**CHIAVE)


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


class NuovaVotazione(Corpo):
    quesito = serializers.CharField(max_length=300)


class VotoRaccolto(Corpo):
    seggio = serializers.IntegerField(**CHIAVE)
    valore = serializers.ChoiceField(choices=Voto.Valore.choices)


class VotiRaccolti(Corpo):
    voti = VotoRaccolto(many=True, min_length=1, max_length=500)

    def validate_voti(self, voti: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return una_volta(voti, "seggio")


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
