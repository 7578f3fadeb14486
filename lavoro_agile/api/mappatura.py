# SPDX-License-Identifier: AGPL-3.0-or-later
"""The mapping: rounds with the units asked and their totals."""

from typing import Any

from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request

from lavoro_agile.api.base import Risorsa, due_decimali
from lavoro_agile.azioni.campagna import PERMESSO as APRE
from lavoro_agile.azioni.campagna import (
    aggiungi_unita,
    apri_campagna,
    chiudi_campagna,
    crea_campagna,
    modifica_campagna,
    riapri_campagna,
)
from lavoro_agile.mappatura.totali import Gruppo, attivita_visibili, per_esito, totali
from lavoro_agile.models import CampagnaMappatura
from piani.api.elenchi import CHIAVE_MASSIMA, filtro
from piani.api.filtri import controlla_parametri
from piani.api.forme import Corpo, Forma, Lista, MiaAzienda, Numero
from piani.api.passi import un_passo

LEGGE = "lavoro_agile.consulta"


class CampagnaForma(Forma):
    id = serializers.IntegerField()
    azienda = serializers.CharField(source="azienda.codice")
    anno = serializers.IntegerField()
    titolo = serializers.CharField()
    istruzioni = serializers.CharField()
    stato = serializers.CharField(help_text="bozza, aperta o chiusa.")
    apre_il = serializers.DateField(allow_null=True)
    chiude_il = serializers.DateField(allow_null=True)
    dimostrativa = serializers.BooleanField(help_text="Inventata per prova.")


class GruppoForma(Forma):
    nome = serializers.CharField()
    in_servizio = serializers.IntegerField(allow_null=True)
    potenziali = serializers.IntegerField(allow_null=True)
    quota = Numero(7, 2, allow_null=True, help_text="I potenziali in percentuale.")


class EsitoForma(Forma):
    esito = serializers.CharField(help_text="Se un'attività si può svolgere così.")
    attivita = serializers.IntegerField()


class TotaliForma(Forma):
    unita = GruppoForma(many=True)
    profili = GruppoForma(many=True)
    totale = GruppoForma()
    attivita = EsitoForma(many=True)
    tace = serializers.BooleanField(
        help_text="Vero se qualche numero è nullo perché farebbe riconoscere poche persone."
    )


class CambiaCampagna(Corpo):
    titolo = serializers.CharField(max_length=200, required=False)
    istruzioni = serializers.CharField(max_length=10_000, allow_blank=True, required=False)
    apre_il = serializers.DateField(required=False)
    chiude_il = serializers.DateField(required=False)


class NuovaCampagna(Corpo):
    azienda = MiaAzienda()
    anno = serializers.IntegerField(min_value=2009, max_value=2110)
    titolo = serializers.CharField(max_length=200)
    istruzioni = serializers.CharField(max_length=10_000, allow_blank=True, default="")
    apre_il = serializers.DateField()
    chiude_il = serializers.DateField()


class UnitaChieste(Corpo):
    unita = Lista(
        child=serializers.IntegerField(min_value=0, max_value=CHIAVE_MASSIMA),
        min_length=1, max_length=5000,
    )  # fmt: skip


class CampagnaRisorsa(Risorsa):
    """Le mappature delle attività, anno per anno."""

    raccolta = "mappature-delle-attivita"
    modello = CampagnaMappatura
    serializer_class = CampagnaForma
    filterset_class = filtro(
        CampagnaMappatura, "titolo", azienda="azienda__codice", anno="anno", stato="stato"
    )
    ordini = {"anno": "anno"}
    ordine = ("-anno",)
    collegati = ("azienda",)
    condizionati = ("partial_update",)
    chiusura = un_passo("chiusura", "Chiudi", APRE, chiudi_campagna)
    riapertura = un_passo("riapertura", "Riapri", APRE, riapri_campagna)

    @extend_schema(
        summary="Le persone per unità e profilo, senza i gruppi piccoli", responses=TotaliForma
    )
    @action(detail=True, methods=["get"], pagination_class=None, filterset_class=None)
    def totali(self, request: Request, pk: str) -> HttpResponse:
        controlla_parametri(request, ())
        questa = self.oggetto()
        self.esigi(LEGGE, questa)
        quadro = totali(questa)
        return self.risposta(
            {
                "unita": [_gruppo(uno) for uno in quadro.unita],
                "profili": [_gruppo(uno) for uno in quadro.profili],
                "totale": _gruppo(quadro.totale),
                "attivita": [
                    {"esito": nome, "attivita": quante}
                    for nome, quante in per_esito(attivita_visibili(questa, request.user))
                ],
                "tace": quadro.tace,
            }
        )

    @extend_schema(
        summary="Prepara una mappatura", request=NuovaCampagna, responses={201: CampagnaForma}
    )
    def create(self, request: Request) -> HttpResponse:
        dati = self.letti(NuovaCampagna)
        nuova = crea_campagna(dati.pop("azienda"), **dati, da=request.user)
        return self.creata(nuova.pk, "lavoro-agile/mappature")

    @extend_schema(request=CambiaCampagna, responses=CampagnaForma)
    def partial_update(self, request: Request, pk: str) -> HttpResponse:
        with self.in_modifica(APRE) as questa:
            adesso = {nome: getattr(questa, nome) for nome in CambiaCampagna().fields}
            modifica_campagna(questa, **adesso | self.letti(CambiaCampagna), da=request.user)
        return self.risposta(self.una(pk=questa.pk))

    @extend_schema(
        summary="Chiedi la scheda ad altre unità",
        description="Le prime aprono la mappatura.",
        request=UnitaChieste,
    )
    @action(detail=True, methods=["post"])
    def unita(self, request: Request, pk: str) -> HttpResponse:
        questa: CampagnaMappatura = self.oggetto()
        self.esigi(APRE, questa)
        chieste = self.letti(UnitaChieste)["unita"]
        prime = questa.stato == CampagnaMappatura.Stato.BOZZA
        azione = apri_campagna if prime else aggiungi_unita
        azione(questa, unita=chieste, da=request.user)
        return self.risposta(self.una(pk=questa.pk))


def _gruppo(uno: Gruppo) -> dict[str, Any]:
    return {
        "nome": uno.nome,
        "in_servizio": uno.in_servizio,
        "potenziali": uno.potenziali,
        "quota": due_decimali(uno.quota),
    }
