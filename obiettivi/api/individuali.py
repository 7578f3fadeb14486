# SPDX-License-Identifier: AGPL-3.0-or-later
"""The individual evaluation, as the risorse umane keep it: the rules, the sheets, how they ended.

What two people write of each other (objectives, judgements, notes, what was said in the interview)
is of their pages, and no program reads it or signs it.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request

from obiettivi import azioni
from obiettivi.api.forme import ConMotivo
from obiettivi.api.regole import CambiaRegole, NuoveRegole, RegoleForma
from obiettivi.azioni.individuale.assegna import valutatori_possibili
from obiettivi.individuale.elenchi import edizioni_visibili
from obiettivi.individuale.righe_aggregati import aggregati_per, righe_di
from obiettivi.models import EdizioneIndividuale, ValutazioneIndividuale
from piani.api.elenchi import filtro
from piani.api.filtri import controlla_parametri
from piani.api.forme import Corpo, Forma, Numero
from piani.api.risorse import Lettura
from piani.models import Azienda

REGOLA = "obiettivi.regola_individuale"
GESTISCE = "obiettivi.gestisce_valutazioni"
CATEGORIA = {"max_length": 40}


class Scelta(Corpo):
    """The category of a person, unlike the others'."""

    email = serializers.EmailField(max_length=254)
    categoria = serializers.CharField(**CATEGORIA)


class Assegnazione(Corpo):
    categoria_responsabili = serializers.CharField(**CATEGORIA)
    categoria_personale = serializers.CharField(**CATEGORIA)
    scelte = Scelta(many=True, default=list, max_length=10_000)

    def validate_scelte(self, scelte: list[dict[str, str]]) -> dict[str, str]:
        return {una["email"].lower(): una["categoria"] for una in scelte}


class AssegnateForma(Forma):
    nuove = serializers.IntegerField()
    gia = serializers.IntegerField(help_text="Che c'erano già.")
    senza_valutatore = serializers.IntegerField()


class ChiuseForma(Forma):
    chiuse = serializers.IntegerField()


class FiguraForma(Forma):
    """A group of people, or a class; null is silent, or is not of that group."""

    per = serializers.CharField(help_text="tutte, categoria, unità, valutatore o classe.")
    nome = serializers.CharField()
    persone = serializers.IntegerField(allow_null=True)
    media = Numero(14, 2, allow_null=True)
    scarto = Numero(14, 2, allow_null=True)
    quota = Numero(7, 2, allow_null=True)


class FigureForma(Forma):
    aperte = serializers.IntegerField(help_text="Le schede non ancora chiuse.")
    figure = FiguraForma(many=True)


class EdizioneIndividualeRisorsa(Lettura):
    """Le regole della valutazione individuale di ogni anno."""

    ambito = "obiettivi"
    raccolta = "valutazioni-individuali"
    modello = EdizioneIndividuale
    serializer_class = RegoleForma
    filterset_class = filtro(EdizioneIndividuale, "nome", azienda="azienda__codice", anno="anno")
    ordini = {"anno": "anno"}
    ordine = ("azienda_id", "-anno")
    collegati = ("azienda",)
    condizionati = ("partial_update",)

    def visibili(self) -> QuerySet[Any]:
        mie = Azienda.objects.visibili_a(self.request.user)
        return EdizioneIndividuale.objects.filter(azienda__in=mie)

    @extend_schema(request=NuoveRegole, responses={201: RegoleForma})
    def create(self, request: Request) -> HttpResponse:
        dati = self.letti(NuoveRegole)
        nuova = azioni.crea_edizione_individuale(
            dati["azienda"], dati["anno"], dati["parametri"], da=request.user
        )
        return self.creata(nuova.pk, "regole-individuali")

    @extend_schema(request=CambiaRegole, responses=RegoleForma)
    def partial_update(self, request: Request, pk: str) -> HttpResponse:
        with self.in_modifica(REGOLA) as questa:
            parametri = self.letti(CambiaRegole)["parametri"]
            azioni.modifica_edizione_individuale(questa, parametri, da=request.user)
        return self.risposta(self.una(pk=questa.pk))

    @extend_schema(
        summary="Assegna le schede dell'anno",
        description="A chi quell'anno è stato in un'unità; quelle che ci sono già restano.",
        request=Assegnazione,
        responses=AssegnateForma,
    )
    @action(detail=True, methods=["post"])
    def assegnazione(self, request: Request, pk: str) -> HttpResponse:
        questa = self.oggetto()
        self.esigi(GESTISCE, questa.azienda)
        fatte = azioni.assegna_valutazioni(questa, **self.letti(Assegnazione), da=request.user)
        return self.risposta(vars(fatte))

    @extend_schema(
        summary="I risultati aggregati, senza gruppi piccoli",
        description="Finché una scheda è aperta li legge solo chi le elenca.",
        responses=FigureForma,
    )
    @action(detail=True, methods=["get"], pagination_class=None, filterset_class=None)
    def aggregati(self, request: Request, pk: str) -> HttpResponse:
        controlla_parametri(request, ())
        visibili = edizioni_visibili(request.user, self.oggetto().azienda)
        dati = aggregati_per(request.user, get_object_or_404(visibili, pk=pk))
        campi = tuple(FiguraForma().fields)
        figure = [dict(zip(campi, riga, strict=True)) for riga in righe_di(dati)]
        return self.risposta({"aperte": dati.aperte, "figure": figure})

    @extend_schema(summary="Chiudi le concluse", request=None, responses=ChiuseForma)
    @action(detail=True, methods=["post"])
    def chiusura(self, request: Request, pk: str) -> HttpResponse:
        questa = self.oggetto()
        self.esigi(GESTISCE, questa.azienda)
        return self.risposta({"chiuse": azioni.chiudi_concluse(questa, da=request.user)})


class ValutazioneIndividualeForma(Forma):
    """A person's sheet of a year: whose, who evaluates, how it ended."""

    id = serializers.IntegerField()
    azienda = serializers.CharField(source="azienda.codice")
    anno = serializers.IntegerField()
    cognome = serializers.CharField(source="persona.last_name")
    nome = serializers.CharField(source="persona.first_name")
    categoria = serializers.CharField()
    unita = serializers.IntegerField(source="unita_id")
    valutatore_cognome = serializers.CharField(source="valutatore.last_name", allow_null=True)
    valutatore_nome = serializers.CharField(source="valutatore.first_name", allow_null=True)
    mesi = Numero(4, 2)
    stato = serializers.ChoiceField(choices=ValutazioneIndividuale.Stato.choices)
    punteggio_finale = Numero(14, 8, allow_null=True)
    classe = serializers.CharField()
    premio = Numero(14, 8, allow_null=True)
    chiusa_il = serializers.DateTimeField(allow_null=True)


class CorreggiAssegnazione(Corpo):
    """``valutatore``: the e-mail of one of those who may evaluate the person."""

    valutatore = serializers.EmailField(max_length=254, required=False, allow_null=True)
    categoria = serializers.CharField(required=False, **CATEGORIA)
    mesi = Numero(4, 2, required=False, min_value=0, max_value=12)
    motivo = serializers.CharField(max_length=10_000)


class ValutazioneRisorsa(Lettura):
    """Le schede di valutazione individuale, come le tengono le risorse umane: di chi sono, chi
    valuta, come sono finite. La persona trova la sua, chi valuta le sue; obiettivi, giudizi e note
    sono solo nelle pagine."""

    ambito = "obiettivi"
    raccolta = "valutazioni-individuali"
    modello = ValutazioneIndividuale
    serializer_class = ValutazioneIndividualeForma
    filterset_class = filtro(
        ValutazioneIndividuale,
        "persona__last_name",
        azienda="azienda__codice",
        anno="anno",
        stato="stato",
        unita="unita_id",
        categoria="categoria",
    )
    ordini = {"anno": "anno", "cognome": "persona__last_name", "stato": "stato"}
    ordine = ("-anno", "unita__nome", "persona__last_name", "persona__first_name")
    collegati = ("azienda", "edizione__azienda", "persona", "unita", "valutatore")
    condizionati = ("partial_update",)

    @extend_schema(request=CorreggiAssegnazione, responses=ValutazioneIndividualeForma)
    def partial_update(self, request: Request, pk: str) -> HttpResponse:
        with self.in_modifica(GESTISCE) as questa:
            dati = self.letti(CorreggiAssegnazione)
            detti = {
                "valutatore": questa.valutatore,
                "categoria": questa.categoria,
                "mesi": questa.mesi,
            } | dati
            if "valutatore" in dati:
                detti["valutatore"] = _valutatore(questa, dati["valutatore"])
            azioni.correggi_assegnazione(questa, **detti, da=request.user)
        return self.risposta(self.una(pk=questa.pk))

    @extend_schema(summary="Chiudi", request=ConMotivo, responses=ValutazioneIndividualeForma)
    @action(detail=True, methods=["post"])
    def chiusura(self, request: Request, pk: str) -> HttpResponse:
        return self.passo(GESTISCE, azioni.chiudi_valutazione, ConMotivo)


def _valutatore(valutazione: ValutazioneIndividuale, email: str | None) -> Any:
    """Who may evaluate the person and has that address; None if none is said."""
    if email is None:
        return None
    possibili = {uno.email.lower(): uno for uno in valutatori_possibili(valutazione)}
    if email.lower() not in possibili:
        raise ValidationError(
            {"valutatore": _("Chi ha questo indirizzo non può valutare questa persona.")}
        )
    return possibili[email.lower()]
