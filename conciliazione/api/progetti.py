# SPDX-License-Identifier: AGPL-3.0-or-later
"""Projects with their actions, agreements, actions of the network."""

from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request

from conciliazione.api.base import Euro, Righe, Risorsa, annida, filtro
from conciliazione.api.denaro import IncassoForma, IncassoRisorsa, NuovoIncasso
from conciliazione.azioni.accordo import (
    manda_alla_firma,
    sciogli_accordo,
)
from conciliazione.azioni.azione_piano import PERMESSO as AZIONI
from conciliazione.azioni.azione_piano import avanza_azione_di_piano, togli_azione_di_piano
from conciliazione.azioni.pagamento import PAGA
from conciliazione.azioni.progetto import PERMESSO as GESTISCE
from conciliazione.azioni.progetto import (
    avvia_progetto,
    concludi_progetto,
    modifica_progetto,
    riprendi_progetto,
    sospendi_progetto,
)
from conciliazione.azioni.recupero import registra_incasso
from conciliazione.models import (
    Accordo,
    AttivitaAzione,
    AzioneDiPiano,
    AzioneProgetto,
    FirmaAccordo,
    IncontroAzione,
    Progetto,
    VoceBudget,
)
from conciliazione.models.azioni import StatoAzione
from piani.api.forme import Corpo, Forma
from piani.api.passi import SiToglie, un_passo
from piani.api.piani import Motivo


class BudgetForma(Forma):
    id = serializers.IntegerField()
    categoria = serializers.CharField()
    importo = Euro()


class AttivitaDiAzioneForma(Forma):
    nome = serializers.CharField()
    dal = serializers.DateField()
    al = serializers.DateField()


class AzioneDiProgettoForma(Forma):
    id = serializers.IntegerField()
    ordine = serializers.IntegerField()
    titolo = serializers.CharField()
    intervento = serializers.CharField(help_text="Codice del catalogo dell'edizione.")
    descrizione = serializers.CharField()
    stato = serializers.CharField()
    persone = serializers.IntegerField(allow_null=True, help_text="Previste.")
    imprese = serializers.IntegerField(allow_null=True, help_text="Imprese ed enti previsti.")
    dal = serializers.DateField(allow_null=True)
    al = serializers.DateField(allow_null=True)
    budget = BudgetForma(many=True)
    attivita = AttivitaDiAzioneForma(many=True)


class ProgettoForma(Forma):
    id = serializers.IntegerField()
    edizione = serializers.CharField(source="edizione.slug")
    proposta = serializers.IntegerField(source="proposta_id")
    capofila = serializers.IntegerField(source="capofila_id")
    capofila_nome = serializers.CharField(source="capofila.nome")
    numero = serializers.IntegerField()
    titolo = serializers.CharField()
    cup = serializers.CharField()
    stato = serializers.CharField()
    costo = Euro()
    contributo = Euro()
    dal = serializers.DateField(allow_null=True)
    al = serializers.DateField(allow_null=True)
    concluso_il = serializers.DateField(allow_null=True)
    atto_concessione = serializers.CharField()
    azioni = AzioneDiProgettoForma(many=True)


class AvvioDelProgetto(Corpo):
    dal = serializers.DateField()


class ConclusioneDelProgetto(Corpo):
    giorno = serializers.DateField()


class CambiaProgetto(Corpo):
    cup = serializers.CharField(max_length=15, allow_blank=True, required=False)
    atto_concessione = serializers.CharField(max_length=200, allow_blank=True, required=False)
    dal = serializers.DateField(required=False, allow_null=True)
    al = serializers.DateField(required=False, allow_null=True)


class ProgettoRisorsa(Risorsa):
    """I progetti delle Alleanze, con le loro azioni e il budget."""

    raccolta = "progetti"
    modello = Progetto
    serializer_class = ProgettoForma
    filterset_class = filtro(
        Progetto, "titolo", edizione="edizione", stato="stato", capofila="capofila"
    )
    ordini = {"numero": "numero", "titolo": "titolo"}
    ordine = ("edizione_id", "numero")
    collegati = ("edizione__azienda", "capofila")
    condizionati = ("partial_update",)
    avvio = un_passo("avvio", "Avvia", GESTISCE, avvia_progetto, AvvioDelProgetto)
    sospensione = un_passo("sospensione", "Sospendi", GESTISCE, sospendi_progetto, Motivo)
    ripresa = un_passo("ripresa", "Riprendi", GESTISCE, riprendi_progetto)
    conclusione = un_passo(
        "conclusione", "Concludi", GESTISCE, concludi_progetto, ConclusioneDelProgetto
    )

    def completa(self, righe: Righe) -> None:
        sue = AzioneProgetto.objects.order_by("ordine", "pk")
        azioni = annida(righe, "azioni", sue, "progetto", AzioneDiProgettoForma)
        annida(azioni, "budget", VoceBudget.objects.order_by("pk"), "azione", BudgetForma)
        pezzi = AttivitaAzione.objects.order_by("ordine", "pk")
        annida(azioni, "attivita", pezzi, "azione", AttivitaDiAzioneForma)

    @extend_schema(
        summary="Registra l'incasso di un recupero",
        request=NuovoIncasso,
        responses={201: IncassoForma},
    )
    @action(detail=True, methods=["post"])
    def incassi(self, request: Request, pk: str) -> HttpResponse:
        progetto = self.oggetto()
        self.esigi(PAGA, progetto)
        nuovo = registra_incasso(progetto, **self.letti(NuovoIncasso), da=request.user)
        sua = IncassoRisorsa(request=request, kwargs={}, format_kwarg=None)
        dove = f"/api/v1/conciliazione/incassi/{nuovo.pk}"
        return self.risposta(sua.una(pk=nuovo.pk), 201, Location=dove)

    @extend_schema(request=CambiaProgetto, responses=ProgettoForma)
    def partial_update(self, request: Request, pk: str) -> HttpResponse:
        with self.in_modifica(GESTISCE) as questo:
            adesso = {nome: getattr(questo, nome) for nome in CambiaProgetto().fields}
            modifica_progetto(questo, **adesso | self.letti(CambiaProgetto), da=request.user)
        return self.risposta(self.una(pk=questo.pk))


class FirmaForma(Forma):
    ente = serializers.IntegerField(source="ente_id")
    ente_nome = serializers.CharField(source="ente.nome")
    firmata_il = serializers.DateTimeField(allow_null=True)


class AccordoDiProgettoForma(Forma):
    id = serializers.IntegerField()
    progetto = serializers.IntegerField(source="progetto_id")
    genere = serializers.CharField(help_text="partenariato o convenzione.")
    stato = serializers.CharField()
    protocollo = serializers.CharField()
    dal = serializers.DateField(allow_null=True)
    al = serializers.DateField(allow_null=True)
    sottoscritto_il = serializers.DateTimeField(allow_null=True)
    firme = FirmaForma(many=True)


class AccordoRisorsa(Risorsa):
    """Gli accordi dei progetti e le loro firme."""

    raccolta = "accordi"
    modello = Accordo
    serializer_class = AccordoDiProgettoForma
    filterset_class = filtro(
        Accordo, "progetto__titolo", edizione="progetto__edizione", progetto="progetto",
        genere="genere", stato="stato",
    )  # fmt: skip
    ordini = {"sottoscritto_il": "sottoscritto_il"}
    ordine = ("progetto_id",)
    collegati = ("progetto__edizione__azienda", "progetto__capofila")
    invio = un_passo("invio", "Manda alla firma", "", manda_alla_firma)
    scioglimento = un_passo("scioglimento", "Sciogli", GESTISCE, sciogli_accordo, Motivo)

    def completa(self, righe: Righe) -> None:
        firme = FirmaAccordo.objects.order_by("ente__nome", "pk")
        annida(righe, "firme", firme, "accordo", FirmaForma)


class IncontroForma(Forma):
    giorno = serializers.DateField()
    tema = serializers.CharField()
    partecipanti = serializers.IntegerField(allow_null=True)
    esito = serializers.CharField()


class AzioneDiPianoForma(Forma):
    id = serializers.IntegerField()
    edizione = serializers.CharField(source="edizione.slug")
    genere = serializers.CharField(help_text="sistema, trasversale o diretta.")
    ordine = serializers.IntegerField()
    titolo = serializers.CharField()
    gruppo = serializers.CharField()
    descrizione = serializers.CharField()
    responsabile = serializers.CharField()
    stato = serializers.CharField()
    importo = Euro(allow_null=True)
    persone = serializers.IntegerField(allow_null=True)
    imprese = serializers.IntegerField(allow_null=True)
    dal = serializers.DateField(allow_null=True)
    al = serializers.DateField(allow_null=True)
    avviata_il = serializers.DateField(allow_null=True)
    incontri = IncontroForma(many=True)


class AvanzamentoDellAzione(Corpo):
    stato = serializers.ChoiceField(choices=StatoAzione.choices)


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
    condizionati = ("destroy",)
    toglie = (AZIONI, togli_azione_di_piano)
    avanzamento = un_passo(
        "avanzamento", "Porta avanti", AZIONI, avanza_azione_di_piano, AvanzamentoDellAzione
    )

    def completa(self, righe: Righe) -> None:
        incontri = IncontroAzione.objects.order_by("giorno", "pk")
        annida(righe, "incontri", incontri, "azione", IncontroForma)
