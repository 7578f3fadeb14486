# SPDX-License-Identifier: AGPL-3.0-or-later
"""The questionnaires on the lavoro agile: whom each asks, of which year, and what came out."""

from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request

from lavoro_agile.api.base import Risorsa, edizione_di
from lavoro_agile.azioni.questionario import PERMESSO, prepara
from lavoro_agile.models import QuestionarioAgile
from piani.api.elenchi import filtro
from piani.api.filtri import controlla_parametri
from piani.api.forme import Corpo, Forma
from piani.api.questionari import RisultatiForma
from piani.models import Questionario
from piani.questionari.foglio import righe_dei_risultati
from piani.questionari.risultati import risultati_di


class QuestionarioAgileForma(Forma):
    id = serializers.IntegerField()
    edizione = serializers.CharField(source="edizione.slug")
    questionario = serializers.IntegerField(
        source="questionario_id", help_text="Fra i questionari: domande, apertura, inviti."
    )
    titolo = serializers.CharField(source="questionario.titolo")
    rivolto = serializers.ChoiceField(choices=QuestionarioAgile.Rivolto.choices)
    anno = serializers.IntegerField()
    stato = serializers.ChoiceField(source="questionario.stato", choices=Questionario.Stato.choices)
    apre = serializers.DateField(source="questionario.apre", allow_null=True)
    chiude = serializers.DateField(source="questionario.chiude", allow_null=True)


class NuovoQuestionarioAgile(Corpo):
    edizione = serializers.SlugField(max_length=80, help_text="Lo slug del regolamento.")
    titolo = serializers.CharField(max_length=200)
    rivolto = serializers.ChoiceField(choices=QuestionarioAgile.Rivolto.choices)
    anno = serializers.IntegerField(min_value=2009, max_value=2100)


class QuestionarioRisorsa(Risorsa):
    """I questionari sul lavoro agile. Le risposte sono anonime: se ne danno solo gli aggregati."""

    raccolta = "questionari-sul-lavoro-agile"
    modello = QuestionarioAgile
    serializer_class = QuestionarioAgileForma
    filterset_class = filtro(
        QuestionarioAgile, "questionario__titolo", edizione="edizione", anno="anno",
        rivolto="rivolto",
    )  # fmt: skip
    ordini = {"anno": "anno", "titolo": "questionario__titolo"}
    ordine = ("edizione_id", "-anno", "rivolto")
    collegati = ("questionario__azienda",)

    @extend_schema(
        summary="Prepara un questionario",
        description="Nasce in bozza con le domande proposte per chi risponde.",
        request=NuovoQuestionarioAgile,
        responses={201: QuestionarioAgileForma},
    )
    def create(self, request: Request) -> HttpResponse:
        dati = self.letti(NuovoQuestionarioAgile)
        edizione = edizione_di(request, dati.pop("edizione"))
        self.esigi(PERMESSO, edizione)
        nuovo = prepara(edizione, **dati, da=request.user)
        return self.creata(nuovo.pk, "lavoro-agile/questionari")

    @extend_schema(summary="I risultati, senza celle piccole", responses=RisultatiForma)
    @action(detail=True, methods=["get"], pagination_class=None, filterset_class=None)
    def risultati(self, request: Request, pk: str) -> HttpResponse:
        controlla_parametri(request, ())
        questo = self.oggetto()
        testata, *righe = righe_dei_risultati(risultati_di(questo.questionario))
        return self.risposta({"colonne": list(testata), "righe": [list(una) for una in righe]})
