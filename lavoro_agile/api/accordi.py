# SPDX-License-Identifier: AGPL-3.0-or-later
"""Individual agreements: neither protections nor why somebody left one."""

from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request

from lavoro_agile.api.base import DiUnaPersonaForma, Risorsa
from lavoro_agile.azioni.accordo import PREPARA, annulla, proponi, riprendi
from lavoro_agile.azioni.accordo_fine import rinnova
from lavoro_agile.azioni.comunicazione import COMUNICA, comunica, comunica_fini
from lavoro_agile.models import AccordoIndividuale
from piani.api.elenchi import filtro
from piani.api.forme import Corpo
from piani.api.passi import un_passo


class AccordoAgileForma(DiUnaPersonaForma):
    id = serializers.IntegerField()
    edizione = serializers.CharField(source="edizione.slug")
    domanda = serializers.IntegerField(source="domanda_id", allow_null=True)
    rinnova = serializers.IntegerField(source="rinnova_id", allow_null=True)
    numero = serializers.IntegerField()
    stato = serializers.CharField(help_text="bozza, alla_firma, sottoscritto, cessato o annullato.")
    dal = serializers.DateField()
    al = serializers.DateField(allow_null=True, help_text="Nullo: a tempo indeterminato.")
    cessa_il = serializers.DateField(
        allow_null=True, help_text="Il primo giorno senza, se è cessato prima del tempo."
    )
    giorni_mese = serializers.IntegerField(allow_null=True)
    giorni_settimana = serializers.IntegerField(allow_null=True)
    prevalenza = serializers.CharField(help_text="settimanale, mensile o plurimensile.")
    mesi_prevalenza = serializers.IntegerField()
    luogo = serializers.CharField(help_text="domicilio, altro o coworking.")
    informativa_il = serializers.DateField(allow_null=True)
    sottoscritto_il = serializers.DateField(allow_null=True)
    comunicato_il = serializers.DateField(
        allow_null=True, help_text="Al Ministero (art. 23 c. 1 L. 81/2017)."
    )
    dimostrativo = serializers.BooleanField(help_text="Inventato per prova.")


class Comunicato(Corpo):
    giorno = serializers.DateField(help_text="Quando è stato comunicato al Ministero.")


class AccordoRisorsa(Risorsa):
    """Gli accordi individuali: i propri, quelli della propria unità, tutti per le risorse umane.
    Le tutele e i motivi di un recesso non si leggono qui."""

    raccolta = "accordi-di-lavoro-agile"
    modello = AccordoIndividuale
    serializer_class = AccordoAgileForma
    filterset_class = filtro(
        AccordoIndividuale, "unita__nome", edizione="edizione",
        azienda="edizione__azienda__codice", stato="stato", unita="unita",
    )  # fmt: skip
    ordini = {"numero": "numero", "dal": "dal"}
    ordine = ("edizione_id", "-numero")
    collegati = ("edizione__azienda",)
    proposta = un_passo("proposta", "Manda alla firma", PREPARA, proponi)
    ripresa = un_passo("ripresa", "Riporta in bozza", PREPARA, riprendi)
    annullamento = un_passo("annullamento", "Annulla", PREPARA, annulla)

    @extend_schema(summary="Segna l'inizio come comunicato al Ministero", request=Comunicato,
                   responses=AccordoAgileForma)  # fmt: skip
    @action(detail=True, methods=["post"])
    def comunicazione(self, request: Request, pk: str) -> HttpResponse:
        questo = self.oggetto()
        self.esigi(COMUNICA, questo)
        letti = self.letti(Comunicato)
        comunica(questo.azienda, accordi=[questo], **letti, da=request.user)
        return self.risposta(self.una(pk=questo.pk))

    @extend_schema(summary="Segna la cessazione anticipata come comunicata al Ministero",
                   request=Comunicato, responses=AccordoAgileForma)  # fmt: skip
    @action(detail=True, methods=["post"])
    def cessazione(self, request: Request, pk: str) -> HttpResponse:
        questo = self.oggetto()
        self.esigi(COMUNICA, questo)
        letti = self.letti(Comunicato)
        comunica_fini(questo.azienda, accordi=[questo], **letti, da=request.user)
        return self.risposta(self.una(pk=questo.pk))

    @extend_schema(summary="Prepara il rinnovo", request=None, responses={201: AccordoAgileForma})
    @action(detail=True, methods=["post"])
    def rinnovo(self, request: Request, pk: str) -> HttpResponse:
        questo = self.oggetto()
        self.esigi(PREPARA, questo)
        nuovo = rinnova(questo, da=request.user)
        return self.creata(nuovo.pk, "lavoro-agile/accordi")
