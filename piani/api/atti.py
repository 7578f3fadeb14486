# SPDX-License-Identifier: AGPL-3.0-or-later
"""The papers of a plan: what the Nucleo and the directors say of it, its act, its receipts."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request

from piani import azioni
from piani.api.del_piano import IL_PIANO, DelPiano
from piani.api.elenchi import lette
from piani.api.file import ConFile, Jpeg, Pdf, Png
from piani.api.filtri import controlla_parametri
from piani.api.formato import Scrittore
from piani.api.forme import Corpo, Forma, InBase64
from piani.api.piani import PianoForma, PianoRisorsa, Viste
from piani.api.risorse import Risorsa, Singola
from piani.azioni.righe import con_riga_bloccata
from piani.models import Parere, Piano, RicevutaPortale, ValidazioneNucleo

TIPI_DI_FILE = {una.format: una for una in (Pdf, Png, Jpeg)}
ADOTTA, PUBBLICA = "piani.adotta", "piani.pubblica"


class ParerePianoForma(Forma):
    """What a director thinks of a validated plan."""

    id = serializers.IntegerField()
    piano = serializers.CharField(source="piano.slug")
    ruolo = serializers.ChoiceField(choices=Parere.Ruolo.choices)
    esito = serializers.ChoiceField(choices=Parere.Esito.choices)
    data = serializers.DateField(allow_null=True)
    testo = serializers.CharField()


class ValidazioneNucleoForma(Forma):
    id = serializers.IntegerField()
    esito = serializers.ChoiceField(choices=ValidazioneNucleo.Esito.choices)
    data = serializers.DateField()
    motivazione = serializers.CharField()


class RicevutaForma(Forma):
    """The receipt of the Portale PIAO."""

    id = serializers.IntegerField()
    data = serializers.DateField()
    protocollo = serializers.CharField()
    versione = serializers.IntegerField()
    sha256 = serializers.CharField(help_text="Del file; vuoto se non è allegato.")


class AttiForma(Forma):
    pareri = ParerePianoForma(many=True)
    validazioni = ValidazioneNucleoForma(many=True)
    ricevute = RicevutaForma(many=True)


class NuovoParere(Corpo):
    ruolo = serializers.ChoiceField(choices=Parere.Ruolo.choices)
    esito = serializers.ChoiceField(choices=Parere.Esito.choices)
    data = serializers.DateField()
    testo = serializers.CharField(max_length=10_000, allow_blank=True, default="")


class ValidaPiano(Viste):
    """What the Nucleo says of the plan."""

    esito = serializers.ChoiceField(choices=ValidazioneNucleo.Esito.choices)
    data = serializers.DateField()
    motivazione = serializers.CharField(max_length=10_000)
    organo = serializers.CharField(max_length=100, allow_blank=True, default="")


class CompletaAtto(Corpo):
    """What is not said yet of the act; what is said does not change."""

    atto_tipo = serializers.CharField(max_length=60, required=False)
    atto_numero = serializers.CharField(max_length=30, required=False)
    atto_data = serializers.DateField(required=False)
    atto_organo = serializers.CharField(max_length=100, required=False)


class NuovaRicevuta(Corpo):
    data = serializers.DateField()
    protocollo = serializers.CharField(max_length=60)
    file = InBase64(
        required=False, help_text="La ricevuta che il Portale rilascia, PDF o immagine, in base64."
    )

    def validate_file(self, contenuto: bytes) -> SimpleUploadedFile:
        return SimpleUploadedFile("ricevuta", contenuto)


@extend_schema(parameters=[IL_PIANO])
class AttiDelPiano(DelPiano):
    """Le carte di un piano: pareri, validazioni del Nucleo, ricevute del Portale PIAO."""

    ambito = "piani"
    raccolta = "piani"
    modello = Piano
    serializer_class = AttiForma
    pagination_class = None
    filter_backends = ()

    @extend_schema(
        summary="Le carte di un piano",
        operation_id="piani_atti_retrieve",
        responses={200: AttiForma(many=False)},
    )
    @action(detail=False, methods=["get"], url_path="atti")
    def atti(self, request: Request, piano: str) -> HttpResponse:
        controlla_parametri(request, ())
        questo = self.piano()
        return self.risposta(
            {
                "pareri": lette(questo.pareri.order_by("pk"), ParerePianoForma),
                "validazioni": lette(questo.validazioni.order_by("pk"), ValidazioneNucleoForma),
                "ricevute": lette(questo.ricevute_portale.order_by("pk"), RicevutaForma),
            }
        )

    @extend_schema(summary="Valida", description="Lo fa il Nucleo.", request=ValidaPiano,
                   responses=PianoForma)  # fmt: skip
    @action(detail=False, methods=["post"])
    def validazione(self, request: Request, piano: str) -> HttpResponse:
        return self._del_piano("piani.valida", azioni.valida, ValidaPiano)

    @extend_schema(summary="Completa l'atto", request=CompletaAtto, responses=PianoForma)
    @action(detail=False, methods=["post"])
    def atto(self, request: Request, piano: str) -> HttpResponse:
        return self._del_piano(ADOTTA, azioni.completa_atto, CompletaAtto)

    @extend_schema(
        summary="Registra un parere", request=NuovoParere, responses={201: ParerePianoForma}
    )
    @action(detail=False, methods=["post"])
    def pareri(self, request: Request, piano: str) -> HttpResponse:
        questo = self.piano()
        self.esigi(ADOTTA, questo)
        parere = azioni.esprimi_parere(questo, **self.letti(NuovoParere), da=request.user)
        return self.creata(parere.pk, "pareri", ParereRisorsa)

    @extend_schema(
        summary="Registra la ricevuta del Portale PIAO",
        request=NuovaRicevuta,
        responses={201: RicevutaForma},
    )
    @action(detail=False, methods=["post"])
    def portale(self, request: Request, piano: str) -> HttpResponse:
        questo = self.piano()
        self.esigi(PUBBLICA, questo)
        nuova = azioni.registra_ricevuta(questo, **self.letti(NuovaRicevuta), da=request.user)
        ricevute = RicevutaPortale.objects.filter(pk=nuova.pk)
        return self.risposta(lette(ricevute, RicevutaForma)[0], 201)

    def _del_piano(self, permesso: str, azione: Any, forma: type[Corpo]) -> HttpResponse:
        questo = self.piano()
        self.esigi(permesso, questo)
        azione(questo, **self.letti(forma), da=self.request.user)
        suo = PianoRisorsa(request=self.request, kwargs={}, format_kwarg=None)
        return self.risposta(suo.una(pk=questo.pk))


class ParereRisorsa(Singola, Risorsa):
    """Un parere su un piano."""

    ambito = "piani"
    raccolta = "piani"
    modello = Parere
    serializer_class = ParerePianoForma
    collegati = ("piano__azienda",)
    condizionati = ("destroy",)

    def visibili(self) -> QuerySet[Any]:
        return Parere.objects.filter(piano__in=Piano.objects.visibili_a(self.request.user))

    def blocca(self, riga: Any) -> None:
        con_riga_bloccata(riga.piano)

    def destroy(self, request: Request, pk: str) -> HttpResponse:
        with self.in_modifica(ADOTTA, lambda uno: uno.piano) as parere:
            azioni.togli_parere(parere, da=request.user)
        return HttpResponse(status=204)


class RicevutaRisorsa(ConFile, Singola, Risorsa):
    """Una ricevuta del Portale PIAO, con il suo file."""

    ambito = "piani"
    raccolta = "piani"
    modello = RicevutaPortale
    serializer_class = RicevutaForma
    collegati = ("piano",)
    pagination_class = None
    filter_backends = ()

    def visibili(self) -> QuerySet[Any]:
        return RicevutaPortale.objects.filter(piano__in=Piano.objects.visibili_a(self.request.user))

    @extend_schema(
        summary="Scarica la ricevuta",
        description="Come il Portale l'ha rilasciata; 404 se il file non è stato allegato.",
        responses={(200, una.media_type): OpenApiTypes.BINARY for una in TIPI_DI_FILE.values()},
    )
    @action(detail=True, methods=["get"], renderer_classes=[Scrittore, *TIPI_DI_FILE.values()])
    def file(self, request: Request, pk: str) -> HttpResponseBase:
        controlla_parametri(request, ())
        questa: RicevutaPortale = self.oggetto()
        if not questa.file or not questa.file.storage.exists(questa.file.name):
            raise Http404
        nome = questa.nome_del_file
        tipo = TIPI_DI_FILE[nome.rpartition(".")[2]].media_type
        with questa.file.open("rb") as aperto:
            contenuto = aperto.read()
        return self.scarica(contenuto, tipo=tipo, nome=nome, impronta=questa.sha256)
