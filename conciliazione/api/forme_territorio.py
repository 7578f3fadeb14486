# SPDX-License-Identifier: AGPL-3.0-or-later
"""Shapes of the territory: what is given and what is sent."""

from rest_framework import serializers

from conciliazione.api.forme_rete import DellAzienda
from conciliazione.models import Ambito
from piani.api.forme import Corpo, Forma, MiaAzienda

PICCOLO = {"min_value": 0, "max_value": 32_767}


class ComuneForma(Forma):
    id = serializers.IntegerField()
    nome = serializers.CharField()
    codice_istat = serializers.CharField()
    provincia = serializers.CharField()
    abitanti = serializers.IntegerField(allow_null=True)


class AmbitoForma(Forma):
    id = serializers.IntegerField()
    azienda = serializers.CharField(source="azienda.codice")
    codice = serializers.CharField()
    nome = serializers.CharField()
    ordine = serializers.IntegerField()
    comuni_stampati = serializers.IntegerField(
        allow_null=True, help_text="Quanti ne stampa il documento."
    )
    comuni = ComuneForma(many=True)


class CambiaAmbito(Corpo):
    codice = serializers.SlugField(max_length=60, required=False)
    nome = serializers.CharField(max_length=120, required=False)
    ordine = serializers.IntegerField(required=False, **PICCOLO)
    comuni_stampati = serializers.IntegerField(allow_null=True, required=False, **PICCOLO)


class NuovoAmbito(CambiaAmbito):
    azienda = MiaAzienda()
    codice = serializers.SlugField(max_length=60)
    nome = serializers.CharField(max_length=120)


class ComuneDelTerritorio(ComuneForma):
    azienda = serializers.CharField(source="azienda.codice")
    ambito = serializers.IntegerField(source="ambito_id", allow_null=True)


class CambiaComune(Corpo):
    ambito = DellAzienda(queryset=Ambito.objects.all(), allow_null=True, required=False)
    nome = serializers.CharField(max_length=120, required=False)
    codice_istat = serializers.CharField(max_length=6, allow_blank=True, required=False)
    provincia = serializers.CharField(max_length=2, allow_blank=True, required=False)
    abitanti = serializers.IntegerField(
        min_value=0, max_value=100_000_000, allow_null=True, required=False
    )


class NuovoComune(CambiaComune):
    ambito = DellAzienda(queryset=Ambito.objects.all())
    nome = serializers.CharField(max_length=120)
