# SPDX-License-Identifier: AGPL-3.0-or-later
"""Shapes of the network: what is given and what is sent."""

from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers

from conciliazione.models import Ambito, Comune, Dimensione, Ente, TipoEnte
from piani.api.forme import Corpo, Forma, MiaAzienda

STAMPATO = {"min_value": 0, "max_value": 99_999}


class EnteForma(Forma):
    id = serializers.IntegerField()
    azienda = serializers.CharField(source="azienda.codice", help_text="L'ATS che lo conosce.")
    nome = serializers.CharField()
    tipo = serializers.CharField()
    natura = serializers.CharField()
    ente_locale = serializers.BooleanField()
    dimensione = serializers.CharField()
    addetti = serializers.IntegerField(allow_null=True)
    comune = serializers.CharField(source="comune.nome", allow_null=True)
    ambito = serializers.CharField(source="ambito.nome", allow_null=True)
    nella_rete = serializers.BooleanField(help_text="Ha oggi un'adesione in vigore.")
    sito = serializers.CharField()
    codice_fiscale = serializers.CharField(allow_null=True)
    partita_iva = serializers.CharField(allow_null=True)
    sede = serializers.CharField(allow_null=True)
    email = serializers.CharField(allow_null=True)
    pec = serializers.CharField(allow_null=True)
    telefono = serializers.CharField(allow_null=True)


class DellAzienda(serializers.PrimaryKeyRelatedField):
    """A row that who asks may read."""

    def get_queryset(self) -> Any:
        return super().get_queryset().model.objects.visibili_a(self.context["request"].user)


def una_volta(righe: list[dict[str, Any]], campo: str) -> list[dict[str, Any]]:
    """The rows that were sent, none of which says again what another says.

    :raises ValidationError: two are of the same thing.
    """
    detti = [riga[campo] for riga in righe]
    if len(set(detti)) < len(detti):
        raise serializers.ValidationError(_("Ciascuno si nomina una volta sola."))
    return righe


class CambiaEnte(Corpo):
    nome = serializers.CharField(max_length=200, required=False)
    tipo = serializers.ChoiceField(choices=TipoEnte.values, required=False)
    ente_locale = serializers.BooleanField(required=False)
    dimensione = serializers.ChoiceField(
        choices=Dimensione.values, allow_blank=True, required=False
    )
    addetti = serializers.IntegerField(min_value=0, max_value=1000000, allow_null=True,
                                       required=False)  # fmt: skip
    codice_fiscale = serializers.CharField(max_length=20, allow_blank=True, required=False)
    partita_iva = serializers.CharField(max_length=20, allow_blank=True, required=False)
    comune = DellAzienda(queryset=Comune.objects.all(), allow_null=True, required=False)
    ambito = DellAzienda(queryset=Ambito.objects.all(), allow_null=True, required=False)
    sede = serializers.CharField(max_length=200, allow_blank=True, required=False)
    email = serializers.EmailField(allow_blank=True, required=False)
    pec = serializers.EmailField(allow_blank=True, required=False)
    telefono = serializers.CharField(max_length=30, allow_blank=True, required=False)
    sito = serializers.URLField(allow_blank=True, required=False)


class NuovoEnte(CambiaEnte):
    azienda = MiaAzienda()
    nome = serializers.CharField(max_length=200)
    tipo = serializers.ChoiceField(choices=TipoEnte.values)


class UnisciEnte(Corpo):
    doppione = DellAzienda(
        queryset=Ente.objects.all(),
        help_text="La riga che sparisce: tutto ciò che è suo passa all'altra.",
    )


class RigaComposizioneForma(Forma):
    tipo = serializers.CharField()
    stampato = serializers.IntegerField(allow_null=True)
    calcolato = serializers.IntegerField(allow_null=True)


class ComposizioneForma(Forma):
    id = serializers.IntegerField()
    edizione = serializers.CharField(source="edizione.slug")
    anno = serializers.IntegerField()
    semestre = serializers.IntegerField()
    al = serializers.DateField()
    stato = serializers.CharField(help_text="bozza o approvata.")
    totale_stampato = serializers.IntegerField(allow_null=True)
    atto = serializers.CharField()
    approvata_il = serializers.DateTimeField(allow_null=True)
    righe = RigaComposizioneForma(many=True)


class StampatoDelTipo(Corpo):
    tipo = serializers.ChoiceField(choices=TipoEnte.values)
    stampato = serializers.IntegerField(allow_null=True, **STAMPATO)


class CambiaComposizione(Corpo):
    anno = serializers.IntegerField(min_value=2000, max_value=2105, required=False)
    semestre = serializers.IntegerField(min_value=1, max_value=2, required=False)
    al = serializers.DateField(required=False)
    atto = serializers.CharField(max_length=200, allow_blank=True, required=False)
    totale_stampato = serializers.IntegerField(allow_null=True, required=False, **STAMPATO)
    righe = StampatoDelTipo(
        many=True, required=False, max_length=len(TipoEnte),
        help_text="Che cosa stampa il documento, per le tipologie di cui lo si scrive.",
    )  # fmt: skip

    def validate_righe(self, righe: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return una_volta(righe, "tipo")


class NuovaComposizione(CambiaComposizione):
    edizione = serializers.SlugField(max_length=80)
    anno = serializers.IntegerField(min_value=2000, max_value=2105)
    semestre = serializers.IntegerField(min_value=1, max_value=2)
    al = serializers.DateField()
