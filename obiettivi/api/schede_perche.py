# SPDX-License-Identifier: AGPL-3.0-or-later
"""Why a scheda, one of its areas or of its rows has its score."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from drf_spectacular.helpers import forced_singular_serializer
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request

from obiettivi.api.calcoli import SpiegazioneForma
from obiettivi.calcolo.edizione import EdizioneNonValida
from obiettivi.models import EdizioneSMVP, Frazione, PunteggioScheda, SchedaBudget
from obiettivi.schede.spiega import spiega_scheda
from piani.api.filtri import controlla_parametri
from piani.api.forme import Corpo
from piani.api.risorse import Risorsa

Livello = PunteggioScheda.Livello
DELLA_SCHEDA = (
    r"schede-budget/(?P<scheda>[0-9]{1,18})/spiegazioni"
    rf"/(?P<livello>[{''.join(Livello.values)}])/(?P<oggetto>[0-9]{{1,18}})"
)


class PeriodoDelPunteggio(Corpo):
    """Of which period."""

    frazione = serializers.ChoiceField(choices=Frazione.choices, allow_blank=True, default="")


@extend_schema(
    parameters=[
        OpenApiParameter("scheda", OpenApiTypes.INT, OpenApiParameter.PATH),
        OpenApiParameter("livello", OpenApiTypes.STR, OpenApiParameter.PATH, enum=Livello.values),
        OpenApiParameter("oggetto", OpenApiTypes.INT, OpenApiParameter.PATH),
        PeriodoDelPunteggio,
    ]
)
class PercheDellaScheda(Risorsa):
    """Perché quel punteggio di una scheda: il conto rifatto e raccontato."""

    ambito = "obiettivi"
    raccolta = "schede-budget"
    modello = SchedaBudget
    serializer_class = SpiegazioneForma
    pagination_class = None
    filter_backends = ()

    def visibili(self) -> QuerySet[Any]:
        return SchedaBudget.objects.visibili_a(self.request.user).per_elenco()

    @extend_schema(
        summary="Perché questo punteggio",
        operation_id="schede_budget_spiegazioni_retrieve",
        responses=forced_singular_serializer(SpiegazioneForma),
    )
    def list(self, request: Request, scheda: str, livello: str, oggetto: str) -> HttpResponse:
        controlla_parametri(request, PeriodoDelPunteggio().fields)
        forma = PeriodoDelPunteggio(data=request.query_params.dict())
        forma.is_valid(raise_exception=True)
        questa = get_object_or_404(self.get_queryset(), pk=scheda)
        chiave = {**forma.validated_data, "livello": livello, "oggetto": int(oggetto)}
        salvato = get_object_or_404(PunteggioScheda, scheda=questa, **chiave)
        try:
            dati = spiega_scheda(questa, salvato)
        except (KeyError, EdizioneSMVP.DoesNotExist, EdizioneNonValida) as errore:
            raise Http404 from errore
        del dati["voto"]
        return self.risposta(dati)
