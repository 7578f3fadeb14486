# SPDX-License-Identifier: AGPL-3.0-or-later
"""Runs asked for and followed, the scores they gave, and why."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from drf_spectacular.helpers import forced_singular_serializer
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request

from obiettivi import azioni
from obiettivi.api.filtri import PeriodoFilter
from obiettivi.models import Calcolo, Frazione, Prospettiva, Raggiungimento
from obiettivi.spiega import spiega
from piani.api.del_piano import IL_PIANO, DelPiano
from piani.api.elenchi import CHIAVE_MASSIMA
from piani.api.filtri import controlla_parametri
from piani.api.forme import Corpo, Forma, Numero
from piani.api.risorse import Elenco, Lettura, Risorsa
from piani.models import Piano


class CalcoloForma(Forma):
    """A run: its row is its state."""

    calcolati = ("percentuale",)

    id = serializers.IntegerField()
    piano = serializers.CharField(source="piano.slug")
    giro = serializers.IntegerField(
        source="giro_id", allow_null=True, help_text="Se è stato chiesto con altri piani."
    )
    prospettiva = serializers.ChoiceField(choices=Prospettiva.choices)
    anno = serializers.IntegerField()
    frazione = serializers.ChoiceField(choices=Frazione.choices, allow_blank=True)
    stato = serializers.ChoiceField(choices=Calcolo.Stato.choices)
    creato_il = serializers.DateTimeField()
    iniziato_il = serializers.DateTimeField(allow_null=True)
    finito_il = serializers.DateTimeField(allow_null=True)
    totale = serializers.IntegerField()
    fatti = serializers.IntegerField()
    percentuale = serializers.IntegerField()
    scritti = serializers.IntegerField(help_text="Punteggi cambiati.")
    errore = serializers.CharField()
    motivo = serializers.CharField()


class ChiediCalcolo(Corpo):
    """What to compute of a plan."""

    prospettiva = serializers.ChoiceField(
        choices=Prospettiva.choices, default=Prospettiva.CONSUNTIVO
    )
    anno = serializers.IntegerField(min_value=2000, max_value=2105)
    frazione = serializers.ChoiceField(choices=Frazione.choices, allow_blank=True, default="")


class AccettaCalcolo(Corpo):
    """Why published scores must change: it stays on record."""

    motivo = serializers.CharField(max_length=2000)


class CalcoloFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(
        field_name="piano__titolo", lookup_expr="icontains", label="Nel titolo del piano"
    )
    piano = django_filters.CharFilter(field_name="piano__slug")
    stato = django_filters.ChoiceFilter(choices=Calcolo.Stato.choices)
    anno = django_filters.NumberFilter(min_value=2000, max_value=2105)
    giro = django_filters.NumberFilter(
        field_name="giro_id", min_value=0, max_value=CHIAVE_MASSIMA, label="Dello stesso giro"
    )

    class Meta:
        model = Calcolo
        fields: list[str] = []


class CalcoloRisorsa(Lettura):
    """I calcoli chiesti, con il loro avanzamento."""

    ambito = "obiettivi"
    raccolta = "calcoli"
    modello = Calcolo
    serializer_class = CalcoloForma
    filterset_class = CalcoloFilter
    ordini = {"creato_il": "creato_il", "anno": "anno"}
    ordine = ("-creato_il",)
    collegati = ("piano__azienda",)

    def completa(self, righe: list[dict[str, Any]]) -> None:
        con_percentuale(righe)

    @extend_schema(
        summary="Accetta un calcolo che cambia punteggi pubblicati",
        request=AccettaCalcolo,
        responses={202: CalcoloForma},
    )
    @action(detail=True, methods=["post"])
    def accettazione(self, request: Request, pk: str) -> HttpResponse:
        calcolo = self.oggetto()
        self.esigi("obiettivi.calcola", calcolo.piano)
        azioni.accetta_calcolo(calcolo, **self.letti(AccettaCalcolo), da=request.user)
        return self.risposta(self.una(pk=calcolo.pk), 202)


@extend_schema(parameters=[IL_PIANO])
class CalcoliDelPiano(Elenco, DelPiano):
    """I calcoli di un piano."""

    ambito = "obiettivi"
    raccolta = "calcoli"
    modello = Calcolo
    serializer_class = CalcoloForma
    ordini = CalcoloRisorsa.ordini
    ordine = CalcoloRisorsa.ordine

    def visibili(self) -> QuerySet[Any]:
        return Calcolo.objects.filter(piano=self.piano())

    def completa(self, righe: list[dict[str, Any]]) -> None:
        con_percentuale(righe)

    @extend_schema(
        summary="Chiedi un calcolo",
        description="Il calcolo parte subito: si segue all'indirizzo detto in Location.",
        request=ChiediCalcolo,
        responses={202: CalcoloForma},
    )
    def create(self, request: Request, piano: str) -> HttpResponse:
        questo = self.piano()
        self.esigi("obiettivi.calcola", questo)
        dati = self.letti(ChiediCalcolo)
        calcolo = azioni.avvia_calcolo(questo, **dati, da=request.user)
        return self.risposta(self.una(pk=calcolo.pk), 202, Location=f"/api/v1/calcoli/{calcolo.pk}")


def con_percentuale(righe: list[dict[str, Any]]) -> None:
    """Add how far each run is."""
    for riga in righe:
        avanti = Calcolo(stato=riga["stato"], totale=riga["totale"], fatti=riga["fatti"])
        riga["percentuale"] = avanti.percentuale


class PunteggioForma(Forma):
    """A stored score."""

    calcolati = ("spiegazione",)

    piano = serializers.CharField(source="piano.slug")
    prospettiva = serializers.ChoiceField(choices=Prospettiva.choices)
    anno = serializers.IntegerField()
    frazione = serializers.ChoiceField(choices=Frazione.choices, allow_blank=True)
    livello = serializers.ChoiceField(
        choices=Raggiungimento.Livello.choices,
        help_text="I indicatore (misura), O obiettivo, A area, P piano.",
    )
    oggetto = serializers.IntegerField(help_text="Chiave di ciò che ha il punteggio.")
    stato = serializers.ChoiceField(choices=Raggiungimento.Stato.choices)
    punteggio = Numero(30, 8, allow_null=True)
    copertura = Numero(7, 4)
    motivo = serializers.CharField()
    dimostrativo = serializers.BooleanField()
    spiegazione = serializers.CharField(help_text="Dove si legge il perché.")


class PunteggioFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(field_name="motivo", lookup_expr="icontains", label="Nel motivo")
    piano = django_filters.CharFilter(field_name="piano__slug")
    prospettiva = django_filters.ChoiceFilter(choices=Prospettiva.choices)
    anno = django_filters.NumberFilter(min_value=2000, max_value=2105)
    frazione = PeriodoFilter()
    livello = django_filters.ChoiceFilter(choices=Raggiungimento.Livello.choices)
    oggetto = django_filters.NumberFilter()
    stato = django_filters.ChoiceFilter(choices=Raggiungimento.Stato.choices)

    class Meta:
        model = Raggiungimento
        fields: list[str] = []


class PunteggioRisorsa(Elenco, Risorsa):
    """I punteggi calcolati, di ogni livello e periodo."""

    ambito = "obiettivi"
    raccolta = "punteggi"
    modello = Raggiungimento
    serializer_class = PunteggioForma
    filterset_class = PunteggioFilter
    ordini = {"punteggio": "punteggio", "anno": "anno", "oggetto": "oggetto"}
    chiave_unica = ("piano_id", "prospettiva", "anno", "frazione", "livello", "oggetto")

    def visibili(self) -> QuerySet[Any]:
        return Raggiungimento.objects.filter(piano__in=Piano.objects.visibili_a(self.request.user))

    def completa(self, righe: list[dict[str, Any]]) -> None:
        for riga in righe:
            riga["spiegazione"] = (
                f"/api/v1/piani/{riga['piano']}/spiegazioni/{riga['livello']}/{riga['oggetto']}"
                f"?prospettiva={riga['prospettiva']}&anno={riga['anno']}"
                f"&frazione={riga['frazione']}"
            )


class SpiegazioneForma(Forma):
    """Why a score is what it is: sentences for people, data for programs."""

    titolo = serializers.CharField()
    sottotitolo = serializers.CharField()
    mostrato = serializers.CharField()
    motivo = serializers.CharField()
    dimostrativo = serializers.BooleanField()
    frasi = serializers.ListField(child=serializers.CharField())
    parti = serializers.ListField(child=serializers.DictField())
    contributi = serializers.ListField(child=serializers.DictField())
    avviso = serializers.CharField(help_text="Vuoto, o che i dati sono cambiati da allora.")
    dati = serializers.DictField()


class ChiaveDelPunteggio(Corpo):
    """Of which period."""

    prospettiva = serializers.ChoiceField(
        choices=Prospettiva.choices, default=Prospettiva.CONSUNTIVO
    )
    anno = serializers.IntegerField(min_value=2000, max_value=2105)
    frazione = serializers.ChoiceField(choices=Frazione.choices, allow_blank=True, default="")


@extend_schema(
    parameters=[
        IL_PIANO,
        OpenApiParameter(
            "livello",
            OpenApiTypes.STR,
            OpenApiParameter.PATH,
            enum=Raggiungimento.Livello.values,
        ),
        OpenApiParameter("oggetto", OpenApiTypes.INT, OpenApiParameter.PATH),
        ChiaveDelPunteggio,
    ]
)
class SpiegazioneRisorsa(DelPiano):
    """Perché quel punteggio: il conto rifatto e raccontato."""

    ambito = "obiettivi"
    raccolta = "punteggi"
    modello = Raggiungimento
    serializer_class = SpiegazioneForma
    pagination_class = None
    filter_backends = ()

    @extend_schema(
        summary="Perché questo punteggio",
        operation_id="piani_spiegazioni_retrieve",
        responses=forced_singular_serializer(SpiegazioneForma),
    )
    def list(self, request: Request, piano: str, livello: str, oggetto: str) -> HttpResponse:
        controlla_parametri(request, ChiaveDelPunteggio().fields)
        forma = ChiaveDelPunteggio(data=request.query_params.dict())
        forma.is_valid(raise_exception=True)
        chiave = {**forma.validated_data, "livello": livello, "oggetto": int(oggetto)}
        questo = self.piano()
        get_object_or_404(Raggiungimento, piano=questo, **chiave)
        try:
            dati = spiega(questo, **chiave)
        except KeyError as errore:
            raise Http404 from errore
        del dati["voto"]
        return self.risposta(dati)
