# SPDX-License-Identifier: AGPL-3.0-or-later
"""The register of the obligations of publication of an azienda; what was published elsewhere."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.helpers import forced_singular_serializer
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request

from piani.api.elenchi import filtro
from piani.api.filtri import controlla_parametri
from piani.api.forme import Corpo, Forma, MiaUnita
from piani.api.piani import Motivo
from piani.api.risorse import Lettura, Risorsa
from piani.models import Azienda, PubblicazioneAltrove, Ruolo
from piani.obblighi import azioni
from piani.obblighi.azioni import PERMESSO
from piani.obblighi.stato import Stato, Voce, quadro

CODICE = r"[-a-zA-Z0-9_]{1,50}"
DELL_AZIENDA = rf"aziende/(?P<azienda>{CODICE})/obblighi"
_AZIENDA = OpenApiParameter("azienda", OpenApiTypes.STR, OpenApiParameter.PATH)
_OBBLIGO = OpenApiParameter("codice", OpenApiTypes.STR, OpenApiParameter.PATH)


Voci = list[Voce]


class UscitaForma(Forma):
    """Something published that fulfils an obligation."""

    titolo = serializers.CharField()
    indirizzo = serializers.CharField()
    pubblicato_il = serializers.DateField(
        allow_null=True, help_text="Senza: una tabella che si aggiorna da sé."
    )
    anno = serializers.IntegerField(allow_null=True)
    scade_il = serializers.DateField(allow_null=True)
    altrove = serializers.IntegerField(
        allow_null=True, help_text="Chiave, se è stato pubblicato fuori da Albero."
    )


class ObbligoForma(Forma):
    """An obligation, and how it stands in the azienda."""

    codice = serializers.CharField()
    percorso = serializers.CharField(help_text="Dove sta nella sezione.")
    etichetta = serializers.CharField()
    norma = serializers.CharField()
    schema = serializers.CharField()
    frequenza = serializers.CharField()
    stato = serializers.ChoiceField(choices=Stato.choices)
    ruolo = serializers.ChoiceField(choices=Ruolo.choices, help_text="Chi se ne occupa.")
    unita = serializers.IntegerField(allow_null=True)
    prossima = serializers.DateField(allow_null=True, help_text="Entro quando.")
    norma_termine = serializers.CharField()
    perche_non_si_applica = serializers.CharField()
    uscite = UscitaForma(many=True)


class ObblighiForma(Forma):
    obblighi = ObbligoForma(many=True)


class Affidamento(Corpo):
    ruolo = serializers.ChoiceField(choices=Ruolo.choices)
    unita = MiaUnita(required=False, allow_null=True)


class NuovoAltrove(Corpo):
    titolo = serializers.CharField(max_length=250)
    indirizzo = serializers.URLField(max_length=500)
    anno = serializers.IntegerField(min_value=2009, max_value=2100)
    pubblicato_il = serializers.DateField()


@extend_schema(parameters=[_AZIENDA])
class ObbligoRisorsa(Risorsa):
    """Gli obblighi di pubblicazione di un'azienda: chi se ne occupa, che cosa è pubblicato, che
    cosa manca."""

    ambito = "piani"
    raccolta = "obblighi"
    modello = Azienda
    serializer_class = ObbligoForma
    lookup_field = "codice"
    lookup_value_regex = CODICE
    pagination_class = None
    filter_backends = ()

    @extend_schema(
        summary="Gli obblighi di un'azienda",
        operation_id="obblighi_list",
        responses=forced_singular_serializer(ObblighiForma),
    )
    def list(self, request: Request, azienda: str) -> HttpResponse:
        controlla_parametri(request, ())
        return self.risposta({"obblighi": [_detto(voce) for voce in self._voci()]})

    @extend_schema(parameters=[_OBBLIGO])
    def retrieve(self, request: Request, azienda: str, codice: str) -> HttpResponse:
        controlla_parametri(request, ())
        return self.risposta(_detto(self._voce()))

    @extend_schema(
        summary="Di' chi se ne occupa", parameters=[_OBBLIGO], request=Affidamento,
        responses=ObbligoForma,
    )  # fmt: skip
    @action(detail=True, methods=["post"])
    def affidamento(self, request: Request, azienda: str, codice: str) -> HttpResponse:
        return self._scrivi(azioni.affida, Affidamento)

    @extend_schema(
        summary="Non si applica",
        description="Il motivo si legge nella pagina pubblica.",
        parameters=[_OBBLIGO],
        request=Motivo,
        responses=ObbligoForma,
    )
    @action(detail=True, methods=["post"], url_path="non-si-applica")
    def non_si_applica(self, request: Request, azienda: str, codice: str) -> HttpResponse:
        return self._scrivi(azioni.dichiara_non_applicabile, Motivo)

    @extend_schema(
        summary="Si applica di nuovo", parameters=[_OBBLIGO], request=None, responses=ObbligoForma
    )
    @action(detail=True, methods=["post"], url_path="si-applica")
    def si_applica(self, request: Request, azienda: str, codice: str) -> HttpResponse:
        return self._scrivi(azioni.riprendi)

    @extend_schema(
        summary="Registra un documento pubblicato altrove",
        parameters=[_OBBLIGO],
        request=NuovoAltrove,
        responses=ObbligoForma,
    )
    @action(detail=True, methods=["post"])
    def altrove(self, request: Request, azienda: str, codice: str) -> HttpResponse:
        return self._scrivi(azioni.registra_altrove, NuovoAltrove)

    def _scrivi(self, azione: Any, forma: type[Corpo] | None = None) -> HttpResponse:
        voce = self._voce()
        self.esigi(PERMESSO, voce.azienda)
        dati = self.letti(forma) if forma else {}
        azione(voce.azienda, voce.obbligo, **dati, da=self.request.user)
        return self.risposta(_detto(self._voce()))

    def _voci(self) -> Voci:
        azienda = get_object_or_404(self.get_queryset(), codice=self.kwargs["azienda"])
        return quadro([azienda], timezone.localdate(), con_tabelle=True)[azienda.pk]

    def _voce(self) -> Voce:
        for voce in self._voci():
            if voce.obbligo.codice == self.kwargs["codice"]:
                return voce
        raise Http404


class AltroveForma(Forma):
    """A document that fulfils an obligation, published out of Albero."""

    id = serializers.IntegerField()
    azienda = serializers.CharField(source="azienda.codice")
    codice = serializers.CharField(help_text="Dell'obbligo.")
    titolo = serializers.CharField()
    indirizzo = serializers.CharField()
    anno = serializers.IntegerField()
    pubblicato_il = serializers.DateField()


class AltroveRisorsa(Lettura):
    """I documenti pubblicati fuori da Albero, con il loro indirizzo."""

    ambito = "piani"
    raccolta = "obblighi"
    modello = PubblicazioneAltrove
    serializer_class = AltroveForma
    filterset_class = filtro(
        PubblicazioneAltrove, "titolo", azienda="azienda__codice", codice="codice", anno="anno"
    )
    ordini = {"pubblicato_il": "pubblicato_il", "titolo": "titolo"}
    ordine = ("azienda_id", "codice", "-pubblicato_il")
    collegati = ("azienda",)
    condizionati = ("destroy",)

    def visibili(self) -> QuerySet[Any]:
        return PubblicazioneAltrove.objects.visibili_a(self.request.user)

    def destroy(self, request: Request, pk: str) -> HttpResponse:
        with self.in_modifica(PERMESSO) as riga:
            azioni.togli_altrove(riga, da=request.user)
        return HttpResponse(status=204)


def _detto(voce: Voce) -> dict[str, Any]:
    obbligo, cura = voce.obbligo, voce.cura
    return {
        "codice": obbligo.codice,
        "percorso": obbligo.percorso,
        "etichetta": obbligo.etichetta,
        "norma": obbligo.norma,
        "schema": obbligo.schema,
        "frequenza": obbligo.frequenza,
        "stato": voce.stato.value,
        "ruolo": voce.ruolo,
        "unita": cura.unita_id if cura else None,
        "prossima": voce.prossima,
        "norma_termine": obbligo.norma_termine,
        "perche_non_si_applica": cura.motivo if cura else "",
        "uscite": [
            {
                "titolo": str(una.titolo),
                "indirizzo": una.url,
                "pubblicato_il": una.il,
                "anno": una.anno,
                "scade_il": una.scade_il,
                "altrove": una.altrove.pk if una.altrove else None,
            }
            for una in voce.uscite
        ],
    }
