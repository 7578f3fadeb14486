# SPDX-License-Identifier: AGPL-3.0-or-later
"""The two documents of an edition: begun among the plans, then adopted by an act."""

from typing import Any

from django.http import Http404, HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request

from conciliazione.azioni.documento import (
    ADOTTA,
    APRE,
    TITOLI,
    adotta_documento,
    apri_documento,
    titolo_di,
)
from conciliazione.models import EdizioneConciliazione
from piani.api.filtri import controlla_parametri
from piani.api.forme import Corpo, Forma
from piani.models import Piano

_QUALE = OpenApiParameter("quale", OpenApiTypes.STR, OpenApiParameter.PATH, enum=[*TITOLI])


class DocumentoDellEdizioneForma(Forma):
    quale = serializers.ChoiceField(choices=[*TITOLI])
    titolo = serializers.CharField()
    documento = serializers.CharField(
        allow_null=True, help_text="Lo slug fra i piani, dove si scrive; manca se non è aperto."
    )
    stato = serializers.ChoiceField(choices=Piano.Stato.choices, allow_null=True)
    versione = serializers.IntegerField(allow_null=True, help_text="L'ultima pubblicata.")
    pubblicato_il = serializers.DateField(allow_null=True)


class DocumentiDellEdizioneForma(Forma):
    piano = DocumentoDellEdizioneForma(help_text="Il Piano territoriale.")
    indirizzo = DocumentoDellEdizioneForma(help_text="Il Documento di indirizzo.")


class ApriDocumentoDellEdizione(Corpo):
    quale = serializers.ChoiceField(choices=[*TITOLI])


class AdottaDocumentoDellEdizione(Corpo):
    """The act that adopts the document."""

    atto_tipo = serializers.CharField(max_length=60, help_text="Per esempio «Deliberazione».")
    atto_numero = serializers.CharField(max_length=30)
    atto_data = serializers.DateField(help_text="Non nel futuro.")
    atto_organo = serializers.CharField(max_length=100)


class ConDocumenti:
    """The edition's part about its two documents."""

    @extend_schema(
        summary="I due documenti dell'edizione",
        description="Che cosa manca per il prossimo passo lo dice GET /piani/{slug}/cancello.",
        responses=DocumentiDellEdizioneForma,
    )
    @action(detail=True, methods=["get"], pagination_class=None, filterset_class=None)
    def documenti(self: Any, request: Request, slug: str) -> HttpResponse:
        controlla_parametri(request, ())
        edizione = self.oggetto()
        return self.risposta({quale: _detto(edizione, quale) for quale in TITOLI})

    @extend_schema(
        summary="Apri un documento",
        description="Nasce fra i piani, all'indirizzo detto in Location, con i suoi capitoli.",
        request=ApriDocumentoDellEdizione,
        responses={201: DocumentoDellEdizioneForma},
    )
    @documenti.mapping.post
    def apri_documento(self: Any, request: Request, slug: str) -> HttpResponse:
        edizione = self.oggetto()
        self.esigi(APRE, edizione)
        quale = self.letti(ApriDocumentoDellEdizione)["quale"]
        nuovo = apri_documento(edizione, quale=quale, da=request.user)
        return self.risposta(_detto(edizione, quale), 201, Location=f"/api/v1/piani/{nuovo.slug}")

    @extend_schema(
        summary="Registra l'atto che adotta un documento",
        parameters=[_QUALE],
        request=AdottaDocumentoDellEdizione,
        responses=DocumentoDellEdizioneForma,
    )
    @action(detail=True, methods=["post"], url_path=r"documenti/(?P<quale>[a-z]{1,12})/adozione")
    def adozione(self: Any, request: Request, slug: str, quale: str) -> HttpResponse:
        edizione = self.oggetto()
        documento = getattr(edizione, quale) if quale in TITOLI else None
        if documento is None:
            raise Http404
        self.esigi(ADOTTA, documento)
        adotta_documento(documento, **self.letti(AdottaDocumentoDellEdizione), da=request.user)
        return self.risposta(_detto(edizione, quale))


def _detto(edizione: EdizioneConciliazione, quale: str) -> dict[str, Any]:
    """A document of the edition, there or not yet."""
    documento: Piano | None = getattr(edizione, quale)
    pubblicata = documento and documento.documenti.del_piano().pubblicati().first()
    return {
        "quale": quale,
        "titolo": documento.titolo if documento else titolo_di(edizione, quale),
        "documento": documento.slug if documento else None,
        "stato": documento.stato if documento else None,
        "versione": pubblicata.versione if pubblicata else None,
        "pubblicato_il": pubblicata.pubblicato_il if pubblicata else None,
    }
