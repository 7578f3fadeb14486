# SPDX-License-Identifier: AGPL-3.0-or-later
"""The papers of the projects: their rows, and the files themselves."""

from django.http.response import HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request

from conciliazione.api.base import filtro
from conciliazione.api.del_progetto import DelProgetto
from conciliazione.azioni.documento_progetto import PERMESSO as DOCUMENTA
from conciliazione.azioni.documento_progetto import togli_documento
from conciliazione.models import DocumentoProgetto
from obiettivi.schede.prove import AMMESSI, NOME_MASSIMO, TIPI
from piani.api.file import ConFile, Qualunque
from piani.api.formato import Scrittore
from piani.api.forme import Corpo, Forma, InBase64
from piani.api.passi import SiToglie


class DocumentoDiProgettoForma(Forma):
    id = serializers.IntegerField()
    progetto = serializers.IntegerField(source="progetto_id")
    genere = serializers.ChoiceField(choices=DocumentoProgetto.Genere.choices)
    nome = serializers.CharField()
    tipo = serializers.CharField()
    dimensione = serializers.IntegerField(help_text="In byte.")
    sha256 = serializers.CharField()
    caricato_il = serializers.DateTimeField()


class NuovoDocumentoDiProgetto(Corpo):
    genere = serializers.ChoiceField(choices=DocumentoProgetto.Genere.choices)
    nome = serializers.CharField(
        max_length=NOME_MASSIMO, help_text=f"Con la sua estensione: {AMMESSI}."
    )
    contenuto = InBase64(help_text="Il documento, in base64.")


class DocumentoDiProgettoRisorsa(SiToglie, ConFile, DelProgetto):
    """I documenti dei progetti: accordi firmati, relazioni, materiali. Li carica e li toglie il
    capofila dell'Alleanza con la sua sessione, o l'ATS."""

    raccolta = "documenti-di-progetto"
    modello = DocumentoProgetto
    serializer_class = DocumentoDiProgettoForma
    filterset_class = filtro(
        DocumentoProgetto, "nome", edizione="progetto__edizione", progetto="progetto",
        genere="genere",
    )  # fmt: skip
    ordini = {"caricato_il": "caricato_il", "nome": "nome"}
    ordine = ("progetto_id", "caricato_il")
    condizionati = ("destroy",)
    toglie = (DOCUMENTA, togli_documento)

    @extend_schema(
        summary="Scarica il documento",
        responses={(200, tipo): OpenApiTypes.BINARY for tipo in TIPI.values()},
    )
    @action(
        detail=True, methods=["get"], renderer_classes=[Scrittore, Qualunque],
        pagination_class=None, filterset_class=None,
    )  # fmt: skip
    def contenuto(self, request: Request, pk: str) -> HttpResponseBase:
        return self.scarica_riga(self.oggetto())
