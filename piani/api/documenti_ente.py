# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a body publishes that is no plan's document, for anybody: attestations, prizes."""

from typing import Any

import django_filters
from django.conf import settings
from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from rest_framework import serializers

from piani.api.documenti import LICENZA, LUNGO
from piani.api.elenchi import filtro
from piani.api.forme import Forma
from piani.api.risorse import Lettura
from piani.models import DocumentoEnte

FILE = ("pdf", "json", "xlsx")


class DocumentoEnteForma(Forma):
    """A version of a document of the body, as published."""

    calcolati = ("pagina", "licenza", *FILE)

    id = serializers.IntegerField()
    azienda = serializers.CharField(source="azienda.codice")
    serie = serializers.CharField(help_text="Il documento, attraverso le sue versioni.")
    titolo = serializers.CharField()
    anno = serializers.IntegerField(help_text="L'anno di cui parla.")
    data_atto = serializers.DateField(allow_null=True)
    versione = serializers.IntegerField()
    corrente = serializers.BooleanField(source="in_vigore")
    pubblicato_il = serializers.DateField()
    motivo = serializers.CharField()
    sezione_at = serializers.CharField()
    sha256_contenuto = serializers.CharField()
    sha256_pdf = serializers.CharField(help_text="Vuota finché il PDF è in stampa.")
    pagine = serializers.IntegerField(allow_null=True)
    licenza = serializers.CharField()
    pagina = serializers.URLField()
    pdf = serializers.URLField()
    json = serializers.URLField()
    xlsx = serializers.URLField()


class DocumentoEnteFilter(
    filtro(
        DocumentoEnte, "titolo", azienda="azienda__codice", serie="serie", sezione_at="sezione_at",
        anno="anno",
    )  # type: ignore[misc]
):  # fmt: skip
    """``corrente``: only the versions in force, or only those superseded."""

    corrente = django_filters.BooleanFilter(field_name="sostituito_da", lookup_expr="isnull")


class DocumentoEnteRisorsa(Lettura):
    """I documenti pubblicati dall'ente che non sono di un piano (attestazioni del Nucleo, premi),
    con le loro versioni: dati aperti, per chiunque."""

    ambito = "piani"
    raccolta = "documenti"
    aperta = True
    conservazione = LUNGO
    modello = DocumentoEnte
    serializer_class = DocumentoEnteForma
    filterset_class = DocumentoEnteFilter
    ordini = {"pubblicato_il": "pubblicato_il", "titolo": "titolo", "anno": "anno"}
    ordine = ("-pubblicato_il",)

    def visibili(self) -> QuerySet[Any]:
        return DocumentoEnte.objects.in_mostra(timezone.localdate()).annotate(
            in_vigore=ExpressionWrapper(Q(sostituito_da__isnull=True), output_field=BooleanField())
        )

    def completa(self, righe: list[dict[str, Any]]) -> None:
        for riga in righe:
            chiavi = [riga["azienda"], riga["serie"], riga["versione"]]
            pagina = settings.INDIRIZZO_SITO + reverse("documento_ente", args=chiavi)
            riga |= {"licenza": LICENZA, "pagina": pagina}
            riga |= {uno: f"{pagina}documento.{uno}" for uno in FILE}
