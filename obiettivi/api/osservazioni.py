# SPDX-License-Identifier: AGPL-3.0-or-later
"""The remarks of the Nucleo on the plans, and their answers."""

from typing import Any

from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request

from obiettivi import azioni
from obiettivi.models import AreaStrategica, Indicatore, Obiettivo, Osservazione
from piani.api.del_piano import IL_PIANO, DelPiano
from piani.api.elenchi import filtro
from piani.api.forme import Corpo, Forma
from piani.api.risorse import Elenco, Lettura

SU = {
    "area": AreaStrategica.objects.all(),
    "obiettivo": Obiettivo.objects.all(),
    "indicatore": Indicatore.objects.all(),
}


class OsservazioneForma(Forma):
    """A remark, on a plan or on something of it."""

    id = serializers.IntegerField()
    piano = serializers.CharField(source="piano.slug")
    area = serializers.IntegerField(source="area_id", allow_null=True)
    obiettivo = serializers.IntegerField(source="obiettivo_id", allow_null=True)
    indicatore = serializers.IntegerField(source="indicatore_id", allow_null=True)
    stato = serializers.ChoiceField(choices=Osservazione.Stato.choices)
    testo = serializers.CharField()
    scritta_il = serializers.DateTimeField()
    risposta = serializers.CharField()
    risposta_il = serializers.DateTimeField(allow_null=True)
    chiusa_il = serializers.DateTimeField(allow_null=True)


class Testo(Corpo):
    testo = serializers.CharField(max_length=10_000)


class NuovaOsservazione(Testo):
    """``su``, ``chiave``: what it is about, if not the whole plan."""

    su = serializers.ChoiceField(choices=sorted(SU), required=False)
    chiave = serializers.IntegerField(min_value=0, max_value=10**18, required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """The thing itself in place of its name and key; the action says whether it is of the
        plan.
        """
        genere, chiave = attrs.pop("su", None), attrs.pop("chiave", None)
        if (genere is None) != (chiave is None):
            raise serializers.ValidationError({"chiave": "«su» e «chiave» si scrivono insieme."})
        if genere is not None:
            campo = serializers.PrimaryKeyRelatedField(queryset=SU[genere])
            try:
                attrs["su"] = campo.to_internal_value(chiave)
            except serializers.ValidationError as errore:
                raise serializers.ValidationError({"chiave": errore.detail}) from errore
        return attrs


class OsservazioneRisorsa(Lettura):
    """Le osservazioni del Nucleo sui piani."""

    ambito = "obiettivi"
    raccolta = "osservazioni"
    modello = Osservazione
    serializer_class = OsservazioneForma
    filterset_class = filtro(Osservazione, "testo", piano="piano__slug", stato="stato")
    ordini = {"scritta_il": "scritta_il", "stato": "stato"}
    ordine = ("-scritta_il",)
    collegati = ("piano__azienda",)

    @extend_schema(summary="Rispondi", request=Testo, responses=OsservazioneForma)
    @action(detail=True, methods=["post"], url_path="risposta")
    def rispondi(self, request: Request, pk: str) -> HttpResponse:
        return self.passo("obiettivi.rispondi", azioni.rispondi, Testo)

    @extend_schema(
        summary="Chiudi",
        description="Lo fa il Nucleo: la risposta basta, o l'osservazione è ritirata.",
        request=None,
        responses=OsservazioneForma,
    )
    @action(detail=True, methods=["post"])
    def chiusura(self, request: Request, pk: str) -> HttpResponse:
        return self.passo("obiettivi.osserva", azioni.chiudi_osservazione)


@extend_schema(parameters=[IL_PIANO])
class OsservazioniDelPiano(Elenco, DelPiano):
    """Le osservazioni su un piano."""

    ambito = "obiettivi"
    raccolta = "osservazioni"
    modello = Osservazione
    serializer_class = OsservazioneForma
    filterset_class = None
    ordini = OsservazioneRisorsa.ordini
    ordine = OsservazioneRisorsa.ordine

    def visibili(self) -> Any:
        return Osservazione.objects.filter(piano=self.piano())

    @extend_schema(
        summary="Scrivi un'osservazione",
        description="Lo fa il Nucleo degli anni del piano.",
        request=NuovaOsservazione,
        responses={201: OsservazioneForma},
    )
    def create(self, request: Request, piano: str) -> HttpResponse:
        questo = self.piano()
        self.esigi("obiettivi.osserva", questo)
        nuova = azioni.osserva(questo, **self.letti(NuovaOsservazione), da=request.user)
        return self.creata(nuova.pk, "osservazioni", OsservazioneRisorsa)
