# SPDX-License-Identifier: AGPL-3.0-or-later
"""The questionnaires of impact, and what came out of them: never a single answer."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request

from conciliazione.api.base import CHIAVE_MASSIMA, Risorsa, edizione_di, filtro
from conciliazione.azioni.questionari import PERMESSO, prepara
from conciliazione.models import Progetto, QuestionarioImpatto
from piani.api.filtri import controlla_parametri
from piani.api.forme import Corpo, Forma
from piani.api.questionari import RisultatiForma
from piani.questionari.foglio import righe_dei_risultati
from piani.questionari.risultati import risultati_di


class QuestionarioDiImpattoForma(Forma):
    id = serializers.IntegerField()
    edizione = serializers.CharField(source="edizione.slug")
    progetto = serializers.IntegerField(source="progetto_id", allow_null=True)
    titolo = serializers.CharField(source="questionario.titolo")
    rivolto = serializers.CharField(help_text="beneficiari o organizzazioni.")
    momento = serializers.CharField(help_text="prima, durante o dopo.")
    stato = serializers.CharField(source="questionario.stato")
    apre = serializers.DateField(source="questionario.apre", allow_null=True)
    chiude = serializers.DateField(source="questionario.chiude", allow_null=True)
    confronto = serializers.IntegerField(source="confronto_id", allow_null=True)


class NuovoQuestionarioDiImpatto(Corpo):
    edizione = serializers.SlugField(max_length=80)
    titolo = serializers.CharField(max_length=200)
    rivolto = serializers.ChoiceField(choices=QuestionarioImpatto.Rivolto.choices)
    momento = serializers.ChoiceField(choices=QuestionarioImpatto.Momento.choices)
    progetto = serializers.IntegerField(
        min_value=0, max_value=CHIAVE_MASSIMA, required=False, allow_null=True,
        help_text="Senza, è di tutta la rete.",
    )  # fmt: skip
    confronto = serializers.IntegerField(
        min_value=0, max_value=CHIAVE_MASSIMA, required=False, allow_null=True,
        help_text="Quello fatto prima: il nuovo ne prende le domande.",
    )  # fmt: skip
    con_domande = serializers.BooleanField(
        default=True, help_text="Comincia dalle domande proposte, una per dimensione."
    )


class QuestionarioRisorsa(Risorsa):
    """I questionari d'impatto. Le risposte sono anonime: se ne danno solo gli aggregati."""

    raccolta = "questionari"
    modello = QuestionarioImpatto
    serializer_class = QuestionarioDiImpattoForma
    filterset_class = filtro(
        QuestionarioImpatto, "questionario__titolo", edizione="edizione", progetto="progetto",
        rivolto="rivolto", momento="momento",
    )  # fmt: skip
    ordini = {"titolo": "questionario__titolo"}
    ordine = ("edizione_id", "pk")
    collegati = ("questionario__azienda", "edizione__azienda")

    @extend_schema(
        summary="Prepara un questionario",
        description="Nasce in bozza: le domande, l'apertura e gli inviti sono fra i questionari.",
        request=NuovoQuestionarioDiImpatto,
        responses={201: QuestionarioDiImpattoForma},
    )
    def create(self, request: Request) -> HttpResponse:
        dati = self.letti(NuovoQuestionarioDiImpatto)
        edizione = edizione_di(request, dati.pop("edizione"))
        self.esigi(PERMESSO, edizione)
        progetti = Progetto.objects.visibili_a(request.user)
        dati["progetto"] = _fra(progetti, dati.get("progetto"), "progetto")
        dati["confronto"] = _fra(self.visibili(), dati.get("confronto"), "confronto")
        nuovo = prepara(edizione, **dati, da=request.user)
        return self.creata(nuovo.pk, "conciliazione/questionari")

    @extend_schema(summary="I risultati, senza celle piccole", responses=RisultatiForma)
    @action(detail=True, methods=["get"], pagination_class=None, filterset_class=None)
    def risultati(self, request: Request, pk: str) -> HttpResponse:
        controlla_parametri(request, ())
        questo = self.oggetto()
        testata, *righe = righe_dei_risultati(risultati_di(questo.questionario))
        return self.risposta({"colonne": list(testata), "righe": [list(una) for una in righe]})


def _fra(visibili: Any, chiave: int | None, campo: str) -> Any:
    """The row of a key that was sent, among those that who asks reads; none if none was."""
    if chiave is None:
        return None
    trovata = visibili.filter(pk=chiave).first()
    if trovata is None:
        raise serializers.ValidationError({campo: _("Non c'è.")})
    return trovata
