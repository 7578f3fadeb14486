# SPDX-License-Identifier: AGPL-3.0-or-later
"""A scheda from a step to the next: negotiated, signed, made known, revised, evaluated, closed."""

from typing import Any

from django.http import Http404, HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request

from obiettivi import azioni
from obiettivi.api.controdeduzioni import ControdeduzioneForma, ControdeduzioneRisorsa
from obiettivi.api.forme import ConMotivo
from obiettivi.api.forme_schede import SchedaForma
from obiettivi.api.negoziazione import (
    MessaggioForma,
    NegoziazioneForma,
    messaggi_di,
    negoziazione_di,
)
from obiettivi.azioni.scheda import PREPARA
from obiettivi.models import FirmaScheda, RigaScheda, ValidazioneScheda
from piani.api.filtri import controlla_parametri
from piani.api.forme import Corpo
from piani.api.risorse import Risorsa

TESTO = {"max_length": 10_000}
GUIDA = "obiettivi.guida_scheda"


class Messaggio(Corpo):
    testo = serializers.CharField(**TESTO)


class Firma(Corpo):
    """The version that the person read, and in what quality they sign it."""

    ruolo = serializers.ChoiceField(choices=FirmaScheda.Ruolo.choices)
    versione_vista = serializers.IntegerField(min_value=1, max_value=32_000)


class Revisione(Corpo):
    """The act that opens the scheda again."""

    motivo = serializers.CharField(**TESTO)
    atto_tipo = serializers.CharField(max_length=60)
    atto_numero = serializers.CharField(max_length=30)
    atto_data = serializers.DateField()


class Controdeduci(Corpo):
    riga = serializers.PrimaryKeyRelatedField(
        queryset=RigaScheda.objects.all(),
        allow_null=True,
        default=None,
        help_text="Di questa scheda; senza, riguarda tutta la scheda.",
    )
    testo = serializers.CharField(**TESTO)


class ValidaScheda(Corpo):
    """What the Nucleo says. ``visto``: the mark of what was looked at (``GET …/negoziazione``)."""

    esito = serializers.ChoiceField(choices=ValidazioneScheda.Esito.choices)
    motivazione = serializers.CharField(**TESTO)
    data = serializers.DateField(allow_null=True, default=None)
    visto = serializers.CharField(max_length=64, allow_null=True, default=None)


class PassiDellaScheda(Risorsa):
    """What is done of a scheda of a CdR."""

    @extend_schema(
        summary="Come si è negoziata una scheda",
        description="Versioni con le firme, messaggi, revisioni, validazioni: per chi negozia.",
        responses=NegoziazioneForma,
    )
    @action(detail=True, methods=["get"])
    def negoziazione(self, request: Request, pk: str) -> HttpResponse:
        controlla_parametri(request, ())
        scheda = self.oggetto()
        if not request.user.has_perm("obiettivi.legge_negoziazione", scheda):
            raise Http404
        return self.risposta(negoziazione_di(scheda))

    @extend_schema(
        summary="Invia in negoziazione",
        description="La prima volta, o il contenuto cambiato come nuova versione: allora si dice "
        "il motivo.",
        request=ConMotivo,
        responses=SchedaForma,
    )
    @action(detail=True, methods=["post"])
    def invio(self, request: Request, pk: str) -> HttpResponse:
        return self.passo(PREPARA, azioni.invia_scheda, ConMotivo)

    @extend_schema(
        summary="Scrivi un messaggio", request=Messaggio, responses={201: MessaggioForma}
    )
    @action(detail=True, methods=["post"])
    def messaggi(self, request: Request, pk: str) -> HttpResponse:
        scheda = self.oggetto()
        self.esigi("obiettivi.negozia_scheda", scheda)
        nuovo = azioni.scrivi_messaggio(scheda, **self.letti(Messaggio), da=request.user)
        return self.risposta(messaggi_di(scheda, pk=nuovo.pk)[0], 201)

    @extend_schema(
        summary="Firma",
        description="Di persona, con la propria sessione: un programma non firma.",
        request=Firma,
        responses=SchedaForma,
    )
    @action(detail=True, methods=["post"])
    def firma(self, request: Request, pk: str) -> HttpResponse:
        return self.passo("obiettivi.negozia_scheda", azioni.firma, Firma)

    @extend_schema(
        summary="Divulga al personale",
        description="Lo fa chi guida il CdR: da qui i risultati sono in monitoraggio.",
        request=None,
        responses=SchedaForma,
    )
    @action(detail=True, methods=["post"])
    def divulgazione(self, request: Request, pk: str) -> HttpResponse:
        return self.passo(GUIDA, azioni.divulga)

    @extend_schema(
        summary="Prendi visione",
        description="Di persona: chi lavora nel CdR.",
        request=None,
        responses=SchedaForma,
    )
    @action(detail=True, methods=["post"], url_path="presa-visione")
    def presa_visione(self, request: Request, pk: str) -> HttpResponse:
        return self.passo("obiettivi.prende_visione", azioni.prendi_visione)

    @extend_schema(summary="Apri una revisione", request=Revisione, responses=SchedaForma)
    @action(detail=True, methods=["post"])
    def revisione(self, request: Request, pk: str) -> HttpResponse:
        return self.passo(PREPARA, azioni.apri_revisione, Revisione)

    @extend_schema(summary="Abbandona la revisione", request=ConMotivo, responses=SchedaForma)
    @action(detail=True, methods=["post"], url_path="revisione/abbandono")
    def abbandono(self, request: Request, pk: str) -> HttpResponse:
        return self.passo(PREPARA, azioni.abbandona_revisione, ConMotivo)

    @extend_schema(
        summary="Comincia la valutazione",
        description="Se manca qualche rendicontazione, si dice il motivo.",
        request=ConMotivo,
        responses=SchedaForma,
    )
    @action(detail=True, methods=["post"])
    def valutazione(self, request: Request, pk: str) -> HttpResponse:
        return self.passo(PREPARA, azioni.avvia_valutazione, ConMotivo)

    @extend_schema(
        summary="Presenta una controdeduzione",
        description="Lo fa chi guida il CdR.",
        request=Controdeduci,
        responses={201: ControdeduzioneForma},
    )
    @action(detail=True, methods=["post"])
    def controdeduzioni(self, request: Request, pk: str) -> HttpResponse:
        scheda = self.oggetto()
        self.esigi(GUIDA, scheda)
        dati: dict[str, Any] = self.letti(Controdeduci)
        nuova = azioni.controdeduci(scheda, **dati, da=request.user)
        return self.creata(nuova.pk, "controdeduzioni", ControdeduzioneRisorsa)

    @extend_schema(
        summary="Valida o rinvia",
        description="Lo fa il Nucleo di valutazione.",
        request=ValidaScheda,
        responses=SchedaForma,
    )
    @action(detail=True, methods=["post"])
    def validazione(self, request: Request, pk: str) -> HttpResponse:
        return self.passo("obiettivi.valida_scheda", azioni.valida_scheda, ValidaScheda)

    @extend_schema(summary="Chiudi", request=None, responses=SchedaForma)
    @action(detail=True, methods=["post"])
    def chiusura(self, request: Request, pk: str) -> HttpResponse:
        return self.passo(PREPARA, azioni.chiudi_scheda)
