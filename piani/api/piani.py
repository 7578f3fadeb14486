# SPDX-License-Identifier: AGPL-3.0-or-later
"""Plans: begun, changed, taken from a step to the next."""

from typing import Any

from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request

from piani import azioni
from piani.api.filtri import controlla_parametri
from piani.api.forme import Corpo, Forma, MiaAzienda
from piani.api.risorse import Lettura
from piani.filters import PianoFilter
from piani.models import Piano
from piani.passaggi import Passo, prossimo
from piani.verifiche import Cancello, cancello

SLUG = r"[-a-zA-Z0-9_]{1,80}"


class PianoForma(Forma):
    """A plan, without its content."""

    slug = serializers.CharField()
    azienda = serializers.CharField(source="azienda.codice")
    tipo = serializers.ChoiceField(choices=Piano.Tipo.choices)
    titolo = serializers.CharField()
    anno_inizio = serializers.IntegerField()
    anno_fine = serializers.IntegerField()
    stato = serializers.ChoiceField(choices=Piano.Stato.choices)
    scorrimento_di = serializers.CharField(source="scorrimento_di.slug", allow_null=True)
    atto_tipo = serializers.CharField()
    atto_numero = serializers.CharField()
    atto_data = serializers.DateField(allow_null=True)
    atto_organo = serializers.CharField()
    nucleo_organo = serializers.CharField()
    nucleo_data = serializers.DateField(allow_null=True)
    nucleo_esito = serializers.CharField()
    nota = serializers.CharField()
    meno_di_50 = serializers.BooleanField(help_text="Di un PIAO: esce in forma semplificata.")


class NuovoPiano(Corpo):
    """A draft to begin."""

    azienda = MiaAzienda()
    tipo = serializers.ChoiceField(choices=Piano.Tipo.choices)
    titolo = serializers.CharField(max_length=200)
    anno_inizio = serializers.IntegerField(min_value=2009, max_value=2100)
    anno_fine = serializers.IntegerField(min_value=2009, max_value=2105)


class CambiaPiano(Corpo):
    """What changes of a draft."""

    titolo = serializers.CharField(max_length=200, required=False)
    nota = serializers.CharField(max_length=10_000, allow_blank=True, required=False)
    meno_di_50 = serializers.BooleanField(
        required=False, help_text="Solo di un PIAO di cui non si sanno i dipendenti dell'azienda."
    )


class Viste(Corpo):
    """The mark of the warnings seen, as ``GET …/cancello`` says it."""

    avvertenze_viste = serializers.CharField(max_length=64, allow_blank=True, default="")


class Motivo(Corpo):
    motivo = serializers.CharField(max_length=2000)


class Adozione(Viste):
    """The act that adopts the plan."""

    atto_tipo = serializers.CharField(max_length=60)
    atto_numero = serializers.CharField(max_length=30)
    atto_data = serializers.DateField()
    atto_organo = serializers.CharField(max_length=100)
    motivo_ritardo = serializers.CharField(max_length=5000, allow_blank=True, default="")


class Pubblicazione(Viste):
    motivo = serializers.CharField(max_length=5000, allow_blank=True, default="")


class MancanzaForma(Forma):
    testo = serializers.CharField()
    gruppo = serializers.CharField()
    pagina = serializers.CharField(help_text="Dove si guarda, fra le pagine.")


class CancelloForma(Forma):
    """What stands before the next step of the plan."""

    passo = serializers.ChoiceField(
        choices=[*(uno.name.lower() for uno in Passo), "approvazione"],
        help_text="«approvazione» è quella di una Relazione.",
    )
    bloccano = MancanzaForma(many=True)
    avvertono = MancanzaForma(many=True)
    avvertenze_viste = serializers.CharField(help_text="Da rimandare con il passo.")


class PianoFiltroApi(PianoFilter):
    """The page's, sorted by ``ordering``."""

    ordina = None  # type: ignore[assignment]


class PianoRisorsa(Lettura):
    """I piani delle aziende di chi chiede; in bozza si scrivono."""

    ambito = "piani"
    raccolta = "piani"
    modello = Piano
    serializer_class = PianoForma
    filterset_class = PianoFiltroApi
    ordini = {"titolo": "titolo", "anno_inizio": "anno_inizio", "stato": "stato"}
    ordine = ("azienda__nome", "-anno_inizio", "tipo")
    collegati = ("azienda",)
    condizionati = ("partial_update", "destroy")
    lookup_field = "slug"
    lookup_value_regex = SLUG

    @extend_schema(request=NuovoPiano, responses={201: PianoForma})
    def create(self, request: Request) -> HttpResponse:
        dati = self.letti(NuovoPiano)
        piano = azioni.crea_piano(**dati, da=request.user)
        return self.risposta(self.una(pk=piano.pk), 201, Location=f"/api/v1/piani/{piano.slug}")

    @extend_schema(request=CambiaPiano, responses=PianoForma)
    def partial_update(self, request: Request, slug: str) -> HttpResponse:
        with self.in_modifica("piani.modifica") as piano:
            detti = {"titolo": piano.titolo, "nota": piano.nota} | self.letti(CambiaPiano)
            azioni.modifica_piano(piano, **detti, da=request.user)
        return self.risposta(self.una(pk=piano.pk))

    def destroy(self, request: Request, slug: str) -> HttpResponse:
        with self.in_modifica("piani.modifica") as piano:
            azioni.elimina_piano(piano, da=request.user)
        return HttpResponse(status=204)

    @extend_schema(summary="Che cosa manca al prossimo passo", responses=CancelloForma)
    @action(detail=True, methods=["get"])
    def cancello(self, request: Request, slug: str) -> HttpResponse:
        controlla_parametri(request, ())
        piano = self.oggetto()
        passaggio = prossimo(piano)
        passo = passaggio.passo if passaggio else Passo.PUBBLICAZIONE
        return self.risposta(cancello_in_dati(cancello(piano, passo), passo.name.lower()))

    @extend_schema(summary="Invia al Nucleo", request=Viste, responses=PianoForma)
    @action(detail=True, methods=["post"])
    def invio(self, request: Request, slug: str) -> HttpResponse:
        return self.passo("piani.modifica", azioni.invia, Viste)

    @extend_schema(summary="Riporta in bozza", request=Motivo, responses=PianoForma)
    @action(detail=True, methods=["post"])
    def bozza(self, request: Request, slug: str) -> HttpResponse:
        return self.passo("piani.modifica", azioni.riporta_in_bozza, Motivo)

    @extend_schema(summary="Adotta", request=Adozione, responses=PianoForma)
    @action(detail=True, methods=["post"])
    def adozione(self, request: Request, slug: str) -> HttpResponse:
        return self.passo("piani.adotta", azioni.adotta, Adozione)

    @extend_schema(
        summary="Pubblica",
        description="Fissa una versione e la manda in stampa: è pubblica appena pronta.",
        request=Pubblicazione,
        responses={202: PianoForma},
    )
    @action(detail=True, methods=["post"])
    def pubblicazione(self, request: Request, slug: str) -> HttpResponse:
        return self.passo("piani.pubblica", azioni.pubblica, Pubblicazione, 202)


def cancello_in_dati(davanti: Cancello, passo: str) -> dict[str, Any]:
    """What stands before a step, as sent."""

    def dette(mancanze: Any) -> list[dict[str, str]]:
        return [
            {"testo": str(una.testo), "gruppo": str(una.gruppo), "pagina": una.url}
            for una in mancanze
        ]

    return {
        "passo": passo,
        "bloccano": dette(davanti.bloccano),
        "avvertono": dette(davanti.avvertono),
        "avvertenze_viste": davanti.impronta,
    }
