# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is published, for anybody: the documents and where their files are."""

from typing import Any

import django_filters
from django.conf import settings
from django.db.models import BooleanField, ExpressionWrapper, F, Q, QuerySet, Value
from django.db.models.functions import Coalesce, NullIf
from django.urls import reverse
from django.utils import timezone
from rest_framework import serializers

from piani.api.forme import Forma
from piani.api.risorse import Lettura
from piani.models import DocumentoPubblicato, Piano

LUNGO = "public, max-age=300"
LICENZA = "CC-BY-4.0"


class DocumentoForma(Forma):
    """A version of a document, as published."""

    calcolati = ("pagina", "pdf", "json", "licenza")

    id = serializers.IntegerField()
    azienda = serializers.CharField(source="piano.azienda.codice")
    piano = serializers.CharField(source="piano.slug")
    tipo = serializers.ChoiceField(source="piano.tipo", choices=Piano.Tipo.choices)
    serie = serializers.CharField(help_text="Vuota: è il piano; altrimenti ciò che lo accompagna.")
    titolo = serializers.CharField(source="nome_intero")
    anno_inizio = serializers.IntegerField(source="piano.anno_inizio")
    anno_fine = serializers.IntegerField(source="piano.anno_fine")
    versione = serializers.IntegerField()
    corrente = serializers.BooleanField(source="in_vigore")
    atto = serializers.CharField()
    pubblicato_il = serializers.DateField()
    motivo = serializers.CharField()
    sezione_at = serializers.CharField()
    sha256_contenuto = serializers.CharField()
    sha256_pdf = serializers.CharField()
    pagine = serializers.IntegerField(allow_null=True)
    generatore = serializers.CharField()
    licenza = serializers.CharField()
    pagina = serializers.URLField()
    pdf = serializers.URLField()
    json = serializers.URLField()


class DocumentoFilter(django_filters.FilterSet):
    """``corrente``: only the versions in force, or only those superseded."""

    q = django_filters.CharFilter(method="cerca", label="Nel titolo")
    azienda = django_filters.CharFilter(field_name="piano__azienda__codice")
    piano = django_filters.CharFilter(field_name="piano__slug")
    tipo = django_filters.ChoiceFilter(field_name="piano__tipo", choices=Piano.Tipo.choices)
    serie = django_filters.CharFilter()
    corrente = django_filters.BooleanFilter(field_name="sostituito_da", lookup_expr="isnull")
    anno = django_filters.NumberFilter(method="che_comprende", min_value=1990, max_value=2100)

    class Meta:
        model = DocumentoPubblicato
        fields: list[str] = []

    def cerca(self, documenti: QuerySet[Any], nome: str, testo: str) -> QuerySet[Any]:
        return documenti.filter(Q(titolo__icontains=testo) | Q(piano__titolo__icontains=testo))

    def che_comprende(self, documenti: QuerySet[Any], nome: str, anno: Any) -> QuerySet[Any]:
        return documenti.filter(piano__anno_inizio__lte=int(anno), piano__anno_fine__gte=int(anno))


class DocumentoRisorsa(Lettura):
    """I documenti pubblicati, con le loro versioni: dati aperti, per chiunque."""

    ambito = "piani"
    raccolta = "documenti"
    aperta = True
    conservazione = LUNGO
    modello = DocumentoPubblicato
    serializer_class = DocumentoForma
    filterset_class = DocumentoFilter
    ordini = {"pubblicato_il": "pubblicato_il", "titolo": "nome_intero", "versione": "versione"}
    ordine = ("-pubblicato_il",)

    def visibili(self) -> QuerySet[Any]:
        return DocumentoPubblicato.objects.in_mostra(timezone.localdate()).annotate(
            nome_intero=Coalesce(NullIf("titolo", Value("")), F("piano__titolo")),
            in_vigore=ExpressionWrapper(Q(sostituito_da__isnull=True), output_field=BooleanField()),
        )

    def completa(self, righe: list[dict[str, Any]]) -> None:
        for riga in righe:
            chiavi = {"slug": riga["piano"], "versione": riga["versione"]}
            if riga["serie"]:
                chiavi["serie"] = riga["serie"]
            pagina = settings.INDIRIZZO_SITO + reverse("documento", kwargs=chiavi)
            riga |= {
                "licenza": LICENZA,
                "pagina": pagina,
                "pdf": f"{pagina}documento.pdf",
                "json": f"{pagina}documento.json",
            }
