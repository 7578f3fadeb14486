# SPDX-License-Identifier: AGPL-3.0-or-later
"""The questionnaires: prepared, opened, handed out, closed, read; never a single answer.

Who answers does it from the page of their link, that asks nobody who they are.
"""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request

from piani.api.elenchi import annida, filtro
from piani.api.filtri import controlla_parametri
from piani.api.forme import Corpo, Forma, Lista, Spostamento
from piani.api.risorse import Lettura
from piani.models import Domanda, Questionario
from piani.questionari import azioni, domande
from piani.questionari.azioni import PER_VOLTA
from piani.questionari.domande import PERMESSO
from piani.questionari.foglio import righe_dei_risultati
from piani.questionari.risultati import risultati_di

GRADO = {"min_value": 0, "max_value": 100}


class DomandaPostaForma(Forma):
    """A question."""

    id = serializers.IntegerField()
    ordine = serializers.IntegerField()
    tipo = serializers.ChoiceField(choices=Domanda.Tipo.choices)
    dimensione = serializers.CharField(help_text="Le domande della stessa fanno una media insieme.")
    testo = serializers.CharField()
    minimo = serializers.IntegerField(help_text="Della scala.")
    massimo = serializers.IntegerField(help_text="Della scala.")
    scelte = serializers.ListField(child=serializers.CharField())
    obbligatoria = serializers.BooleanField()


class DomandaDelQuestionarioForma(DomandaPostaForma):
    questionario = serializers.IntegerField(source="questionario_id")


class QuestionarioForma(Forma):
    """A questionnaire with its questions."""

    id = serializers.IntegerField()
    azienda = serializers.CharField(source="azienda.codice")
    titolo = serializers.CharField()
    presentazione = serializers.CharField(help_text="Si legge prima delle domande.")
    stato = serializers.ChoiceField(choices=Questionario.Stato.choices)
    apre = serializers.DateField(allow_null=True)
    chiude = serializers.DateField(allow_null=True, help_text="Compreso: il giorno dopo si chiude.")
    soglia = serializers.IntegerField(help_text="Le cifre di meno persone non si danno.")
    dimostrativo = serializers.BooleanField(help_text="Inventato per prova.")
    domande = DomandaPostaForma(many=True)


class CambiaQuestionario(Corpo):
    titolo = serializers.CharField(max_length=200, required=False)
    presentazione = serializers.CharField(max_length=20_000, allow_blank=True, required=False)
    soglia = serializers.IntegerField(min_value=0, max_value=10_000, required=False)


class CambiaDomanda(Corpo):
    testo = serializers.CharField(max_length=500, required=False)
    tipo = serializers.ChoiceField(choices=Domanda.Tipo.choices, required=False)
    dimensione = serializers.CharField(max_length=120, allow_blank=True, required=False)
    minimo = serializers.IntegerField(required=False, **GRADO)
    massimo = serializers.IntegerField(required=False, **GRADO)
    scelte = Lista(child=serializers.CharField(max_length=300), max_length=50, required=False)
    obbligatoria = serializers.BooleanField(required=False)

    def validate_scelte(self, scelte: list[str]) -> list[str]:
        return list(dict.fromkeys(scelte))


class NuovaDomanda(CambiaDomanda):
    testo = serializers.CharField(max_length=500)


class Apertura(Corpo):
    apre = serializers.DateField()
    chiude = serializers.DateField()


def _gruppo() -> serializers.CharField:
    return serializers.CharField(
        max_length=120, allow_blank=True, default="",
        help_text="Un partner, un servizio, una sede: per il tasso di risposta. Mai una persona.",
    )  # fmt: skip


class ChiediCollegamenti(Corpo):
    quanti = serializers.IntegerField(min_value=1, max_value=PER_VOLTA)
    gruppo = _gruppo()


class CollegamentiForma(Forma):
    """Links, each good for one answer; kept nowhere."""

    collegamenti = serializers.ListField(child=serializers.URLField())


class ChiediInviti(Corpo):
    indirizzi = Lista(
        child=serializers.CharField(max_length=254), min_length=1, max_length=PER_VOLTA,
        help_text="Di posta. Non si conservano.",
    )  # fmt: skip
    gruppo = _gruppo()


class InvitiForma(Forma):
    invitati = serializers.IntegerField(help_text="A quanti parte il collegamento.")


@extend_schema_field({"oneOf": [{"type": "string"}, {"type": "number"}]})
class CellaDiFoglio(serializers.Field):
    """A figure or some words."""


class RisultatiForma(Forma):
    """The figures as the sheet has them."""

    colonne = serializers.ListField(child=serializers.CharField())
    righe = serializers.ListField(
        child=serializers.ListField(child=CellaDiFoglio()),
        help_text="Come nel foglio CSV: le cifre di poche persone non ci sono.",
    )


class QuestionarioRisorsa(Lettura):
    """I questionari anonimi, con le loro domande. Nascono dove servono: fra quelli d'impatto della
    conciliazione, o fra quelli sul lavoro agile."""

    ambito = "piani"
    raccolta = "questionari"
    modello = Questionario
    serializer_class = QuestionarioForma
    filterset_class = filtro(Questionario, "titolo", azienda="azienda__codice", stato="stato")
    ordini = {"titolo": "titolo", "apre": "apre"}
    ordine = ("azienda_id", "-pk")
    collegati = ("azienda",)
    condizionati = ("partial_update",)

    def completa(self, righe: list[dict[str, Any]]) -> None:
        tutte = Domanda.objects.order_by("ordine")
        annida(righe, "domande", tutte, "questionario", DomandaPostaForma)

    @extend_schema(request=CambiaQuestionario, responses=QuestionarioForma)
    def partial_update(self, request: Request, pk: str) -> HttpResponse:
        with self.in_modifica(PERMESSO) as questo:
            valori = self.letti(CambiaQuestionario)
            azioni.modifica_questionario(questo, valori=valori, da=request.user)
        return self.risposta(self.una(pk=questo.pk))

    @extend_schema(
        summary="Aggiungi una domanda",
        request=NuovaDomanda,
        responses={201: DomandaDelQuestionarioForma},
    )
    @action(detail=True, methods=["post"])
    def domande(self, request: Request, pk: str) -> HttpResponse:
        questo = self._da_preparare()
        valori = self.letti(NuovaDomanda)
        nuova = domande.scrivi_domanda(questo, valori=valori, da=request.user)
        return self.creata(nuova.pk, "domande-questionario", DomandaRisorsa)

    @extend_schema(
        summary="Apri",
        description="Da qui in poi le domande non si cambiano più.",
        request=Apertura,
        responses=QuestionarioForma,
    )
    @action(detail=True, methods=["post"])
    def apertura(self, request: Request, pk: str) -> HttpResponse:
        return self.passo(PERMESSO, azioni.apri, Apertura)

    @extend_schema(
        summary="Chiudi",
        description="Nessuno risponde più, i collegamenti si cancellano e non si riapre.",
        request=None,
        responses=QuestionarioForma,
    )
    @action(detail=True, methods=["post"])
    def chiusura(self, request: Request, pk: str) -> HttpResponse:
        return self.passo(PERMESSO, azioni.chiudi)

    @extend_schema(
        summary="Prepara collegamenti da consegnare",
        description="Ciascuno vale una risposta. Si leggono in questa risposta e mai più.",
        request=ChiediCollegamenti,
        responses={201: CollegamentiForma},
    )
    @action(detail=True, methods=["post"])
    def collegamenti(self, request: Request, pk: str) -> HttpResponse:
        questo = self._da_preparare()
        dati = self.letti(ChiediCollegamenti)
        pronti = azioni.prepara_collegamenti(questo, **dati, da=request.user)
        return self.risposta({"collegamenti": pronti}, 201)

    @extend_schema(
        summary="Invita per posta",
        description="A ciascun indirizzo parte un suo collegamento, in un lavoro.",
        request=ChiediInviti,
        responses={202: InvitiForma},
    )
    @action(detail=True, methods=["post"])
    def inviti(self, request: Request, pk: str) -> HttpResponse:
        questo = self._da_preparare()
        quanti = azioni.invita_per_posta(questo, **self.letti(ChiediInviti), da=request.user)
        return self.risposta({"invitati": quanti}, 202)

    @extend_schema(summary="I risultati, senza celle piccole", responses=RisultatiForma)
    @action(detail=True, methods=["get"], pagination_class=None, filterset_class=None)
    def risultati(self, request: Request, pk: str) -> HttpResponse:
        controlla_parametri(request, ())
        testata, *righe = righe_dei_risultati(risultati_di(self.oggetto()))
        return self.risposta({"colonne": list(testata), "righe": [list(una) for una in righe]})

    def _da_preparare(self) -> Questionario:
        questo: Questionario = self.oggetto()
        self.esigi(PERMESSO, questo)
        return questo


class DomandaRisorsa(Lettura):
    """Le domande dei questionari: si cambiano finché il loro è una bozza."""

    ambito = "piani"
    raccolta = "questionari"
    modello = Domanda
    serializer_class = DomandaDelQuestionarioForma
    filterset_class = filtro(Domanda, "testo", questionario="questionario_id", tipo="tipo")
    ordini = {"ordine": "ordine"}
    ordine = ("questionario_id", "ordine")
    collegati = ("questionario__azienda",)
    condizionati = ("partial_update", "destroy")

    def visibili(self) -> QuerySet[Any]:
        visibili = Questionario.objects.visibili_a(self.request.user)
        return Domanda.objects.filter(questionario__in=visibili)

    def blocca(self, riga: Any) -> None:
        super().blocca(riga.questionario)

    @extend_schema(request=CambiaDomanda, responses=DomandaDelQuestionarioForma)
    def partial_update(self, request: Request, pk: str) -> HttpResponse:
        with self.in_modifica(PERMESSO, _del_suo) as questa:
            domande.scrivi_domanda(
                questa.questionario, valori=self.letti(CambiaDomanda), domanda=questa,
                da=request.user,
            )  # fmt: skip
        return self.risposta(self.una(pk=questa.pk))

    def destroy(self, request: Request, pk: str) -> HttpResponse:
        with self.in_modifica(PERMESSO, _del_suo) as questa:
            domande.togli_domanda(questa, da=request.user)
        return HttpResponse(status=204)

    @extend_schema(
        summary="Sposta di un posto", request=Spostamento, responses=DomandaDelQuestionarioForma
    )
    @action(detail=True, methods=["post"])
    def spostamento(self, request: Request, pk: str) -> HttpResponse:
        questa = self.oggetto()
        self.esigi(PERMESSO, questa.questionario)
        su = self.letti(Spostamento)["verso"] < 0
        domande.sposta_domanda(questa, su=su, da=request.user)
        return self.risposta(self.una(pk=questa.pk))


def _del_suo(domanda: Domanda) -> Questionario:
    return domanda.questionario
