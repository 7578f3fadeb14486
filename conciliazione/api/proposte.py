# SPDX-License-Identifier: AGPL-3.0-or-later
"""Proposals: read sealed as on the pages, written section by section by who leads the Alleanza."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request

from conciliazione.api.alleanza import (
    AllegatoDiPropostaRisorsa,
    AzioneDiPropostaRisorsa,
    PartnerDiPropostaRisorsa,
)
from conciliazione.api.base import Righe, Risorsa, annida, filtro
from conciliazione.api.forme_bandi import MotivoFacoltativo
from conciliazione.api.forme_proposte import (
    AllegatoDiPropostaForma,
    AllegatoForma,
    AzioneDiPropostaForma,
    AzionePropostaForma,
    CambiaProposta,
    CofinanziamentoForma,
    CostoForma,
    FusioneDiProposte,
    InvitoDelPartner,
    NuovaAzione,
    NuovaProposta,
    NuovoAllegato,
    PartnerDiPropostaForma,
    PartnerForma,
    PropostaForma,
    RisorseDellaProposta,
    VersioneForma,
    VersioneVista,
)
from conciliazione.azioni.allegato import allega
from conciliazione.azioni.istruttoria import ISTRUISCE, ammetti, coprogetta, fondi, non_ammettere
from conciliazione.azioni.partner import invita_partner
from conciliazione.azioni.presentazione import consegna, presenta, riprendi, ritira
from conciliazione.azioni.proposta import (
    SCRIVE,
    Apporto,
    comincia_proposta,
    in_bozza,
    scrivi_azione,
    scrivi_contenuto,
    scrivi_risorse,
)
from conciliazione.models import (
    AllegatoProposta,
    AzioneProposta,
    Cofinanziamento,
    CostoAzione,
    ManifestazioneInteresse,
    Partner,
    Proposta,
    VersioneProposta,
)
from piani.api.passi import un_passo
from piani.api.piani import Motivo


class PropostaRisorsa(Risorsa):
    """Le proposte con i partner, le versioni e gli allegati. Finché la manifestazione è aperta
    ciascuno legge solo le proprie; di quelle degli altri non si legge la versione che si sta
    scrivendo. Le scrive, con la sua sessione, chi rappresenta il capofila."""

    raccolta = "proposte"
    modello = Proposta
    serializer_class = PropostaForma
    filterset_class = filtro(
        Proposta, "titolo", edizione="manifestazione__edizione", manifestazione="manifestazione",
        stato="stato", capofila="capofila",
    )  # fmt: skip
    ordini = {"numero": "numero", "titolo": "titolo"}
    ordine = ("manifestazione_id", "numero")
    collegati = ("capofila", "manifestazione__edizione__azienda")
    condizionati = ("partial_update", "risorse")
    ammissione = un_passo("ammissione", "Ammetti", ISTRUISCE, ammetti, MotivoFacoltativo)
    esclusione = un_passo("esclusione", "Non ammettere", ISTRUISCE, non_ammettere, Motivo)
    coprogettazione = un_passo(
        "coprogettazione", "Chiedi di riscriverla insieme", ISTRUISCE, coprogetta, Motivo
    )
    fusione = un_passo(
        "fusione", "Fondi altre proposte in questa", ISTRUISCE, fondi, FusioneDiProposte,
        descrizione="Questa torna in co-progettazione con le azioni e gli apporti di tutte; le "
        "altre dicono dove sono confluite, e chi le guidava è invitato fra i partner.",
    )  # fmt: skip
    presentazione = un_passo(
        "presentazione", "Presenta", SCRIVE, presenta, VersioneVista,
        descrizione="Solo mentre la manifestazione è aperta. Prende il numero, e la versione si "
        "chiude con la sua impronta; altrimenti la risposta dice ogni regola che non è rispettata.",
    )  # fmt: skip
    consegna = un_passo(
        "consegna", "Consegna la versione riscritta insieme", SCRIVE, consegna, VersioneVista,
        descrizione="Finita la co-progettazione: torna ammessa.",
    )  # fmt: skip
    ripresa = un_passo(
        "ripresa", "Riprendi per correggerla", SCRIVE, riprendi,
        descrizione="Mentre la manifestazione è aperta: conta solo se la si presenta ancora.",
    )  # fmt: skip
    ritiro = un_passo("ritiro", "Ritira", SCRIVE, ritira, Motivo)

    def completa(self, righe: Righe) -> None:
        partner = Partner.objects.order_by("ente__nome", "pk")
        annida(righe, "partner", partner, "proposta", PartnerForma)
        leggibili = VersioneProposta.objects.leggibili_a(self.request.user).order_by("numero")
        versioni = annida(righe, "versioni", leggibili, "proposta", VersioneForma)
        azioni = AzioneProposta.objects.order_by("ordine", "pk")
        di_versione = annida(versioni, "azioni", azioni, "versione", AzionePropostaForma)
        costi = CostoAzione.objects.order_by("categoria", "pk")
        annida(di_versione, "costi", costi, "azione", CostoForma)
        apporti = Cofinanziamento.objects.order_by("pk")
        annida(versioni, "cofinanziamenti", apporti, "versione", CofinanziamentoForma)
        carte = AllegatoProposta.objects.order_by("caricato_il", "pk")
        annida(righe, "allegati", carte, "proposta", AllegatoForma)

    @extend_schema(
        summary="Comincia una proposta",
        description="Una bozza che legge solo l'Alleanza, mentre la manifestazione è aperta.",
        request=NuovaProposta,
        responses={201: PropostaForma},
    )
    def create(self, request: Request) -> HttpResponse:
        dati = self.letti(NuovaProposta)
        visibili = ManifestazioneInteresse.objects.visibili_a(request.user)
        bando = get_object_or_404(visibili, pk=dati.pop("manifestazione"))
        nuova = comincia_proposta(bando, **dati, da=request.user)
        return self.creata(nuova.pk, "conciliazione/proposte")

    @extend_schema(
        description="Ciò che la proposta dice, nella versione che si sta scrivendo.",
        request=CambiaProposta,
        responses=PropostaForma,
    )
    def partial_update(self, request: Request, pk: str) -> HttpResponse:
        with self.in_modifica(SCRIVE) as questa:
            detti = self.letti(CambiaProposta)
            scrivi_contenuto(in_bozza(questa), **detti, visto=None, da=request.user)
        return self.risposta(self.una(pk=questa.pk))

    @extend_schema(
        summary="Scrivi le risorse",
        description="Il contributo, il costo e tutti gli apporti, al posto di quelli di prima.",
        request=RisorseDellaProposta,
        responses=PropostaForma,
    )
    @action(detail=True, methods=["put"])
    def risorse(self, request: Request, pk: str) -> HttpResponse:
        with self.in_modifica(SCRIVE) as questa:
            dati = self.letti(RisorseDellaProposta)
            dati["apporti"] = [Apporto(**uno) for uno in dati["apporti"]]
            scrivi_risorse(in_bozza(questa), **dati, visto=None, da=request.user)
        return self.risposta(self.una(pk=questa.pk))

    @extend_schema(
        summary="Aggiungi un'azione", request=NuovaAzione, responses={201: AzioneDiPropostaForma}
    )
    @action(detail=True, methods=["post"])
    def azioni(self, request: Request, pk: str) -> HttpResponse:
        questa = self._da_scrivere()
        dati = {"costi": {}} | self.letti(NuovaAzione)
        nuova = scrivi_azione(in_bozza(questa), None, **dati, visto=None, da=request.user)
        return self.creata(nuova.pk, "conciliazione/azioni-di-proposta", AzioneDiPropostaRisorsa)

    @extend_schema(
        summary="Invita un partner",
        description="Chi rappresenta l'ente riceve un messaggio e risponde.",
        request=InvitoDelPartner,
        responses={201: PartnerDiPropostaForma},
    )
    @action(detail=True, methods=["post"])
    def partner(self, request: Request, pk: str) -> HttpResponse:
        questa = self._da_scrivere()
        invitato = invita_partner(questa, **self.letti(InvitoDelPartner), da=request.user)
        return self.creata(invitato.pk, "conciliazione/partner", PartnerDiPropostaRisorsa)

    @extend_schema(
        summary="Allega un documento",
        request=NuovoAllegato,
        responses={201: AllegatoDiPropostaForma},
    )
    @action(detail=True, methods=["post"])
    def allegati(self, request: Request, pk: str) -> HttpResponse:
        questa = self._da_scrivere()
        dati = self.letti(NuovoAllegato)
        file = SimpleUploadedFile(dati["nome"], dati["contenuto"])
        nuovo = allega(questa, file=file, da=request.user)
        return self.creata(
            nuovo.pk, "conciliazione/allegati-di-proposta", AllegatoDiPropostaRisorsa
        )

    def _da_scrivere(self) -> Proposta:
        """The proposal of the address, for who leads it."""
        questa: Proposta = self.oggetto()
        self.esigi(SCRIVE, questa)
        return questa
