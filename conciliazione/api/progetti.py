# SPDX-License-Identifier: AGPL-3.0-or-later
"""Projects: born of a financed proposal, changed, brought forward; what is added under them."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request

from conciliazione.api.accordi import AccordoDiProgettoForma, AccordoRisorsa, NuovoAccordo
from conciliazione.api.azioni_progetto import AzioneDiProgettoForma, con_budget_e_attivita
from conciliazione.api.base import CHIAVE_MASSIMA, Euro, Righe, Risorsa, annida, filtro
from conciliazione.api.denaro import IncassoForma, IncassoRisorsa, NuovoIncasso
from conciliazione.api.documenti import (
    DOCUMENTA,
    DocumentoDiProgettoForma,
    DocumentoDiProgettoRisorsa,
    NuovoDocumentoDiProgetto,
)
from conciliazione.azioni.accordo import SCRIVE, scrivi_accordo
from conciliazione.azioni.documento_progetto import carica_documento
from conciliazione.azioni.pagamento import PAGA
from conciliazione.azioni.progetto import PERMESSO as GESTISCE
from conciliazione.azioni.progetto import (
    avvia_progetto,
    concludi_progetto,
    crea_progetto,
    modifica_progetto,
    riprendi_progetto,
    sospendi_progetto,
)
from conciliazione.azioni.recupero import registra_incasso
from conciliazione.models import AzioneProgetto, Progetto, Proposta
from piani.api.forme import Corpo, Forma
from piani.api.passi import un_passo
from piani.api.piani import Motivo


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


class NuovoProgetto(Corpo):
    proposta = serializers.IntegerField(min_value=1, max_value=CHIAVE_MASSIMA)


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
        con_budget_e_attivita(annida(righe, "azioni", sue, "progetto", AzioneDiProgettoForma))

    @extend_schema(
        summary="Crea il progetto di una proposta finanziata",
        description="Azioni e budget sono quelli dell'ultima versione, il contributo quello che le "
        "assegna lo scenario di riparto scelto.",
        request=NuovoProgetto,
        responses={201: ProgettoForma},
    )
    def create(self, request: Request) -> HttpResponse:
        visibili = Proposta.objects.visibili_a(request.user)
        proposta = get_object_or_404(
            visibili.select_related("manifestazione__edizione__azienda"),
            pk=self.letti(NuovoProgetto)["proposta"],
        )
        self.esigi(GESTISCE, proposta)
        nuovo = crea_progetto(proposta, da=request.user)
        return self.creata(nuovo.pk, "conciliazione/progetti")

    @extend_schema(
        summary="Comincia un accordo",
        description="In bozza; se ce n'è già uno di quel genere, si cambia quello.",
        request=NuovoAccordo,
        responses={201: AccordoDiProgettoForma},
    )
    @action(detail=True, methods=["post"])
    def accordi(self, request: Request, pk: str) -> HttpResponse:
        progetto = self.oggetto()
        self.esigi(SCRIVE, progetto)
        nuovo = scrivi_accordo(progetto, **self.letti(NuovoAccordo), da=request.user)
        return self.creata(nuovo.pk, "conciliazione/accordi", AccordoRisorsa)

    @extend_schema(
        summary="Carica un documento",
        description="Si riconosce dal contenuto, e il nome deve dire lo stesso.",
        request=NuovoDocumentoDiProgetto,
        responses={201: DocumentoDiProgettoForma},
    )
    @action(detail=True, methods=["post"])
    def documenti(self, request: Request, pk: str) -> HttpResponse:
        progetto = self.oggetto()
        self.esigi(DOCUMENTA, progetto)
        dati = self.letti(NuovoDocumentoDiProgetto)
        file = SimpleUploadedFile(dati["nome"], dati["contenuto"])
        nuovo = carica_documento(progetto, genere=dati["genere"], file=file, da=request.user)
        dove = "conciliazione/documenti-di-progetto"
        return self.creata(nuovo.pk, dove, DocumentoDiProgettoRisorsa)

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
