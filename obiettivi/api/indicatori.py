# SPDX-License-Identifier: AGPL-3.0-or-later
"""The library of indicators, each with what is asked of it and its last scores."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.db.models.fields.json import KT
from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request

from obiettivi import azioni
from obiettivi.api.forme import PunteggioBreve, TargetForma
from obiettivi.azioni.indicatore import DECIMALI_MASSIMI
from obiettivi.models import (
    FonteDati,
    Indicatore,
    Misura,
    Prospettiva,
    Raggiungimento,
    Target,
)
from piani.api.forme import Corpo, Forma, MiaAzienda, MiaUnita, Numero
from piani.api.risorse import Lettura
from piani.filters import mie_aziende
from piani.interrogazioni import Interrogazione, UnoDi, diritti_di
from piani.models import Incarico, Piano

DELLA_MISURA = ("piano", "obiettivo", "peso", "base_anno", "base_stampata")
DEL_TARGET = ("id", "anno", "stampato", "certezza", "confermato_il")
DEL_PUNTEGGIO = (
    "prospettiva", "anno", "stato", "punteggio", "copertura", "motivo", "dimostrativo",
)  # fmt: skip
_incarichi = Interrogazione(
    lambda chi: (
        Incarico.objects.che_valgono_per(chi).order_by().values_list("azienda", "anno_da", "anno_a")
    )
)
_piani_visibili = Interrogazione(
    lambda chi: Piano.objects.visibili_a(chi).order_by().values_list("pk", "slug")
)


class MisuraDellIndicatore(Forma):
    """Where an indicator is used: an objective of a plan."""

    id = serializers.IntegerField()
    piano = serializers.CharField()
    obiettivo = serializers.IntegerField()
    peso = Numero(5, 2, allow_null=True)
    base_anno = serializers.IntegerField(allow_null=True)
    base_stampata = serializers.CharField()
    target = TargetForma(many=True)
    punteggi = PunteggioBreve(many=True, help_text="L'ultimo anno calcolato, per prospettiva.")


class IndicatoreForma(Forma):
    """An indicator with its uses."""

    id = serializers.IntegerField()
    azienda = serializers.CharField(source="azienda.codice")
    codice = serializers.CharField()
    nome = serializers.CharField()
    formula = serializers.CharField()
    tipo_formula = serializers.ChoiceField(choices=Indicatore.Formula.choices)
    unita = serializers.CharField(help_text="Unità di misura.")
    verso = serializers.ChoiceField(choices=Indicatore.Verso.choices, allow_blank=True)
    fonte = serializers.CharField(source="fonte.codice", allow_null=True)
    frequenza = serializers.ChoiceField(choices=Indicatore.Frequenza.choices)
    aggregazione = serializers.ChoiceField(choices=Indicatore.Aggregazione.choices)
    cumulo = serializers.ChoiceField(choices=Indicatore.Cumulo.choices, allow_blank=True)
    eredita_target = serializers.BooleanField(allow_null=True)
    decimali = serializers.IntegerField()
    rilevatore = serializers.IntegerField(source="rilevatore_id", allow_null=True)
    nota_qualita = serializers.CharField()
    misure = MisuraDellIndicatore(many=True)


class CambiaIndicatore(Corpo):
    """What changes of an indicator. ``nuovo_significato``: its results will be read in the new
    way, and one knows it."""

    nome = serializers.CharField(required=False, max_length=2000)
    formula = serializers.CharField(required=False, allow_blank=True, max_length=5000)
    tipo_formula = serializers.ChoiceField(required=False, choices=Indicatore.Formula.choices)
    unita = serializers.CharField(required=False, allow_blank=True, max_length=30)
    verso = serializers.ChoiceField(
        required=False, choices=Indicatore.Verso.choices, allow_blank=True
    )
    fonte = serializers.SlugRelatedField(
        slug_field="codice", queryset=FonteDati.objects.all(), required=False, allow_null=True
    )
    frequenza = serializers.ChoiceField(required=False, choices=Indicatore.Frequenza.choices)
    aggregazione = serializers.ChoiceField(required=False, choices=Indicatore.Aggregazione.choices)
    cumulo = serializers.ChoiceField(
        required=False, choices=Indicatore.Cumulo.choices, allow_blank=True
    )
    eredita_target = serializers.BooleanField(required=False, allow_null=True)
    decimali = serializers.IntegerField(required=False, min_value=0, max_value=DECIMALI_MASSIMI)
    rilevatore = MiaUnita(required=False, allow_null=True)
    nota_qualita = serializers.CharField(required=False, allow_blank=True, max_length=5000)
    nuovo_significato = serializers.BooleanField(required=False)


class NuovoIndicatore(CambiaIndicatore):
    """An indicator to add to the library."""

    azienda = MiaAzienda()
    codice = serializers.CharField(max_length=30)
    nome = serializers.CharField(max_length=2000)
    nuovo_significato = None  # type: ignore[assignment]


class IndicatoreFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(method="cerca", label="Nel nome o nel codice")
    azienda = django_filters.ModelChoiceFilter(queryset=mie_aziende, to_field_name="codice")
    codice = django_filters.CharFilter()
    piano = django_filters.CharFilter(method="del_piano", label="Usati da quel piano")
    tipo_formula = django_filters.ChoiceFilter(choices=Indicatore.Formula.choices)
    frequenza = django_filters.ChoiceFilter(choices=Indicatore.Frequenza.choices)

    class Meta:
        model = Indicatore
        fields: list[str] = []

    def cerca(self, indicatori: QuerySet[Any], nome: str, testo: str) -> QuerySet[Any]:
        return indicatori.filter(Q(nome__icontains=testo) | Q(codice__iexact=testo))

    def del_piano(self, indicatori: QuerySet[Any], nome: str, slug: str) -> QuerySet[Any]:
        chiesto = Piano.objects.visibili_a(self.request.user).filter(slug=slug).first()
        if chiesto is None:
            return indicatori.none()
        misure = Misura.objects.filter(obiettivo__area__piano=chiesto).order_by()
        return indicatori.filter(pk__in=misure.values("indicatore"))


class IndicatoreRisorsa(Lettura):
    """Gli indicatori delle aziende di chi chiede, con target e ultimi punteggi."""

    ambito = "obiettivi"
    raccolta = "indicatori"
    modello = Indicatore
    serializer_class = IndicatoreForma
    filterset_class = IndicatoreFilter
    ordini = {"codice": "codice", "nome": "nome"}
    ordine = ("azienda_id", "codice")
    collegati = ("azienda",)
    condizionati = ("partial_update",)

    def visibili(self) -> QuerySet[Any]:
        """Who has no years of its own reads the aziende's whole libraries: said by their keys, the
        condition costs a third to compile.
        """
        chi = self.request.user
        if not chi.puo_tutto:
            miei = _incarichi.forma(diritti_di(chi), chi).righe()
            aziende = {azienda: (dal, al) == (None, None) for azienda, dal, al in miei}
            if all(aziende.values()):
                return Indicatore.objects.filter(azienda__in=list(aziende))
        return Indicatore.objects.visibili_a(chi)

    def completa(self, righe: list[dict[str, Any]]) -> None:
        chi = self.request.user
        # Their keys once: to run the same condition inside each query costs more.
        piani = dict(_piani_visibili.forma(diritti_di(chi), chi).righe())
        misure = misure_di([riga["id"] for riga in righe], piani)
        for riga in righe:
            riga["misure"] = misure.get(riga["id"], [])

    @extend_schema(request=NuovoIndicatore, responses={201: IndicatoreForma})
    def create(self, request: Request) -> HttpResponse:
        dati = self.letti(NuovoIndicatore)
        nuovo = azioni.crea_indicatore(dati.pop("azienda"), **dati, da=request.user)
        return self.risposta(self.una(pk=nuovo.pk), 201, Location=f"/api/v1/indicatori/{nuovo.pk}")

    @extend_schema(request=CambiaIndicatore, responses=IndicatoreForma)
    def partial_update(self, request: Request, pk: str) -> HttpResponse:
        with self.in_modifica("obiettivi.modifica_indicatore") as indicatore:
            dati = self.letti(CambiaIndicatore)
            azioni.modifica_indicatore(indicatore, **dati, da=request.user)
        return self.risposta(self.una(pk=indicatore.pk))


_misure = Interrogazione(
    lambda: (
        Misura.objects.filter(
            UnoDi("indicatore_id", "indicatori"), UnoDi("obiettivo__area__piano_id", "piani")
        )
        .order_by("pk")
        .values_list(
            "indicatore_id", "pk", "obiettivo__area__piano_id", "obiettivo_id", "peso", "base_anno",
            "base_stampata",
        )
    )
)  # fmt: skip
_target = Interrogazione(
    lambda: (
        Target.objects.filter(UnoDi("misura_id", "misure"))
        .order_by("misura_id", "anno")
        .values_list(
            "misura_id", "pk", "anno", "stampato", KT("lettura__certezza"), "confermato_il"
        )
    )
)
_punteggi = Interrogazione(
    lambda: (
        Raggiungimento.objects.filter(
            UnoDi("piano_id", "piani"),
            UnoDi("oggetto", "misure"),
            livello=Raggiungimento.Livello.INDICATORE,
            prospettiva__in=Prospettiva.values,
            frazione="",
        )
        .order_by("anno", "prospettiva")
        .values_list("oggetto", *DEL_PUNTEGGIO)
    )
)


def misure_di(
    indicatori: Collection[int], piani: dict[int, str]
) -> dict[int, list[dict[str, Any]]]:
    """The uses of some indicators in some plans, with targets and last scores: three queries."""
    per_indicatore: dict[int, list[dict[str, Any]]] = defaultdict(list)
    chiavi, suoi_piani = {}, set()
    for indicatore, chiave, piano, *resto in _misure.righe(indicatori=indicatori, piani=piani):
        valori = (piani[piano], *resto)
        misura = {"id": chiave, **dict(zip(DELLA_MISURA, valori, strict=True))}
        per_indicatore[indicatore].append(misura)
        chiavi[chiave] = misura
        suoi_piani.add(piano)
    target = target_di(chiavi)
    punteggi = ultimi_punteggi(suoi_piani, chiavi)
    for chiave, misura in chiavi.items():
        misura["target"] = target.get(chiave, [])
        misura["punteggi"] = punteggi.get(chiave, [])
    return per_indicatore


def target_di(misure: Iterable[int]) -> dict[int, list[dict[str, Any]]]:
    """The targets of some misure, by year: one query."""
    per_misura: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for misura, *valori in _target.righe(misure=misure):
        per_misura[misura].append(dict(zip(DEL_TARGET, valori, strict=True)))
    return per_misura


def ultimi_punteggi(piani: Iterable[int], misure: Iterable[int]) -> dict[int, list[dict[str, Any]]]:
    """The score of the last year computed of some misure, for each prospettiva: one query."""
    ultimi: dict[int, dict[str, dict[str, Any]]] = defaultdict(dict)
    for misura, *valori in _punteggi.righe(piani=piani, misure=misure):
        ultimi[misura][valori[0]] = dict(zip(DEL_PUNTEGGIO, valori, strict=True))
    return {misura: list(per.values()) for misura, per in ultimi.items()}
