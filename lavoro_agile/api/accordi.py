# SPDX-License-Identifier: AGPL-3.0-or-later
"""Individual agreements: neither protections nor why somebody left one."""

from typing import Any

from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request

from lavoro_agile.api.base import DiUnaPersonaForma, Risorsa
from lavoro_agile.azioni.accordo import PREPARA, annulla, prepara, proponi, riprendi, scrivi
from lavoro_agile.azioni.accordo_fine import rinnova
from lavoro_agile.azioni.comunicazione import COMUNICA, comunica, comunica_fini
from lavoro_agile.models import AccordoIndividuale, Area, Genere, Prevalenza
from piani.api.elenchi import CHIAVE_MASSIMA, filtro
from piani.api.forme import Corpo, MiaAzienda, MiaUnita, Ora
from piani.api.passi import un_passo
from piani.models import Utente

LUNGO = 20_000
"""Characters of a part of the text of an agreement."""


def _parte(**come: Any) -> serializers.CharField:
    return serializers.CharField(max_length=LUNGO, allow_blank=True, required=False, **come)


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
    obiettivi = serializers.CharField(help_text="Della prestazione.")
    misurazione = serializers.CharField(help_text="Come si misura la prestazione.")
    modalita = serializers.CharField(help_text="Modalità e tempi di esecuzione.")
    rotazione = serializers.CharField(help_text="Con i colleghi.")
    disconnessione = serializers.CharField(help_text="Riposo e disconnessione.")
    contatto_dalle = Ora(allow_null=True)
    contatto_alle = Ora(allow_null=True)
    contatto_nota = serializers.CharField(help_text="Altre fasce di contatto.")
    strumenti = serializers.CharField()
    strumenti_aziendali = serializers.BooleanField()
    luogo = serializers.CharField(help_text="domicilio, altro o coworking.")
    riservatezza = serializers.CharField(help_text="Misure per la riservatezza dei dati.")
    controllo = serializers.CharField(help_text="Esercizio del potere di controllo.")
    arretrato = serializers.CharField(help_text="Smaltimento dell'arretrato.")
    coordina = serializers.BooleanField(help_text="Coordina o controlla altri.")
    informativa_il = serializers.DateField(allow_null=True)
    sottoscritto_il = serializers.DateField(allow_null=True)
    comunicato_il = serializers.DateField(
        allow_null=True, help_text="Al Ministero (art. 23 c. 1 L. 81/2017)."
    )
    dimostrativo = serializers.BooleanField(help_text="Inventato per prova.")


class Comunicato(Corpo):
    giorno = serializers.DateField(help_text="Quando è stato comunicato al Ministero.")


class NuovoAccordoAgile(Corpo):
    azienda = MiaAzienda()
    persona = serializers.IntegerField(
        min_value=1, max_value=CHIAVE_MASSIMA, help_text="Il numero del suo utente."
    )
    unita = MiaUnita()
    area = serializers.ChoiceField(choices=Area.choices)
    genere = serializers.ChoiceField(
        choices=Genere.choices, allow_blank=True, default="", help_text="Per le statistiche."
    )
    profilo = serializers.CharField(max_length=120, allow_blank=True, default="")
    dal = serializers.DateField()
    al = serializers.DateField(
        allow_null=True, default=None,
        help_text="Senza: la durata del regolamento, oppure a tempo indeterminato.",
    )  # fmt: skip

    def validate_persona(self, chiave: int) -> Utente | None:
        """Whether they work in the azienda, the action says."""
        return Utente.objects.filter(pk=chiave).first()


class CambiaAccordoAgile(Corpo):
    dal = serializers.DateField(required=False)
    al = serializers.DateField(allow_null=True, required=False)
    giorni_mese = serializers.IntegerField(
        min_value=0, max_value=31, allow_null=True, required=False
    )
    giorni_settimana = serializers.IntegerField(
        min_value=0, max_value=7, allow_null=True, required=False
    )
    prevalenza = serializers.ChoiceField(choices=Prevalenza.choices, required=False)
    mesi_prevalenza = serializers.IntegerField(
        min_value=1, max_value=12, required=False,
        help_text="1, oppure da 2 a 12 se la presenza prevale in più mesi.",
    )  # fmt: skip
    obiettivi = _parte()
    misurazione = _parte()
    modalita = _parte(help_text="Senza motivi di salute o di famiglia.")
    rotazione = _parte()
    disconnessione = _parte()
    contatto_dalle = Ora(allow_null=True, required=False)
    contatto_alle = Ora(allow_null=True, required=False)
    contatto_nota = serializers.CharField(max_length=200, allow_blank=True, required=False)
    strumenti = _parte()
    strumenti_aziendali = serializers.BooleanField(required=False)
    luogo = serializers.ChoiceField(choices=AccordoIndividuale.Luogo.choices, required=False)
    riservatezza = _parte()
    controllo = _parte()
    arretrato = _parte()
    coordina = serializers.BooleanField(required=False)
    informativa_il = serializers.DateField(allow_null=True, required=False)


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
    condizionati = ("partial_update",)
    proposta = un_passo("proposta", "Manda alla firma", PREPARA, proponi)
    ripresa = un_passo("ripresa", "Riporta in bozza", PREPARA, riprendi)
    annullamento = un_passo("annullamento", "Annulla", PREPARA, annulla)

    @extend_schema(
        summary="Prepara un accordo con una persona",
        description="Senza una domanda, nel regolamento in vigore; nasce in bozza. Da una domanda "
        "ammessa si prepara con POST …/domande/{id}/accordo.",
        request=NuovoAccordoAgile,
        responses={201: AccordoAgileForma},
    )
    def create(self, request: Request) -> HttpResponse:
        dati = self.letti(NuovoAccordoAgile)
        azienda = dati.pop("azienda")
        self.esigi(COMUNICA, azienda)
        nuovo = prepara(azienda, **dati, da=request.user)
        return self.creata(nuovo.pk, "lavoro-agile/accordi")

    @extend_schema(
        summary="Scrivi la bozza", request=CambiaAccordoAgile, responses=AccordoAgileForma
    )
    def partial_update(self, request: Request, pk: str) -> HttpResponse:
        with self.in_modifica(PREPARA) as questo:
            dati = self.letti(CambiaAccordoAgile)
            scrivi(questo, visto=questo.modifiche, **dati, da=request.user)
        return self.risposta(self.una(pk=questo.pk))

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
