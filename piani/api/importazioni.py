# SPDX-License-Identifier: AGPL-3.0-or-later
"""Files brought in by programs: sent, read in the background, confirmed, taken back."""

import base64
import binascii
from typing import Any

import django_filters
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.exceptions import ParseError
from rest_framework.fields import empty
from rest_framework.request import Request

from piani.api.formato import Lettore, LettoreDiModuli, leggi
from piani.api.forme import Corpo, Forma, MiaAzienda
from piani.api.risorse import Elenco, Lettura, Risorsa
from piani.filters import mie_aziende
from piani.importazioni import avanzamento, azioni
from piani.importazioni.abbinamento import Abbinamento
from piani.importazioni.genere import generi
from piani.importazioni.intestazioni import proponi
from piani.importazioni.lavoro import contesto_di
from piani.models import CorrispondenzaColonne, Importazione, RigaImportata
from piani.rules import esigi

_ARCHIVIO = OpenApiParameter("importazione", OpenApiTypes.INT, OpenApiParameter.PATH)


class ImportazioneForma(Forma):
    """An import: its row is its state."""

    calcolati = ("percentuale",)

    id = serializers.IntegerField()
    azienda = serializers.CharField(source="azienda.codice")
    genere = serializers.CharField(help_text="Che cosa si importa.")
    nome = serializers.CharField(help_text="Nome del file.")
    sha256 = serializers.CharField()
    ambito = serializers.DictField()
    abbinamento = serializers.DictField(help_text="Quale colonna è quale campo.")
    stato = serializers.ChoiceField(choices=Importazione.Stato.choices)
    lavoro = serializers.ChoiceField(
        choices=Importazione.Lavoro.choices,
        allow_blank=True,
        help_text="Il lavoro in corso; vuoto quando è finito.",
    )
    percentuale = serializers.IntegerField(help_text="Del lavoro in corso.")
    errore = serializers.CharField(help_text="Perché l'ultimo lavoro non si è fatto.")
    nuove = serializers.IntegerField()
    cambiate = serializers.IntegerField()
    uguali = serializers.IntegerField()
    tolte = serializers.IntegerField()
    superate = serializers.IntegerField(help_text="Cambiate da altri: non si scrivono.")
    sbagliate = serializers.IntegerField(help_text="Finché ce n'è, non si conferma.")
    effetti = serializers.ListField(child=serializers.CharField())
    caricata_il = serializers.DateTimeField()
    confermata_il = serializers.DateTimeField(allow_null=True)
    annullata_il = serializers.DateTimeField(allow_null=True)


class RigaImportataForma(Forma):
    """What a row of the file does."""

    riga = serializers.IntegerField(allow_null=True, help_text="Numero della riga nel foglio.")
    esito = serializers.ChoiceField(choices=RigaImportata.Esito.choices)
    chiave = serializers.CharField(help_text="Di che cosa parla.")
    celle = serializers.DictField(help_text="Come sono state lette, per campo.")
    prima = serializers.DictField(help_text="Ciò che c'è adesso, dove è diverso.")
    errori = serializers.DictField(help_text="Per campo; vuoto il nome se è di tutta la riga.")


class _Contenuto(serializers.CharField):
    """A file in base64."""

    def to_internal_value(self, data: Any) -> Any:
        try:
            return base64.b64decode(super().to_internal_value(data), validate=True)
        except (binascii.Error, ValueError) as errore:
            raise serializers.ValidationError(_("Il contenuto va scritto in base64.")) from errore


class AbbinamentoCorpo(Corpo):
    """Which column is which field."""

    abbinamento = serializers.DictField(
        required=False,
        help_text="«foglio», «riga» (da 0), «righe» (1 o 2), «colonne» con «posto» (da 0), "
        "«campo» e, se l'intestazione dice altro, «fissi»; «costanti» per tutto il file. Senza, "
        "si prova quello proposto.",
    )
    fonte = serializers.CharField(
        max_length=100, required=False, allow_blank=True, default="",
        help_text="Con questo nome l'abbinamento si ricorda per il prossimo file.",
    )  # fmt: skip


class NuovaImportazione(AbbinamentoCorpo):
    """A file to bring in."""

    azienda = MiaAzienda()
    genere = serializers.CharField(max_length=30, help_text="Per esempio «rilevazioni».")
    nome = serializers.CharField(max_length=200, help_text="Nome del file, con l'estensione.")
    contenuto = _Contenuto(help_text="Il foglio (xlsx, ods o csv) in base64.")
    ambito = serializers.DictField(required=False, help_text="Ciò che quel genere chiede in più.")
    senza_originale = serializers.BooleanField(required=False, default=False)


class _InTesto(serializers.DictField):
    """An object written as JSON in a field of a form."""

    def get_value(self, dictionary: Any) -> Any:
        return dictionary.get(self.field_name, empty)

    def to_internal_value(self, data: Any) -> Any:
        try:
            letto = leggi(data.encode()) if isinstance(data, str) else data
        except ParseError as errore:
            raise serializers.ValidationError(_("Si scrive come oggetto JSON.")) from errore
        return super().to_internal_value(letto)


class ImportazioneConFile(NuovaImportazione):
    """A file to bring in, sent as it is; its name comes with it."""

    nome = contenuto = None
    file = serializers.FileField(max_length=200, help_text="Il foglio (xlsx, ods o csv).")
    ambito = _InTesto(required=False, help_text="In JSON, ciò che quel genere chiede in più.")
    abbinamento = _InTesto(required=False, help_text="In JSON, come con application/json.")


class ImportazioneFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(
        field_name="nome", lookup_expr="icontains", label="Nel nome del file"
    )
    azienda = django_filters.ModelChoiceFilter(queryset=mie_aziende, to_field_name="codice")
    genere = django_filters.CharFilter()
    stato = django_filters.ChoiceFilter(choices=Importazione.Stato.choices)

    class Meta:
        model = Importazione
        fields: list[str] = []


class ImportazioneRisorsa(Lettura):
    """I file importati: si mandano, si guarda l'anteprima, si confermano, si annullano."""

    ambito = "piani"
    raccolta = "importazioni"
    modello = Importazione
    serializer_class = ImportazioneForma
    filterset_class = ImportazioneFilter
    ordini = {"caricata_il": "caricata_il"}
    ordine = ("-caricata_il",)
    collegati = ("azienda",)

    def completa(self, righe: list[dict[str, Any]]) -> None:
        for riga in righe:
            fatte, totale = avanzamento.quanto(riga["id"]) if riga["lavoro"] else (0, 0)
            riga["percentuale"] = fatte * 100 // totale if totale else 0

    @extend_schema(
        summary="Manda un file",
        description="Con il contenuto in base64, oppure come modulo (multipart/form-data) con il "
        "file. Si legge e si confronta in un lavoro che si segue all'indirizzo detto in Location. "
        "Se l'abbinamento proposto non basta, lo stato resta «caricata»: mandarne "
        "uno a /abbinamento.",
        request={
            Lettore.media_type: NuovaImportazione,
            LettoreDiModuli.media_type: ImportazioneConFile,
        },
        responses={202: ImportazioneForma},
    )
    def create(self, request: Request) -> HttpResponse:
        dati = self._mandati()
        ente = dati["azienda"]
        genere = generi().get(dati["genere"])
        if genere is None:
            nomi = ", ".join(sorted(generi()))
            raise ValidationError(
                {"genere": _("Non si importa. Si importano: %(nomi)s.") % {"nomi": nomi}}
            )
        esigi(request.user, genere.permesso, ente)
        forma = genere.ambito(self._ambito(genere.ambito, dati), azienda=ente, utente=request.user)
        if not forma.is_valid():
            raise ValidationError({f"ambito.{k}": v for k, v in forma.errors.items()})
        nuova = azioni.carica(
            ente,
            genere,
            file=dati["file"],
            ambito=forma.come_dati(),
            senza_originale=dati["senza_originale"],
            da=request.user,
        )
        self._abbina(nuova, dati)
        indirizzo = f"/api/v1/importazioni/{nuova.pk}"
        return self.risposta(self.una(pk=nuova.pk), 202, Location=indirizzo)

    @extend_schema(
        summary="Abbina le colonne e rileggi",
        request=AbbinamentoCorpo,
        responses={202: ImportazioneForma},
    )
    @action(detail=True, methods=["post"])
    def abbinamento(self, request: Request, pk: str) -> HttpResponse:
        questa = self._questa()
        self._abbina(questa, self.letti(AbbinamentoCorpo), esatto=True)
        return self.risposta(self.una(pk=questa.pk), 202)

    @extend_schema(
        summary="Scrivi ciò che l'anteprima mostra",
        description="Tutto o niente, in un lavoro: quando «lavoro» è vuoto è finito.",
        request=None,
        responses={202: ImportazioneForma},
    )
    @action(detail=True, methods=["post"])
    def conferma(self, request: Request, pk: str) -> HttpResponse:
        questa = self._questa()
        azioni.conferma(questa, da=request.user)
        return self.risposta(self.una(pk=questa.pk), 202)

    @extend_schema(
        summary="Riprendi ciò che era stato scritto",
        request=None,
        responses={202: ImportazioneForma},
    )
    @action(detail=True, methods=["post"])
    def annullamento(self, request: Request, pk: str) -> HttpResponse:
        questa = self._questa()
        azioni.annulla(questa, da=request.user)
        return self.risposta(self.una(pk=questa.pk), 202)

    @extend_schema(
        summary="Scarta ciò che non è stato scritto", request=None, responses=ImportazioneForma
    )
    @action(detail=True, methods=["post"])
    def scarto(self, request: Request, pk: str) -> HttpResponse:
        questa = self._questa()
        azioni.scarta(questa, da=request.user)
        return self.risposta(self.una(pk=questa.pk))

    def initialize_request(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Request:
        """A form is read only where a file is sent."""
        if self.action_map.get((request.method or "").lower()) == "create":
            self.parser_classes = [*self.parser_classes, LettoreDiModuli]
        return super().initialize_request(request, *args, **kwargs)

    def _mandati(self) -> dict[str, Any]:
        """What was sent, with its ``file``, in either way."""
        if isinstance(self.request.data, QueryDict):
            return self.letti(ImportazioneConFile)
        dati = self.letti(NuovaImportazione)
        dati["file"] = SimpleUploadedFile(dati.pop("nome"), dati.pop("contenuto"))
        return dati

    def _questa(self) -> Importazione:
        questa: Importazione = self.oggetto()
        self.esigi(questa.tipo.permesso, questa.azienda)
        return questa

    @staticmethod
    def _ambito(classe: Any, dati: dict[str, Any]) -> dict[str, Any]:
        """What was sent of the ambito, on what its form proposes."""
        proposti = {
            nome: campo.initial
            for nome, campo in classe.base_fields.items()
            if campo.initial is not None
        }
        return proposti | dict(dati.get("ambito") or {})

    def _abbina(self, questa: Importazione, dati: dict[str, Any], *, esatto: bool = False) -> None:
        """Have the file read; a mapping that was only proposed, and is not enough, waits."""
        if dati.get("abbinamento"):
            come, esatto = Abbinamento.da_dati(dati["abbinamento"]), True
        else:
            come = self._proposto(questa)
        try:
            azioni.abbina(questa, abbinamento=come, fonte=dati["fonte"], da=self.request.user)
        except ValidationError:
            if esatto:
                raise
            Importazione.objects.filter(pk=questa.pk).update(abbinamento=come.come_dati())

    @staticmethod
    def _proposto(questa: Importazione) -> Abbinamento:
        viste = azioni.viste_di(questa)
        if not viste:
            raise ValidationError(_("Il file non è stato tenuto: va mandato di nuovo."))
        salvate = CorrispondenzaColonne.objects.filter(azienda=questa.azienda, genere=questa.genere)
        return proponi(contesto_di(questa), questa.tipo, viste, salvate=list(salvate))


class RigaFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(
        field_name="chiave", lookup_expr="icontains", label="In ciò di cui la riga parla"
    )
    esito = django_filters.ChoiceFilter(choices=RigaImportata.Esito.choices)

    class Meta:
        model = RigaImportata
        fields: list[str] = []


@extend_schema(parameters=[_ARCHIVIO])
class RigheImportate(Elenco, Risorsa):
    """Che cosa fa ogni riga del file."""

    ambito = "piani"
    raccolta = "importazioni"
    modello = RigaImportata
    serializer_class = RigaImportataForma
    filterset_class = RigaFilter
    ordini = {"posto": "posto"}
    ordine = ("posto",)

    def visibili(self) -> QuerySet[Any]:
        visibili = Importazione.objects.visibili_a(self.request.user)
        questa = get_object_or_404(visibili, pk=self.kwargs["importazione"])
        return RigaImportata.objects.filter(importazione=questa)
