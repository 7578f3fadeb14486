# SPDX-License-Identifier: AGPL-3.0-or-later
"""The schede of a year in one ZIP: asked, prepared in the background, downloaded."""

from typing import Any

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request

from obiettivi import azioni
from obiettivi.models import ArchivioSchede
from obiettivi.models.archivio_schede import GIORNI
from piani.api.elenchi import filtro
from piani.api.file import ConFile, Zip
from piani.api.filtri import controlla_parametri
from piani.api.formato import Scrittore
from piani.api.forme import Corpo, Forma, MiaAzienda
from piani.api.risorse import Lettura


class ArchivioForma(Forma):
    """An archive: its row is the state of its job."""

    calcolati = ("totale",)

    id = serializers.IntegerField()
    azienda = serializers.CharField(source="azienda.codice")
    anno = serializers.IntegerField()
    stato = serializers.ChoiceField(choices=ArchivioSchede.Stato.choices)
    schede = serializers.ListField(child=serializers.IntegerField(), help_text="Le loro chiavi.")
    fatte = serializers.IntegerField(help_text="Schede già scritte.")
    totale = serializers.IntegerField()
    chiesto_il = serializers.DateTimeField()
    finito_il = serializers.DateTimeField(
        allow_null=True, help_text=f"Il file si tiene {GIORNI} giorni da allora."
    )
    byte = serializers.IntegerField(allow_null=True)
    sha256 = serializers.CharField(source="impronta", help_text="Del file; vuoto finché non c'è.")
    errore = serializers.CharField()


class ChiediArchivio(Corpo):
    """Of which azienda and year."""

    azienda = MiaAzienda()
    anno = serializers.IntegerField(min_value=2000, max_value=2105)


class ArchivioRisorsa(ConFile, Lettura):
    """Gli archivi di schede che ha chiesto chi legge: quelli di altri non si vedono."""

    ambito = "obiettivi"
    raccolta = "schede-budget"
    modello = ArchivioSchede
    serializer_class = ArchivioForma
    filterset_class = filtro(
        ArchivioSchede, "azienda__nome", azienda="azienda__codice", anno="anno", stato="stato"
    )
    ordini = {"chiesto_il": "chiesto_il", "anno": "anno"}
    ordine = ("-chiesto_il",)
    collegati = ("azienda",)

    def completa(self, righe: list[dict[str, Any]]) -> None:
        for riga in righe:
            riga["totale"] = len(riga["schede"])

    @extend_schema(
        summary="Chiedi le schede di un anno in un archivio",
        description="Ci sono quelle che chi chiede può vedere, ciascuna in PDF e in foglio. Si "
        "prepara in un lavoro che si segue all'indirizzo detto in Location; se lo stesso archivio "
        "si sta già preparando, è quello.",
        request=ChiediArchivio,
        responses={202: ArchivioForma},
    )
    def create(self, request: Request) -> HttpResponse:
        dati = self.letti(ChiediArchivio)
        archivio = azioni.chiedi_archivio(dati["azienda"], anno=dati["anno"], da=request.user)
        dove = f"/api/v1/archivi-schede/{archivio.pk}"
        return self.risposta(self.una(pk=archivio.pk), 202, Location=dove)

    @extend_schema(
        summary="Scarica l'archivio",
        description="Quando lo stato è «pronto», e finché chi l'ha chiesto vede ancora tutte le "
        "schede che ci sono dentro.",
        responses={(200, Zip.media_type): OpenApiTypes.BINARY},
    )
    @action(
        detail=True, methods=["get"], renderer_classes=[Scrittore, Zip], pagination_class=None,
        filterset_class=None,
    )  # fmt: skip
    def contenuto(self, request: Request, pk: str) -> HttpResponseBase:
        controlla_parametri(request, ())
        questo: ArchivioSchede = self.oggetto()
        if not azioni.si_scarica(questo, request.user):
            raise Http404
        return self.scarica(
            questo.percorso.open("rb"), tipo=Zip.media_type, nome=questo.nome_del_file,
            impronta=questo.impronta,
        )  # fmt: skip
