# SPDX-License-Identifier: AGPL-3.0-or-later
"""The signed PDF of a published document: read with its verification, attached, taken away."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from drf_spectacular.helpers import forced_singular_serializer
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import (
    OpenApiParameter,
    extend_schema,
    extend_schema_field,
    extend_schema_view,
)
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request

from piani import azioni
from piani.api.elenchi import lette
from piani.api.filtri import controlla_parametri
from piani.api.forme import Corpo, Forma, InBase64
from piani.api.piani import Motivo
from piani.api.risorse import Risorsa
from piani.azioni.firma import chi_pubblica
from piani.models import DocumentoEnte, DocumentoPubblicato, PdfFirmato
from piani.models.firma import Firmabile

DEL_DOCUMENTO = r"documenti/(?P<documento>[0-9]{1,18})/firma"
DEL_DOCUMENTO_ENTE = r"documenti-ente/(?P<documento>[0-9]{1,18})/firma"


@extend_schema_field({"type": "array", "items": {"type": "object", "additionalProperties": {}}})
class Verbale(serializers.JSONField):
    """Each signature as it was found when it was verified."""


class FirmatoForma(Forma):
    """The signed PDF of a document."""

    documento = serializers.IntegerField(source="documento_id", allow_null=True)
    documento_ente = serializers.IntegerField(source="documento_ente_id", allow_null=True)
    origine = serializers.ChoiceField(choices=PdfFirmato.Origine.choices)
    sha256 = serializers.CharField()
    dimensione = serializers.IntegerField(help_text="In byte.")
    catena_verificata = serializers.BooleanField()
    verificato_il = serializers.DateTimeField()
    firme = Verbale(help_text="Il verbale della verifica, firma per firma.")


class AllegaFirmato(Corpo):
    contenuto = InBase64(help_text="Il PDF pubblicato, firmato (PAdES), in base64.")


def descritta(nome: str) -> Any:
    """What the description says of a resource of signatures; ``nome`` begins its operations."""
    una = forced_singular_serializer(FirmatoForma)
    return extend_schema_view(
        list=extend_schema(
            summary="Le firme di un documento", operation_id=f"{nome}_retrieve", responses=una
        ),
        create=extend_schema(
            summary="Allega il PDF firmato",
            description="Firmato altrove: si tiene se è il documento pubblicato e le firme "
            "reggono.",
            operation_id=f"{nome}_create",
            request=AllegaFirmato,
            responses={201: una},
        ),
        sigillo=extend_schema(
            summary="Apponi il sigillo dell'ente", request=None, responses={201: FirmatoForma}
        ),
        ritiro=extend_schema(
            summary="Togli il PDF firmato",
            description="Allegato per sbaglio: il documento resta pubblicato.",
            request=Motivo,
            responses={204: None},
        ),
    )


@descritta("documenti_firma")
@extend_schema(parameters=[OpenApiParameter("documento", OpenApiTypes.INT, OpenApiParameter.PATH)])
class FirmaDelDocumento(Risorsa):
    """Il PDF firmato di un documento pubblicato, con il verbale della verifica."""

    ambito = "piani"
    raccolta = "documenti"
    modello: type[Firmabile] = DocumentoPubblicato
    della_stessa = ("piano__azienda",)
    serializer_class = FirmatoForma
    pagination_class = None
    filter_backends = ()

    def visibili(self) -> QuerySet[Any]:
        return self.modello.objects.visibili_a(self.request.user).pubblicati()

    def list(self, request: Request, documento: str) -> HttpResponse:
        controlla_parametri(request, ())
        return self.risposta(self._firmato(self._documento()))

    def create(self, request: Request, documento: str) -> HttpResponse:
        questo = self._documento()
        self.esigi(*chi_pubblica(questo))
        file = SimpleUploadedFile("firmato.pdf", self.letti(AllegaFirmato)["contenuto"])
        azioni.allega_firmato(questo, file=file, da=request.user)
        return self.risposta(self._firmato(questo), 201)

    @action(detail=False, methods=["post"])
    def sigillo(self, request: Request, documento: str) -> HttpResponse:
        questo = self._documento()
        self.esigi("piani.appone_sigillo", chi_pubblica(questo)[1])
        azioni.apponi_sigillo(questo, da=request.user)
        return self.risposta(self._firmato(questo), 201)

    @action(detail=False, methods=["post"])
    def ritiro(self, request: Request, documento: str) -> HttpResponse:
        questo = self._documento()
        self.esigi(*chi_pubblica(questo))
        azioni.togli_firmato(questo, **self.letti(Motivo), da=request.user)
        return HttpResponse(status=204)

    def _documento(self) -> Firmabile:
        visibili = self.get_queryset().select_related(*self.della_stessa)
        trovato: Firmabile = get_object_or_404(visibili, pk=self.kwargs["documento"])
        return trovato

    def _firmato(self, documento: Firmabile) -> dict[str, Any]:
        trovati = lette(PdfFirmato.objects.di(documento), FirmatoForma)
        if not trovati:
            raise Http404
        return trovati[0]


@descritta("documenti_ente_firma")
@extend_schema(parameters=[OpenApiParameter("documento", OpenApiTypes.INT, OpenApiParameter.PATH)])
class FirmaDelDocumentoEnte(FirmaDelDocumento):
    """Il PDF firmato di un documento dell'ente, con il verbale della verifica."""

    modello = DocumentoEnte
    della_stessa = ("azienda",)
