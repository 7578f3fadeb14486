# SPDX-License-Identifier: AGPL-3.0-or-later
"""A draft written together: its weights like a sheet, its readings confirmed; its revision."""

from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.translation import gettext as _
from drf_spectacular.helpers import forced_singular_serializer
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request

from obiettivi import azioni
from obiettivi.api.forme import TargetForma
from obiettivi.azioni.pesi import Chiave, impronta_pesi, nodi_di, nome_di
from obiettivi.calcolo.letture import Certezza
from obiettivi.models import Target
from piani.api.del_piano import IL_PIANO, DelPiano
from piani.api.elenchi import filtro
from piani.api.errori import Superato
from piani.api.filtri import controlla_parametri
from piani.api.forme import Corpo, Forma, Numero
from piani.api.piani import PianoForma, PianoRisorsa
from piani.api.risorse import Lettura
from piani.azioni.righe import Superata
from piani.models import Piano

TIPI = ("area", "obiettivo", "misura")


class PesoForma(Forma):
    """The weight of a row of the tree."""

    tipo = serializers.ChoiceField(choices=TIPI)
    id = serializers.IntegerField()
    nome = serializers.CharField()
    peso = Numero(5, 2, allow_null=True)


class PesiForma(Forma):
    visti = serializers.CharField(help_text="Da rimandare con i pesi nuovi.")
    pesi = PesoForma(many=True)


class PesoCorpo(Corpo):
    tipo = serializers.ChoiceField(choices=TIPI)
    id = serializers.IntegerField(min_value=0, max_value=10**18)
    peso = Numero(5, 2, allow_null=True, min_value=0, max_value=100)


class PesiCorpo(Corpo):
    visti = serializers.CharField(max_length=64)
    pesi = PesoCorpo(many=True, max_length=5000)


@extend_schema(parameters=[IL_PIANO])
class PesiDelPiano(DelPiano):
    """I pesi dell'albero di un piano."""

    ambito = "obiettivi"
    raccolta = "piani"
    modello = Piano
    serializer_class = PesiForma
    pagination_class = None
    filter_backends = ()

    @extend_schema(
        summary="I pesi di un piano",
        operation_id="piani_pesi_retrieve",
        responses=forced_singular_serializer(PesiForma),
    )
    def list(self, request: Request, piano: str) -> HttpResponse:
        controlla_parametri(request, ())
        return self.risposta(pesi_di(self.piano()))

    @extend_schema(
        summary="Scrivi i pesi di una bozza",
        description="Quelli nominati, tutti insieme; non fanno ancora 100 per forza. Se nel "
        "frattempo i pesi o le righe sono cambiati la risposta è 412.",
        operation_id="piani_pesi_scrivi",
        request=PesiCorpo,
        responses=forced_singular_serializer(PesiForma),
    )
    def create(self, request: Request, piano: str) -> HttpResponse:
        questo = self.piano()
        self.esigi("piani.modifica", questo)
        dati = self.letti(PesiCorpo)
        pesi: dict[Chiave, Decimal | None] = {
            (uno["tipo"], uno["id"]): uno["peso"] for uno in dati["pesi"]
        }
        if estranei := sorted(pesi.keys() - nodi_di(questo).keys()):
            tipo, chiave = estranei[0]
            raise ValidationError(
                {"pesi": _("Nell'albero non c'è: %(tipo)s %(chiave)s.")
                 % {"tipo": tipo, "chiave": chiave}}
            )  # fmt: skip
        try:
            azioni.pesa(questo, pesi, visto=dati["visti"], da=request.user)
        except Superata as errore:
            raise Superato from errore
        return self.risposta(pesi_di(questo))


def pesi_di(piano: Piano) -> dict[str, Any]:
    """The weights of a tree as sent, with their mark: three queries."""
    nodi = nodi_di(piano)
    return {
        "visti": impronta_pesi(nodi),
        "pesi": [
            {"tipo": tipo, "id": chiave, "nome": nome_di(nodo), "peso": nodo.peso}
            for (tipo, chiave), nodo in nodi.items()
        ],
    }


class Scorrimento(Corpo):
    """The revision to begin."""

    titolo = serializers.CharField(max_length=200)
    anno_inizio = serializers.IntegerField(
        min_value=2009, max_value=2100, allow_null=True, default=None,
        help_text="Senza, l'anno dopo il primo del piano.",
    )  # fmt: skip
    proponi = serializers.BooleanField(
        default=False, help_text="Gli anni nuovi hanno il target dell'ultimo che c'era."
    )


@extend_schema(parameters=[IL_PIANO])
class ScorrimentoDelPiano(DelPiano):
    """La revisione a scorrimento di un piano adottato."""

    ambito = "obiettivi"
    raccolta = "piani"
    modello = Piano
    serializer_class = PianoForma

    @extend_schema(
        summary="Comincia la revisione a scorrimento",
        description="Una bozza per gli anni dopo, con le sezioni, l'albero e i target comuni.",
        operation_id="piani_scorrimento_create",
        request=Scorrimento,
        responses={201: PianoForma},
    )
    def create(self, request: Request, piano: str) -> HttpResponse:
        questo = self.piano()
        self.esigi("piani.modifica", questo)
        nuovo = azioni.scorri(questo, **self.letti(Scorrimento), da=request.user)
        suo = PianoRisorsa(request=request, kwargs={}, format_kwarg=None)
        return self.risposta(suo.una(pk=nuovo.pk), 201, Location=f"/api/v1/piani/{nuovo.slug}")


class TargetInteroForma(TargetForma):
    """What is asked of a misura in a year, at its own address."""

    misura = serializers.IntegerField(source="misura_id")
    certezza = serializers.ChoiceField(
        source="lettura.certezza",
        choices=[str(una) for una in Certezza],
        help_text="Di come il testo è stato letto.",
    )


class TargetRisorsa(Lettura):
    """I target, anno per anno, con come sono stati letti."""

    ambito = "obiettivi"
    raccolta = "misure"
    modello = Target
    serializer_class = TargetInteroForma
    filterset_class = filtro(
        Target,
        "stampato",
        misura="misura_id",
        anno="anno",
        piano="misura__obiettivo__area__piano__slug",
    )
    ordini = {"anno": "anno"}
    ordine = ("misura_id", "anno")
    collegati = ("misura__obiettivo__area__piano__azienda", "misura__indicatore")

    def visibili(self) -> QuerySet[Any]:
        piani = Piano.objects.visibili_a(self.request.user)
        return Target.objects.filter(misura__obiettivo__area__piano__in=piani)

    @extend_schema(
        summary="Conferma come si legge",
        description="Di un target letto con qualche dubbio: da qui vale com'è letto.",
        request=None,
        responses=TargetInteroForma,
    )
    @action(detail=True, methods=["post"])
    def conferma(self, request: Request, pk: str) -> HttpResponse:
        target = self.oggetto()
        self.esigi("obiettivi.conferma_lettura", target.misura.piano)
        azioni.conferma_lettura(target, da=request.user)
        return self.risposta(self.una(pk=target.pk))
