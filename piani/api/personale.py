# SPDX-License-Identifier: AGPL-3.0-or-later
"""The staff by role and gender: the rows for who counts it, the tables for everybody."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from drf_spectacular.helpers import forced_singular_serializer
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request

from piani.api.elenchi import filtro
from piani.api.filtri import controlla_parametri
from piani.api.forme import Corpo, Forma, MiaAzienda
from piani.api.risorse import Lettura, Risorsa
from piani.azioni_positive import personale
from piani.azioni_positive.azioni import PERMESSO
from piani.azioni_positive.relazione import PRIMO_ANNO
from piani.models import Azienda, PersonalePerGenere

DELL_AZIENDA = r"aziende/(?P<azienda>[-a-zA-Z0-9_]{1,50})/personale-per-genere"
_AZIENDA = OpenApiParameter("azienda", OpenApiTypes.STR, OpenApiParameter.PATH)
TANTI = 100_000


class RuoloForma(Forma):
    """A role with its women and men, as they were counted."""

    id = serializers.IntegerField()
    azienda = serializers.CharField(source="azienda.codice")
    anno = serializers.IntegerField(help_text="Al 31 dicembre.")
    area = serializers.ChoiceField(choices=PersonalePerGenere.Area.choices, allow_blank=True)
    ruolo = serializers.CharField()
    femmine = serializers.IntegerField()
    maschi = serializers.IntegerField()
    dimostrativo = serializers.BooleanField(help_text="Inventato per prova.")


class NuovoRuolo(Corpo):
    azienda = MiaAzienda()
    anno = serializers.IntegerField(min_value=PRIMO_ANNO, max_value=2100)
    area = serializers.ChoiceField(
        choices=PersonalePerGenere.Area.choices, allow_blank=True, default=""
    )
    ruolo = serializers.CharField(max_length=120)
    femmine = serializers.IntegerField(min_value=0, max_value=TANTI)
    maschi = serializers.IntegerField(min_value=0, max_value=TANTI)


class PersonaleRisorsa(Lettura):
    """Il personale per ruolo e genere riga per riga, anche nei gruppi piccoli: per chi lo conta. Un
    ruolo sbagliato si toglie e si riscrive."""

    ambito = "piani"
    raccolta = "personale-per-genere"
    modello = PersonalePerGenere
    serializer_class = RuoloForma
    filterset_class = filtro(
        PersonalePerGenere, "ruolo", azienda="azienda__codice", anno="anno", area="area"
    )
    ordini = {"anno": "anno", "ruolo": "ruolo"}
    ordine = ("azienda_id", "-anno", "ordine")
    collegati = ("azienda",)
    condizionati = ("destroy",)

    @extend_schema(
        summary="Scrivi il personale di un ruolo", request=NuovoRuolo, responses={201: RuoloForma}
    )
    def create(self, request: Request) -> HttpResponse:
        dati = self.letti(NuovoRuolo)
        nuovo = personale.conta(dati.pop("azienda"), **dati, da=request.user)
        return self.creata(nuovo.pk, "personale-per-genere")

    def destroy(self, request: Request, pk: str) -> HttpResponse:
        with self.in_modifica(PERMESSO) as riga:
            personale.togli(riga, da=request.user)
        return HttpResponse(status=204)


class RigaDiTavolaForma(Forma):
    """A role; a count is null where it would give a small group away."""

    area = serializers.CharField()
    ruolo = serializers.CharField()
    femmine = serializers.IntegerField(allow_null=True)
    maschi = serializers.IntegerField(allow_null=True)
    totale = serializers.IntegerField(allow_null=True)


class SommaDiTavolaForma(Forma):
    """All the roles together."""

    femmine = serializers.IntegerField(allow_null=True)
    maschi = serializers.IntegerField(allow_null=True)
    totale = serializers.IntegerField(allow_null=True)


class TavolaForma(Forma):
    """The staff at the end of a year."""

    anno = serializers.IntegerField()
    righe = RigaDiTavolaForma(many=True)
    somma = SommaDiTavolaForma()


class TavoleForma(Forma):
    tavole = TavolaForma(many=True)


@extend_schema(parameters=[_AZIENDA])
class TavoleDelPersonale(Risorsa):
    """Il personale per genere di un'azienda, anno per anno: intero per chi lo conta, per gli altri
    i gruppi piccoli tacciono."""

    ambito = "piani"
    raccolta = "personale-per-genere"
    modello = Azienda
    serializer_class = TavoleForma
    pagination_class = None
    filter_backends = ()

    def visibili(self) -> QuerySet[Any]:
        return Azienda.objects.visibili_a(self.request.user)

    @extend_schema(
        summary="Le tavole di un'azienda",
        operation_id="aziende_personale_per_genere_list",
        responses=forced_singular_serializer(TavoleForma),
    )
    def list(self, request: Request, azienda: str) -> HttpResponse:
        controlla_parametri(request, ())
        questa = get_object_or_404(self.get_queryset(), codice=azienda)
        intera = request.user.has_perm(PERMESSO, questa)
        tavole = [
            {"anno": anno, **_detta(tavola)}
            for anno in personale.anni_contati(questa)
            if (tavola := personale.tavola_di(questa, anno, intera=intera))
        ]
        return self.risposta({"tavole": tavole})


def _detta(tavola: dict[str, Any]) -> dict[str, Any]:
    campi = tuple(SommaDiTavolaForma().fields)
    righe = [{nome: riga[nome] for nome in ("area", "ruolo", *campi)} for riga in tavola["righe"]]
    return {"righe": righe, "somma": {nome: tavola["somma"][nome] for nome in campi}}
