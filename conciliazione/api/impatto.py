# SPDX-License-Identifier: AGPL-3.0-or-later
"""Impact maps with their KPI, and what came out of the questionnaires: never a single answer."""

from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request

from conciliazione.api.base import Righe, Risorsa, annida, filtro
from conciliazione.models import Kpi, MappaImpatto, QuestionarioImpatto, RigaMappa, ValoreKpi
from piani.api.filtri import controlla_parametri
from piani.api.forme import Forma, Numero
from piani.questionari.foglio import righe_dei_risultati
from piani.questionari.risultati import risultati_di


class ValoreKpiForma(Forma):
    giorno = serializers.DateField()
    valore = Numero(20, 6)
    nota = serializers.CharField()


class KpiForma(Forma):
    id = serializers.IntegerField()
    ordine = serializers.IntegerField()
    nome = serializers.CharField()
    unita = serializers.CharField()
    verso = serializers.CharField()
    base = Numero(20, 6, allow_null=True)
    base_il = serializers.DateField(allow_null=True)
    atteso = Numero(20, 6, allow_null=True)
    fonte = serializers.CharField()
    valori = ValoreKpiForma(many=True)


class RigaMappaForma(Forma):
    id = serializers.IntegerField()
    ordine = serializers.IntegerField()
    obiettivo = serializers.CharField()
    beneficiari = serializers.CharField()
    risorse = serializers.CharField()
    attivita = serializers.CharField()
    prodotti = serializers.CharField()
    cambiamenti = serializers.CharField()
    kpi = KpiForma(many=True)


class MappaForma(Forma):
    id = serializers.IntegerField()
    edizione = serializers.CharField(source="edizione.slug")
    progetto = serializers.IntegerField(source="progetto_id", allow_null=True)
    azione = serializers.IntegerField(source="azione_id", allow_null=True)
    premessa = serializers.CharField()
    modificata_il = serializers.DateTimeField()
    righe = RigaMappaForma(many=True)


class MappaRisorsa(Risorsa):
    """Le mappe d'impatto, dagli obiettivi ai cambiamenti, con i KPI e i loro valori."""

    raccolta = "mappe-di-impatto"
    modello = MappaImpatto
    serializer_class = MappaForma
    filterset_class = filtro(
        MappaImpatto, "premessa", edizione="edizione", progetto="progetto", azione="azione"
    )
    ordini = {"modificata_il": "modificata_il"}
    ordine = ("edizione_id", "pk")

    def completa(self, righe: Righe) -> None:
        sue = RigaMappa.objects.order_by("ordine", "pk")
        di_mappa = annida(righe, "righe", sue, "mappa", RigaMappaForma)
        kpi = annida(di_mappa, "kpi", Kpi.objects.order_by("ordine", "pk"), "riga", KpiForma)
        annida(kpi, "valori", ValoreKpi.objects.order_by("giorno", "pk"), "kpi", ValoreKpiForma)


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


class RisultatiDelQuestionarioForma(Forma):
    colonne = serializers.ListField(child=serializers.CharField())
    righe = serializers.ListField(
        child=serializers.ListField(child=serializers.CharField(allow_null=True)),
        help_text="Come nel foglio CSV; le medie di poche risposte non ci sono.",
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
        summary="I risultati, senza celle piccole", responses=RisultatiDelQuestionarioForma
    )
    @action(detail=True, methods=["get"], pagination_class=None, filterset_class=None)
    def risultati(self, request: Request, pk: str) -> HttpResponse:
        controlla_parametri(request, ())
        questo = self.oggetto()
        testata, *righe = righe_dei_risultati(risultati_di(questo.questionario))
        return self.risposta({"colonne": list(testata), "righe": [list(una) for una in righe]})
