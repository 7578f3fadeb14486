# SPDX-License-Identifier: AGPL-3.0-or-later
"""Shapes of the quarterly reports."""

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from obiettivi.models import Frazione, Rendicontazione, Rilevazione
from piani.api.forme import Corpo, Forma, InBase64, Numero

TESTO = {"max_length": 10_000, "allow_blank": True}


class ProvaForma(Forma):
    id = serializers.IntegerField()
    nome = serializers.CharField()
    tipo = serializers.CharField()
    dimensione = serializers.IntegerField(help_text="In byte.")
    sha256 = serializers.CharField()
    caricata_il = serializers.DateTimeField()


class ProvaInteraForma(ProvaForma):
    """With the file itself."""

    calcolati = ("contenuto",)

    rendicontazione = serializers.IntegerField(source="rendicontazione_id")
    contenuto = serializers.CharField(help_text="Il documento, in base64.")


class NuovaProva(Corpo):
    nome = serializers.CharField(max_length=200, help_text="Con la sua estensione.")
    contenuto = InBase64(help_text="Il documento, in base64.")


CIFRE_IN_BOZZA = {
    "type": "object",
    "additionalProperties": {"type": "string"},
}


@extend_schema_field(CIFRE_IN_BOZZA)
class CifreInBozza(serializers.JSONField):
    """The figures of a draft, as they were written: exact texts, by name."""


class RendicontazioneForma(Forma):
    """A row of a scheda in a quarter."""

    id = serializers.IntegerField()
    azienda = serializers.CharField(source="riga.area.scheda.azienda.codice")
    scheda = serializers.IntegerField(source="riga.area.scheda_id")
    unita = serializers.IntegerField(source="riga.area.scheda.unita_id")
    anno = serializers.IntegerField(source="riga.area.scheda.anno")
    frazione = serializers.ChoiceField(choices=Frazione.choices)
    riga = serializers.IntegerField(source="riga_id")
    obiettivo = serializers.CharField(source="riga.obiettivo")
    indicatore = serializers.CharField(source="riga.indicatore.codice")
    stato = serializers.ChoiceField(choices=Rendicontazione.Stato.choices)
    rilevazione = serializers.IntegerField(
        source="rilevazione_id", allow_null=True, help_text="Il risultato scritto trasmettendo."
    )
    cifre = CifreInBozza(help_text="Come scritte nella bozza: testi esatti, per nome.")
    azioni = serializers.CharField()
    provvedimenti = serializers.CharField()
    criticita = serializers.CharField()
    raggiungibile = serializers.BooleanField(allow_null=True)
    motivo = serializers.CharField()
    dichiarato = Numero(5, 2, allow_null=True)
    validato = Numero(5, 2, allow_null=True)
    nota_nucleo = serializers.CharField()
    validato_il = serializers.DateTimeField(allow_null=True)
    trasmessa_il = serializers.DateTimeField(allow_null=True)
    modificata_il = serializers.DateTimeField()
    prove = ProvaForma(many=True)


class CifreCorpo(Corpo):
    """The figures that the kind of indicator takes; all together."""

    stato = serializers.ChoiceField(choices=Rilevazione.Stato.choices, required=False)
    valore = Numero(required=False, allow_null=True)
    numeratore = Numero(required=False, allow_null=True)
    denominatore = Numero(required=False, allow_null=True)
    avanzamento = Numero(7, 4, required=False, allow_null=True)
    data = serializers.DateField(
        required=False, allow_null=True, help_text="Quando si è raggiunto, di un indicatore a data."
    )
    testo = serializers.CharField(max_length=2000, allow_blank=True, required=False)


class CambiaRendicontazione(Corpo):
    cifre = CifreCorpo(required=False)
    azioni = serializers.CharField(required=False, **TESTO)
    provvedimenti = serializers.CharField(required=False, **TESTO)
    criticita = serializers.CharField(required=False, **TESTO)
    raggiungibile = serializers.BooleanField(required=False, allow_null=True)
    motivo = serializers.CharField(required=False, **TESTO)
    dichiarato = Numero(5, 2, required=False, allow_null=True, min_value=0, max_value=100)


class NuovaRendicontazione(CambiaRendicontazione):
    riga = serializers.IntegerField(
        min_value=0, max_value=10**18, help_text="Chiave della riga della scheda."
    )
    frazione = serializers.ChoiceField(
        choices=[una for una in Frazione.choices if una[0].startswith("T")]
    )


class ValidaRendicontazione(Corpo):
    validato = Numero(5, 2, min_value=0, max_value=100)
    nota = serializers.CharField(default="", **TESTO)
