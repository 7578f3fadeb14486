# SPDX-License-Identifier: AGPL-3.0-or-later
"""Requests of consultation: asked and signed by the members, brought to a meeting by the office."""

from collections import defaultdict
from typing import Any

from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request

from conciliazione.api.base import Righe, Risorsa, annida, edizione_di, filtro
from conciliazione.api.forme_rete import DellAzienda
from conciliazione.azioni.consultazione import (
    chiedi_consultazione,
    porta_in_seduta,
    stacca_richiesta,
)
from conciliazione.azioni.seduta import CONVOCA
from conciliazione.comitato.firme import Firme, conta
from conciliazione.models import (
    EdizioneConciliazione,
    Ente,
    FirmaRichiesta,
    RichiestaConsultazione,
    Seduta,
)
from piani.api.forme import Corpo, Forma
from piani.api.passi import un_passo


class FirmaDellaRichiesta(Forma):
    ente = serializers.IntegerField(source="ente_id")
    ente_nome = serializers.CharField(source="ente.nome")
    firmata_il = serializers.DateTimeField()


class ConsultazioneForma(Forma):
    calcolati = ("membri", "servono", "valide", "raggiunte_il")

    id = serializers.IntegerField()
    edizione = serializers.CharField(source="edizione.slug")
    ente = serializers.IntegerField(source="proposta_da_id", help_text="Chi la chiede.")
    ente_nome = serializers.CharField(source="proposta_da.nome")
    oggetto = serializers.CharField()
    testo = serializers.CharField(help_text="Che cosa si chiede.")
    presentata_il = serializers.DateTimeField()
    seduta = serializers.IntegerField(
        source="seduta_id", allow_null=True, help_text="La riunione della Rete che la sente."
    )
    membri = serializers.IntegerField(help_text="Enti oggi nella Rete.")
    servono = serializers.IntegerField(help_text="Firme, secondo l'edizione.")
    valide = serializers.IntegerField(help_text="Firme di enti oggi nella Rete.")
    raggiunte_il = serializers.DateField(
        allow_null=True, help_text="Il giorno della firma con cui bastano."
    )
    firme = FirmaDellaRichiesta(many=True)


class NuovaConsultazione(Corpo):
    edizione = serializers.SlugField(max_length=80)
    ente = DellAzienda(queryset=Ente.objects.all(), help_text="Uno che si rappresenta.")
    oggetto = serializers.CharField(max_length=300)
    testo = serializers.CharField(max_length=20_000)


class PortaInSeduta(Corpo):
    seduta = DellAzienda(
        queryset=Seduta.objects.all(), help_text="Una riunione della Rete, ancora da convocare."
    )


class ConsultazioneRisorsa(Risorsa):
    """Le consultazioni chieste dai membri della Rete, con le loro firme."""

    raccolta = "consultazioni"
    modello = RichiestaConsultazione
    serializer_class = ConsultazioneForma
    filterset_class = filtro(
        RichiestaConsultazione, "oggetto", edizione="edizione", ente="proposta_da", seduta="seduta"
    )
    ordini = {"presentata_il": "presentata_il"}
    ordine = ("edizione_id", "-presentata_il")
    collegati = ("edizione__azienda", "proposta_da", "seduta")
    seduta = un_passo(
        "seduta", "Porta in una riunione della Rete", CONVOCA, porta_in_seduta, PortaInSeduta,
        descrizione="La richiesta che ha le sue firme diventa un punto all'ordine del giorno.",
    )  # fmt: skip
    distacco = un_passo(
        "distacco", "Stacca dalla riunione", CONVOCA, stacca_richiesta,
        descrizione="Finché la riunione non è convocata; il punto resta all'ordine del giorno.",
    )  # fmt: skip

    def completa(self, righe: Righe) -> None:
        firme = FirmaRichiesta.objects.order_by("firmata_il", "pk")
        annida(righe, "firme", firme, "richiesta", FirmaDellaRichiesta)
        slug = {riga["edizione"] for riga in righe}
        edizioni = {una.slug: una for una in EdizioneConciliazione.objects.filter(slug__in=slug)}
        membri = _membri({una.azienda_id for una in edizioni.values()})
        for riga in righe:
            edizione = edizioni[riga["edizione"]]
            firme_date = _firme(riga, edizione, membri[edizione.azienda_id])
            riga |= {
                "membri": firme_date.membri,
                "servono": firme_date.servono,
                "valide": firme_date.date,
                "raggiunte_il": firme_date.raggiunte_il,
            }

    @extend_schema(
        summary="Chiedi una consultazione",
        description="La chiede, e la firma per primo, chi rappresenta un ente della Rete: mai un "
        "programma.",
        request=NuovaConsultazione,
        responses={201: ConsultazioneForma},
    )
    def create(self, request: Request) -> HttpResponse:
        dati = self.letti(NuovaConsultazione)
        edizione = edizione_di(request, dati.pop("edizione"))
        nuova = chiedi_consultazione(edizione, **dati, da=request.user)
        return self.creata(nuova.pk, "conciliazione/consultazioni")


def _membri(aziende: set[int]) -> dict[int, set[int]]:
    """By azienda, the bodies that are in its network today."""
    trovati: dict[int, set[int]] = defaultdict(set)
    membri = Ente.objects.filter(azienda__in=aziende).membri()
    for azienda, ente in membri.values_list("azienda", "pk"):
        trovati[azienda].add(ente)
    return trovati


def _firme(riga: dict[str, Any], edizione: EdizioneConciliazione, membri: set[int]) -> Firme:
    momenti = [una["firmata_il"] for una in riga["firme"] if una["ente"] in membri]
    return conta(len(membri), edizione.regole.rete, momenti)
