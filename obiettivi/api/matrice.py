# SPDX-License-Identifier: AGPL-3.0-or-later
"""The weights of the schede of a year as a sheet: read whole, written cell by cell, all or none."""

from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request

from obiettivi import azioni
from obiettivi.azioni.scheda import PREPARA
from obiettivi.models import AreaScheda, SchedaBudget
from obiettivi.schede.matrice import AreaMatrice, Cella, Matrice, SommaCella
from obiettivi.schede.matrice import matrice as matrice_di
from piani.api.filtri import controlla_parametri
from piani.api.forme import Corpo, Forma, Numero, Peso
from piani.api.risorse import Risorsa, esigi_invariato
from piani.models import Azienda

DELL_AZIENDA = r"aziende/(?P<azienda>[-a-zA-Z0-9_]{1,50})/matrici-pesi"
_AZIENDA = OpenApiParameter("azienda", OpenApiTypes.STR, OpenApiParameter.PATH)
_ANNO = OpenApiParameter("anno", OpenApiTypes.INT, OpenApiParameter.PATH)


class CellaForma(Forma):
    """Where a row or an area meets a scheda."""

    cella = serializers.CharField(help_text="Come si chiama per scriverla; vuota se non si scrive.")
    peso = Numero(5, 2, allow_null=True)
    presente = serializers.BooleanField(
        help_text="Falso se quella scheda non ha ancora la riga: scriverla la aggiunge."
    )


class SommaForma(Forma):
    """The sum of the weights of a scheda."""

    somma = Numero(9, 2, allow_null=True)
    giusta = serializers.BooleanField(help_text="Fa 100.")
    in_comune = serializers.BooleanField(help_text="È detta all'area che segue: il peso è uno.")


class RigaMatriceForma(Forma):
    """An objective with its indicator, and its weight in each scheda."""

    obiettivo = serializers.CharField()
    indicatore = serializers.CharField(help_text="Il suo codice.")
    nome = serializers.CharField(help_text="Il nome dell'indicatore.")
    celle = CellaForma(many=True)


class AreaMatriceForma(Forma):
    """An area by name, with its weight in each scheda and its rows."""

    tipo = serializers.ChoiceField(choices=AreaScheda.Tipo.choices)
    nome = serializers.CharField()
    pesi = CellaForma(many=True)
    righe = RigaMatriceForma(many=True)
    somme = SommaForma(many=True)


class ColonnaForma(Forma):
    """A scheda: what the cells in its place are of."""

    scheda = serializers.IntegerField()
    unita = serializers.IntegerField()
    nome = serializers.CharField()
    stato = serializers.ChoiceField(choices=SchedaBudget.Stato.choices)


class MatriceForma(Forma):
    """Each list of cells has one for each of the ``colonne``, in their order."""

    azienda = serializers.CharField()
    anno = serializers.IntegerField()
    colonne = ColonnaForma(many=True)
    aree = AreaMatriceForma(many=True)
    totali = SommaForma(many=True)


class CambiaMatrice(Corpo):
    """The cells that change."""

    celle = serializers.DictField(
        child=Peso(),
        help_text="Il peso, o null per toglierlo, per ogni «cella» che cambia; le altre restano.",
    )


@extend_schema(parameters=[_AZIENDA, _ANNO])
class MatriceRisorsa(Risorsa):
    """La matrice dei pesi delle schede di un anno: gli obiettivi in riga, i CdR in colonna."""

    ambito = "obiettivi"
    raccolta = "schede-budget"
    modello = Azienda
    serializer_class = MatriceForma
    lookup_field = "anno"
    lookup_value_regex = r"[0-9]{4}"
    pagination_class = None
    filter_backends = ()
    condizionati = ("partial_update",)

    def visibili(self) -> QuerySet[Any]:
        return Azienda.objects.visibili_a(self.request.user)

    @extend_schema(summary="La matrice dei pesi di un anno")
    def retrieve(self, request: Request, azienda: str, anno: str) -> HttpResponse:
        controlla_parametri(request, ())
        if come_prima := self.invariata():
            return come_prima
        return self.risposta(self._matrice(self._azienda(), int(anno)))

    @extend_schema(
        summary="Scrivi i pesi",
        description="Tutte le celle o nessuna: ciò che non va è detto cella per cella.",
        request=CambiaMatrice,
        responses=MatriceForma,
    )
    def partial_update(self, request: Request, azienda: str, anno: str) -> HttpResponse:
        ente = self._azienda()
        self.esigi(PREPARA, ente)
        condizione = request.headers.get("If-Match", "")
        with transaction.atomic():
            _blocca(ente, int(anno))
            esigi_invariato(condizione, self._matrice(ente, int(anno)) if condizione else None)
            celle = self.letti(CambiaMatrice)["celle"]
            azioni.pesa_schede(ente, int(anno), celle, da=request.user)
        return self.risposta(self._matrice(ente, int(anno)))

    def _azienda(self) -> Azienda:
        return get_object_or_404(self.get_queryset(), codice=self.kwargs["azienda"])

    def _matrice(self, azienda: Azienda, anno: int) -> dict[str, Any]:
        visibili = SchedaBudget.objects.visibili_a(self.request.user).dei_cdr().per_elenco()
        schede = list(visibili.filter(azienda=azienda, anno=anno))
        scrive = self.request.user.has_perm(PREPARA, azienda)
        foglio = matrice_di(schede, scrive=scrive)
        return {"azienda": azienda.codice, "anno": anno, **_detta(foglio)}


def _blocca(azienda: Azienda, anno: int) -> None:
    """The schede of the year, in the order in which the action takes them."""
    schede = SchedaBudget.objects.select_for_update(of=("self",)).filter(
        azienda=azienda, anno=anno, unita__isnull=False
    )
    list(schede.order_by("pk").values_list("pk", flat=True))


def _detta(foglio: Matrice) -> dict[str, Any]:
    return {
        "colonne": [
            {
                "scheda": una.pk,
                "unita": una.unita_id,
                "nome": str(una.unita),
                "stato": una.stato,
            }
            for una in foglio.schede
        ],
        "aree": [_area(una) for una in foglio.aree],
        "totali": [_somma(una) for una in foglio.totali],
    }


def _area(area: AreaMatrice) -> dict[str, Any]:
    return {
        "tipo": area.tipo,
        "nome": area.nome,
        "pesi": [_cella(una) for una in area.pesi],
        "righe": [
            {
                "obiettivo": riga.obiettivo,
                "indicatore": riga.indicatore.codice,
                "nome": riga.indicatore.nome,
                "celle": [_cella(una) for una in riga.celle],
            }
            for riga in area.righe
        ],
        "somme": [_somma(una) for una in area.somme],
    }


def _cella(cella: Cella) -> dict[str, Any]:
    return {"cella": cella.nome, "peso": cella.peso, "presente": cella.c_e}


def _somma(una: SommaCella) -> dict[str, Any]:
    return {"somma": una.somma, "giusta": una.giusta, "in_comune": una.in_comune}
