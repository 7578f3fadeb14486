# SPDX-License-Identifier: AGPL-3.0-or-later
"""Projects with their actions, agreements, actions of the network."""

from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request

from conciliazione.api.base import Euro, Righe, Risorsa, annida, filtro
from conciliazione.api.denaro import IncassoForma, IncassoRisorsa, NuovoIncasso
from conciliazione.azioni.pagamento import PAGA
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
from piani.api.forme import Forma


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


class AzioneDiPianoRisorsa(Risorsa):
    """Le azioni di sistema, trasversali e dirette, con i loro incontri."""

    raccolta = "azioni-di-piano"
    modello = AzioneDiPiano
    serializer_class = AzioneDiPianoForma
    filterset_class = filtro(
        AzioneDiPiano, "titolo", edizione="edizione", genere="genere", stato="stato"
    )
    ordini = {"ordine": "ordine", "titolo": "titolo"}
    ordine = ("edizione_id", "genere", "ordine")

    def completa(self, righe: Righe) -> None:
        incontri = IncontroAzione.objects.order_by("giorno", "pk")
        annida(righe, "incontri", incontri, "azione", IncontroForma)
