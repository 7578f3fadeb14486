# SPDX-License-Identifier: AGPL-3.0-or-later
"""Results: read, written one at a time, or many together."""

from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request

from obiettivi import azioni
from obiettivi.api.carico import CaricoCorpo, corpo_di, leggi_righe
from obiettivi.api.filtri import PeriodoFilter
from obiettivi.azioni.piani_toccati import Effetti
from obiettivi.models import Frazione, Indicatore, Rilevazione
from piani.api.forme import Corpo, Forma, MiaAzienda, MiaUnita, Numero
from piani.api.risorse import Lettura
from piani.api.una_volta import CHIAVE, STESSA_RISPOSTA, TUTTI_O_NESSUNO, UnaVolta, chiave_di
from piani.filters import mie_aziende
from piani.models import Azienda

Stato = Rilevazione.Stato


class RilevazioneForma(Forma):
    """A result as known: replaced by another, or still the last."""

    id = serializers.IntegerField()
    azienda = serializers.CharField(source="indicatore.azienda.codice")
    indicatore = serializers.CharField(source="indicatore.codice")
    indicatore_id = serializers.IntegerField()
    unita = serializers.IntegerField(source="unita_id", allow_null=True)
    anno = serializers.IntegerField()
    frazione = serializers.ChoiceField(choices=Frazione.choices, allow_blank=True)
    sede = serializers.CharField()
    stato = serializers.ChoiceField(choices=Stato.choices)
    valore = Numero(allow_null=True)
    numeratore = Numero(allow_null=True)
    denominatore = Numero(allow_null=True)
    avanzamento = Numero(7, 4, allow_null=True)
    data = serializers.DateField(allow_null=True, help_text="Quando si è raggiunto.")
    testo = serializers.CharField()
    origine = serializers.CharField()
    provvisoria = serializers.BooleanField()
    dimostrativa = serializers.BooleanField()
    creata_il = serializers.DateTimeField()
    sostituita_il = serializers.DateTimeField(allow_null=True)


class RilevazioneCorpo(Corpo):
    """A result to write: it replaces the one of the same period, if it differs."""

    azienda = MiaAzienda()
    indicatore = serializers.CharField(max_length=30, help_text="Codice dell'indicatore.")
    unita = MiaUnita(required=False, allow_null=True, help_text="Solo di quel CdR.")
    anno = serializers.IntegerField(min_value=2000, max_value=2100)
    frazione = serializers.ChoiceField(choices=Frazione.choices, allow_blank=True, default="")
    sede = serializers.CharField(max_length=60, allow_blank=True, default="")
    stato = serializers.ChoiceField(choices=Stato.choices, default=Stato.NUMERO)
    valore = Numero(required=False, allow_null=True)
    numeratore = Numero(required=False, allow_null=True)
    denominatore = Numero(required=False, allow_null=True)
    avanzamento = Numero(7, 4, required=False, allow_null=True)
    data = serializers.DateField(
        required=False, allow_null=True, help_text="Quando si è raggiunto, di un indicatore a data."
    )
    testo = serializers.CharField(max_length=2000, allow_blank=True, default="")
    origine = serializers.CharField(max_length=200, allow_blank=True, default="")


class EffettiForma(Forma):
    """What a new result did to the scores."""

    punteggi = serializers.IntegerField(help_text="Quanti sono cambiati.")
    trattenuti = serializers.ListField(
        child=serializers.CharField(), help_text="Piani i cui punteggi pubblicati aspettano."
    )
    non_aggiornati = serializers.ListField(child=serializers.CharField())
    in_coda = serializers.ListField(child=serializers.CharField())
    ferme = serializers.ListField(
        child=serializers.CharField(), help_text="Schede già validate, che restano com'erano."
    )


class RilevataForma(Forma):
    """The result as it stands, and its effects."""

    cambiata = serializers.BooleanField()
    rilevazione = RilevazioneForma()
    effetti = EffettiForma()


class CaricateForma(Forma):
    """How a load went."""

    inserite = serializers.IntegerField()
    sostituite = serializers.IntegerField()
    uguali = serializers.IntegerField(help_text="C'erano già, e non sono state riscritte.")
    effetti = EffettiForma()


class RilevazioneFilter(django_filters.FilterSet):
    """Only the figures as known now, unless ``anche_sostituite``."""

    q = django_filters.CharFilter(method="cerca", label="Nel nome o nel codice dell'indicatore")
    azienda = django_filters.ModelChoiceFilter(
        queryset=mie_aziende, field_name="indicatore__azienda", to_field_name="codice"
    )
    indicatore = django_filters.CharFilter(field_name="indicatore__codice")
    piano = django_filters.CharFilter(method="del_piano", label="Di indicatori di quel piano")
    unita = django_filters.NumberFilter(field_name="unita_id")
    anno = django_filters.NumberFilter(min_value=2000, max_value=2100)
    frazione = PeriodoFilter()
    anche_sostituite = django_filters.BooleanFilter(method="resta_uguale")

    class Meta:
        model = Rilevazione
        fields: list[str] = []

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        trovate = super().filter_queryset(queryset)
        return trovate if self.form.cleaned_data["anche_sostituite"] else trovate.correnti()

    def cerca(self, rilevazioni: QuerySet[Any], nome: str, testo: str) -> QuerySet[Any]:
        return rilevazioni.filter(
            Q(indicatore__nome__icontains=testo) | Q(indicatore__codice__iexact=testo)
        )

    def del_piano(self, rilevazioni: QuerySet[Any], nome: str, slug: str) -> QuerySet[Any]:
        suoi = Indicatore.objects.filter(misure__obiettivo__area__piano__slug=slug)
        return rilevazioni.filter(indicatore__in=suoi)

    def resta_uguale(self, rilevazioni: QuerySet[Any], nome: str, si: bool) -> QuerySet[Any]:
        return rilevazioni


class RilevazioneRisorsa(UnaVolta, Lettura):
    """I risultati degli indicatori; un risultato nuovo sostituisce, non cancella."""

    ambito = "obiettivi"
    raccolta = "rilevazioni"
    modello = Rilevazione
    serializer_class = RilevazioneForma
    filterset_class = RilevazioneFilter
    ordini = {"anno": "anno", "creata_il": "creata_il", "indicatore": "indicatore__codice"}
    ordine = ("indicatore_id", "anno", "frazione", "sede")

    @extend_schema(request=RilevazioneCorpo, responses={201: RilevataForma, 200: RilevataForma})
    def create(self, request: Request) -> HttpResponse:
        dati = self.letti(RilevazioneCorpo)
        indicatore = indicatore_di(request, dati.pop("azienda"), dati.pop("indicatore"))
        esito = azioni.rileva(indicatore, **dati, da=request.user)
        risposta = {
            "cambiata": esito.cambiata,
            "rilevazione": self.una(pk=esito.rilevazione.pk),
            "effetti": effetti_di(esito),
        }
        indirizzo = f"/api/v1/rilevazioni/{esito.rilevazione.pk}"
        return self.risposta(risposta, 201 if esito.cambiata else 200, Location=indirizzo)

    @extend_schema(
        summary="Carica molti risultati",
        description=f"{TUTTI_O_NESSUNO} Ciò che c'è già uguale non si riscrive. {STESSA_RISPOSTA}",
        parameters=[CHIAVE],
        request=CaricoCorpo,
        responses=CaricateForma,
    )
    @action(detail=False, methods=["post"])
    def carico(self, request: Request) -> HttpResponse:
        def scrivi_tutte() -> dict[str, Any]:
            esito = azioni.carica_rilevazioni(azienda, righe, da=request.user)
            conti = {nome: getattr(esito, nome) for nome in ("inserite", "sostituite", "uguali")}
            return conti | {"effetti": effetti_di(esito)}

        chiave = chiave_di(request)
        azienda, crude = corpo_di(request)
        self.esigi("obiettivi.rileva", azienda)
        righe = leggi_righe(azienda, crude)
        return self.una_volta(chiave, scrivi_tutte)


def indicatore_di(request: Request, azienda: Azienda, codice: str) -> Indicatore:
    """The indicator that a result speaks of, if who asks reads it."""
    visibili = Indicatore.objects.visibili_a(request.user).select_related("azienda")
    return get_object_or_404(visibili, azienda=azienda, codice=codice)


def effetti_di(esito: Effetti) -> dict[str, Any]:
    """What happened to the scores, as sent."""
    return {nome: getattr(esito, nome) for nome in EffettiForma().fields}
