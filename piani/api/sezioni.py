# SPDX-License-Identifier: AGPL-3.0-or-later
"""The chapters of a plan, and the printed totals that do not square."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request

from piani import azioni
from piani.api.del_piano import IL_PIANO, DelPiano, RigaDellaBozza
from piani.api.elenchi import filtro
from piani.api.forme import Corpo, Forma, Numero
from piani.api.piani import Motivo
from piani.api.risorse import Elenco, Lettura
from piani.models import Piano, Quadratura, Sezione

PERMESSO = "piani.modifica"


class SezioneForma(Forma):
    """A chapter of a plan."""

    id = serializers.IntegerField()
    piano = serializers.CharField(source="piano.slug")
    ordine = serializers.IntegerField()
    tipo = serializers.ChoiceField(choices=Sezione.Tipo.choices)
    titolo = serializers.CharField()
    testo = serializers.CharField(help_text="Markdown.")


class CambiaSezione(Corpo):
    tipo = serializers.ChoiceField(choices=Sezione.Tipo.choices, required=False)
    titolo = serializers.CharField(max_length=200, required=False)
    testo = serializers.CharField(
        max_length=1_000_000, allow_blank=True, required=False, help_text="Markdown."
    )


class NuovaSezione(CambiaSezione):
    tipo = serializers.ChoiceField(choices=Sezione.Tipo.choices)
    titolo = serializers.CharField(max_length=200)
    testo = serializers.CharField(max_length=1_000_000, help_text="Markdown.")


class SezioneRisorsa(RigaDellaBozza, Lettura):
    """Le sezioni dei piani: in bozza si scrivono."""

    ambito = "piani"
    raccolta = "sezioni"
    modello = Sezione
    serializer_class = SezioneForma
    filterset_class = filtro(Sezione, "titolo", piano="piano__slug", tipo="tipo")
    ordini = {"ordine": "ordine", "titolo": "titolo"}
    ordine = ("piano_id", "ordine")
    collegati = ("piano__azienda",)

    def visibili(self) -> QuerySet[Any]:
        return Sezione.objects.filter(piano__in=Piano.objects.visibili_a(self.request.user))

    @extend_schema(request=CambiaSezione, responses=SezioneForma)
    def partial_update(self, request: Request, pk: str) -> HttpResponse:
        return self.cambia(CambiaSezione)

    def destroy(self, request: Request, pk: str) -> HttpResponse:
        return self.togli(azioni.elimina)


@extend_schema(parameters=[IL_PIANO])
class SezioniDelPiano(Elenco, DelPiano):
    """Le sezioni di un piano, in ordine."""

    ambito = "piani"
    raccolta = "sezioni"
    modello = Sezione
    serializer_class = SezioneForma
    filterset_class = None
    ordini = SezioneRisorsa.ordini
    ordine = ("ordine",)

    def visibili(self) -> QuerySet[Any]:
        return Sezione.objects.filter(piano=self.piano())

    @extend_schema(
        summary="Aggiungi una sezione", request=NuovaSezione, responses={201: SezioneForma}
    )
    def create(self, request: Request, piano: str) -> HttpResponse:
        questo = self.piano()
        self.esigi(PERMESSO, questo)
        sezione = Sezione(piano=questo, **self.letti(NuovaSezione))
        azioni.aggiungi(sezione, da=request.user)
        return self.creata(sezione.pk, "sezioni", SezioneRisorsa)


class QuadraturaForma(Forma):
    """A total as printed beside the sum of what it totals."""

    id = serializers.IntegerField()
    piano = serializers.CharField(source="piano.slug")
    dove = serializers.CharField()
    stampato = serializers.CharField()
    calcolato = Numero()
    differenza = Numero()
    presa_atto = serializers.CharField(help_text="Perché la differenza resta.")
    presa_atto_il = serializers.DateTimeField(allow_null=True)


class QuadraturaRisorsa(Lettura):
    """I totali stampati nei piani, accanto a quelli calcolati."""

    ambito = "piani"
    raccolta = "piani"
    modello = Quadratura
    serializer_class = QuadraturaForma
    filterset_class = filtro(Quadratura, "dove", piano="piano__slug")
    ordini = {"dove": "dove"}
    ordine = ("piano_id", "ordine")
    collegati = ("piano__azienda",)

    def visibili(self) -> QuerySet[Any]:
        return Quadratura.objects.filter(piano__in=Piano.objects.visibili_a(self.request.user))

    @extend_schema(
        summary="Prendi atto di una differenza", request=Motivo, responses=QuadraturaForma
    )
    @action(detail=True, methods=["post"], url_path="presa-atto")
    def presa_atto(self, request: Request, pk: str) -> HttpResponse:
        questa = self.oggetto()
        self.esigi(PERMESSO, questa.piano)
        azioni.prendi_atto(questa, **self.letti(Motivo), da=request.user)
        return self.risposta(self.una(pk=questa.pk))
