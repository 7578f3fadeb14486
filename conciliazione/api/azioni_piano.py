# SPDX-License-Identifier: AGPL-3.0-or-later
"""The actions of no Alleanza, with the meetings of their groups."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request

from conciliazione.api.azioni_progetto import AvanzamentoDellAzione
from conciliazione.api.base import (
    CHIAVE_MASSIMA,
    TANTI,
    Euro,
    Righe,
    Risorsa,
    annida,
    edizione_di,
    filtro,
)
from conciliazione.azioni.azione_piano import PERMESSO as AZIONI
from conciliazione.azioni.azione_piano import (
    aggiungi_incontro,
    avanza_azione_di_piano,
    scrivi_azione_di_piano,
    togli_azione_di_piano,
    togli_incontro,
)
from conciliazione.azioni.passi import bloccata
from conciliazione.models import AzioneDiPiano, IncontroAzione, Progetto
from piani.api.forme import Corpo, Forma, Lista
from piani.api.passi import SiToglie, un_passo


class IncontroForma(Forma):
    id = serializers.IntegerField()
    giorno = serializers.DateField()
    tema = serializers.CharField()
    partecipanti = serializers.IntegerField(allow_null=True)
    esito = serializers.CharField()


class IncontroInteroForma(IncontroForma):
    """A meeting with the action that it was for."""

    azione = serializers.IntegerField(source="azione_id")


class AzioneDiPianoForma(Forma):
    calcolati = ("progetti",)

    id = serializers.IntegerField()
    edizione = serializers.CharField(source="edizione.slug")
    genere = serializers.CharField(help_text="sistema, trasversale o diretta.")
    ordine = serializers.IntegerField()
    titolo = serializers.CharField()
    gruppo = serializers.CharField()
    descrizione = serializers.CharField()
    responsabile = serializers.CharField()
    progetti = serializers.ListField(
        child=serializers.IntegerField(), help_text="Quelli che lavorano insieme sul tema."
    )
    stato = serializers.CharField()
    importo = Euro(allow_null=True)
    persone = serializers.IntegerField(allow_null=True)
    imprese = serializers.IntegerField(allow_null=True)
    dal = serializers.DateField(allow_null=True)
    al = serializers.DateField(allow_null=True)
    avviata_il = serializers.DateField(allow_null=True)
    incontri = IncontroForma(many=True)


class CambiaAzioneDiPiano(Corpo):
    titolo = serializers.CharField(max_length=300, required=False)
    gruppo = serializers.CharField(
        max_length=200, allow_blank=True, required=False,
        help_text="La parte del piano a cui appartiene.",
    )  # fmt: skip
    descrizione = serializers.CharField(max_length=10_000, allow_blank=True, required=False)
    responsabile = serializers.CharField(
        max_length=200, allow_blank=True, required=False, help_text="Chi la segue."
    )
    progetti = Lista(
        child=serializers.IntegerField(min_value=1, max_value=CHIAVE_MASSIMA),
        max_length=500, required=False, help_text="Tutti: quelli che non ci sono si tolgono.",
    )  # fmt: skip
    importo = Euro(min_value=0, allow_null=True, required=False, help_text="Risorse previste.")
    persone = serializers.IntegerField(
        min_value=0, max_value=TANTI, allow_null=True, required=False
    )
    imprese = serializers.IntegerField(
        min_value=0, max_value=TANTI, allow_null=True, required=False
    )
    dal = serializers.DateField(allow_null=True, required=False)
    al = serializers.DateField(allow_null=True, required=False)

    def validate_progetti(self, chiavi: list[int]) -> list[Progetto]:
        miei = Progetto.objects.visibili_a(self.context["request"].user)
        trovati = list(miei.filter(pk__in=chiavi))
        mancano = sorted({*chiavi} - {uno.pk for uno in trovati})
        if mancano:
            raise serializers.ValidationError(
                _("Non c'è, o non si legge, il progetto %(n)s.") % {"n": mancano[0]}
            )
        return trovati


class NuovaAzioneDiPiano(CambiaAzioneDiPiano):
    edizione = serializers.SlugField(max_length=80)
    genere = serializers.ChoiceField(choices=AzioneDiPiano.Genere.values)
    titolo = serializers.CharField(max_length=300)


class NuovoIncontro(Corpo):
    giorno = serializers.DateField(help_text="Non prima che ci sia stato.")
    tema = serializers.CharField(max_length=300)
    partecipanti = serializers.IntegerField(
        min_value=0, max_value=TANTI, allow_null=True, default=None
    )
    esito = serializers.CharField(max_length=10_000, allow_blank=True, default="")


class IncontroRisorsa(SiToglie, Risorsa):
    """Gli incontri dei gruppi di lavoro delle azioni del piano: gli indicatori li contano."""

    raccolta = "azioni-di-piano"
    modello = IncontroAzione
    serializer_class = IncontroInteroForma
    filterset_class = filtro(IncontroAzione, "tema", edizione="azione__edizione", azione="azione")
    ordini = {"giorno": "giorno"}
    ordine = ("azione_id", "-giorno")
    collegati = ("azione__edizione__azienda",)
    condizionati = ("destroy",)
    toglie = (AZIONI, togli_incontro)


class AzioneDiPianoRisorsa(SiToglie, Risorsa):
    """Le azioni di sistema, trasversali e dirette, con i loro incontri."""

    raccolta = "azioni-di-piano"
    modello = AzioneDiPiano
    serializer_class = AzioneDiPianoForma
    filterset_class = filtro(
        AzioneDiPiano, "titolo", edizione="edizione", genere="genere", stato="stato"
    )
    ordini = {"ordine": "ordine", "titolo": "titolo"}
    ordine = ("edizione_id", "genere", "ordine")
    collegati = ("edizione__azienda",)
    condizionati = ("partial_update", "destroy")
    toglie = (AZIONI, togli_azione_di_piano)
    avanzamento = un_passo(
        "avanzamento", "Porta avanti", AZIONI, avanza_azione_di_piano, AvanzamentoDellAzione
    )

    def completa(self, righe: Righe) -> None:
        incontri = IncontroAzione.objects.order_by("giorno", "pk")
        annida(righe, "incontri", incontri, "azione", IncontroForma)
        _con_i_progetti(righe)

    @extend_schema(
        summary="Aggiungi un'azione",
        description="Ultima del suo genere, che poi non cambia.",
        request=NuovaAzioneDiPiano,
        responses={201: AzioneDiPianoForma},
    )
    def create(self, request: Request) -> HttpResponse:
        valori = self.letti(NuovaAzioneDiPiano)
        edizione = edizione_di(request, valori.pop("edizione"))
        self.esigi(AZIONI, edizione)
        nuova = scrivi_azione_di_piano(edizione, valori=valori, da=request.user)
        return self.creata(nuova.pk, "conciliazione/azioni-di-piano")

    @extend_schema(request=CambiaAzioneDiPiano, responses=AzioneDiPianoForma)
    def partial_update(self, request: Request, pk: str) -> HttpResponse:
        with self.in_modifica(AZIONI) as questa:
            valori = self.letti(CambiaAzioneDiPiano)
            scrivi_azione_di_piano(questa.edizione, valori=valori, azione=questa, da=request.user)
        return self.risposta(self.una(pk=questa.pk))

    @extend_schema(
        summary="Registra un incontro",
        request=NuovoIncontro,
        responses={201: IncontroInteroForma},
    )
    @action(detail=True, methods=["post"])
    def incontri(self, request: Request, pk: str) -> HttpResponse:
        questa = self.oggetto()
        self.esigi(AZIONI, questa)
        nuovo = aggiungi_incontro(questa, **self.letti(NuovoIncontro), da=request.user)
        return self.creata(nuovo.pk, "conciliazione/incontri", IncontroRisorsa)

    def blocca(self, riga: Any) -> None:
        """The edition first, as the actions do."""
        bloccata(riga.edizione)
        super().blocca(riga)


def _con_i_progetti(righe: Righe) -> None:
    """Put in each action the keys of the projects that it joins, in one query."""
    per_azione: dict[int, list[int]] = {riga["id"]: [] for riga in righe}
    legami = AzioneDiPiano.progetti.through.objects.filter(azionedipiano__in=per_azione)
    coppie = legami.order_by("progetto_id").values_list("azionedipiano_id", "progetto_id")
    for azione, progetto in coppie:
        per_azione[azione].append(progetto)
    for riga in righe:
        riga["progetti"] = per_azione[riga["id"]]
