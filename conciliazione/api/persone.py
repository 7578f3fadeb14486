# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who represents a body, and who sits in the Comitato: names of people, for who reads them on the
pages; never how to reach them.
"""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request

from conciliazione.api.base import CHIAVE_MASSIMA, Risorsa, filtro
from conciliazione.api.forme_rete import DellAzienda
from conciliazione.azioni.comitato import COMPONE, fine_componente
from conciliazione.azioni.referente import fine_referente, nomina_componente, nomina_referente
from conciliazione.models import Componente, Ente, Referente, Seggio
from piani.api.forme import Corpo, Forma
from piani.api.passi import un_passo

NOMINA = "conciliazione.nomina_referente"


class Persona(Corpo):
    """Who is named: entered if not known, and invited by mail."""

    nome = serializers.CharField(max_length=150)
    cognome = serializers.CharField(max_length=150)
    email = serializers.EmailField(max_length=254)
    dal = serializers.DateField()


class ReferenteForma(Forma):
    id = serializers.IntegerField()
    ente = serializers.IntegerField(source="ente_id")
    ente_nome = serializers.CharField(source="ente.nome")
    nome = serializers.CharField(source="utente.first_name")
    cognome = serializers.CharField(source="utente.last_name")
    legale = serializers.BooleanField(help_text="Legale rappresentante.")
    dal = serializers.DateField()
    al = serializers.DateField(allow_null=True)


class NuovoReferente(Persona):
    ente = DellAzienda(queryset=Ente.objects.all())
    telefono = serializers.CharField(max_length=30, allow_blank=True, default="")
    legale = serializers.BooleanField(default=False)


class FineReferente(Corpo):
    al = serializers.DateField(help_text="L'ultimo giorno.")


class ReferenteRisorsa(Risorsa):
    """Chi rappresenta gli enti: l'ATS legge tutti, chi rappresenta un ente legge quelli del suo.
    Solo il nome: i recapiti non si danno."""

    raccolta = "referenti"
    modello = Referente
    serializer_class = ReferenteForma
    filterset_class = filtro(
        Referente, "utente__last_name", azienda="ente__azienda__codice", ente="ente",
        legale="legale",
    )  # fmt: skip
    ordini = {"dal": "dal", "cognome": "utente__last_name"}
    ordine = ("ente_id", "-dal")
    collegati = ("ente__azienda", "utente")

    @extend_schema(
        summary="Nomina un referente", request=NuovoReferente, responses={201: ReferenteForma}
    )
    def create(self, request: Request) -> HttpResponse:
        dati = self.letti(NuovoReferente)
        ente = dati.pop("ente")
        self.esigi(NOMINA, ente)
        nuovo = nomina_referente(ente, **dati, da=request.user)
        dove = f"/api/v1/conciliazione/referenti/{nuovo.pk}"
        return self.risposta(self.una(pk=nuovo.pk), 201, Location=dove)

    @extend_schema(
        summary="Segna la fine dell'incarico", request=FineReferente, responses=ReferenteForma
    )
    @action(detail=True, methods=["post"])
    def fine(self, request: Request, pk: str) -> HttpResponse:
        questo = self.oggetto()
        self.esigi(NOMINA, questo)
        fine_referente(questo, **self.letti(FineReferente), da=request.user)
        return self.risposta(self.una(pk=questo.pk))


class ComponenteForma(Forma):
    id = serializers.IntegerField()
    edizione = serializers.CharField(source="seggio.edizione.slug")
    seggio = serializers.IntegerField(source="seggio_id")
    ente = serializers.IntegerField(source="seggio.ente_id")
    qualita = serializers.CharField(help_text="titolare o supplente.")
    nome = serializers.CharField(source="utente.first_name")
    cognome = serializers.CharField(source="utente.last_name")
    dal = serializers.DateField()
    al = serializers.DateField(allow_null=True)


class NuovoComponente(Persona):
    seggio = serializers.IntegerField(min_value=1, max_value=CHIAVE_MASSIMA)
    qualita = serializers.ChoiceField(choices=Componente.Qualita.values)


class FineDelComponente(Corpo):
    al = serializers.DateField()


class ComponenteRisorsa(Risorsa):
    """Chi siede nel Comitato, titolari e supplenti: lo leggono l'ATS e chi siede nello stesso
    Comitato. Solo il nome: i recapiti non si danno."""

    raccolta = "componenti"
    modello = Componente
    serializer_class = ComponenteForma
    filterset_class = filtro(
        Componente, "utente__last_name", edizione="seggio__edizione", seggio="seggio",
        qualita="qualita",
    )  # fmt: skip
    ordini = {"dal": "dal", "seggio": "seggio__ordine"}
    ordine = ("seggio__edizione_id", "seggio__ordine", "-qualita", "-dal")
    collegati = ("seggio__edizione__azienda", "utente")
    fine = un_passo("fine", "Segna quando finisce", COMPONE, fine_componente, FineDelComponente)

    @extend_schema(
        summary="Dai un seggio a una persona",
        description="Chi aveva quella qualità finisce il giorno prima.",
        request=NuovoComponente,
        responses={201: ComponenteForma},
    )
    def create(self, request: Request) -> HttpResponse:
        dati = self.letti(NuovoComponente)
        visibili = Seggio.objects.visibili_a(request.user).select_related("edizione__azienda")
        seggio = get_object_or_404(visibili, pk=dati.pop("seggio"))
        self.esigi(COMPONE, seggio)
        nuovo = nomina_componente(seggio, **dati, da=request.user)
        dove = f"/api/v1/conciliazione/componenti/{nuovo.pk}"
        return self.risposta(self.una(pk=nuovo.pk), 201, Location=dove)
