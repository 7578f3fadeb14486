# SPDX-License-Identifier: AGPL-3.0-or-later
"""Calls, proposals, evaluations, rankings, allocations: sealed and blind as on the pages."""

from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request

from conciliazione.api.base import Righe, Risorsa, annida, filtro
from conciliazione.api.forme_bandi import (
    AzionePropostaForma,
    CofinanziamentoForma,
    CostoForma,
    CriterioForma,
    FonteForma,
    GraduatoriaForma,
    ManifestazioneForma,
    MotivoFacoltativo,
    PartnerForma,
    PropostaForma,
    ProrogaDellAvviso,
    PuntiForma,
    RigaGraduatoriaForma,
    RigaRipartoForma,
    ScenarioForma,
    ValutazioneForma,
    VersioneForma,
)
from conciliazione.azioni.bando import (
    BANDISCE,
    annulla,
    apri_buste,
    proroga,
    pubblica_manifestazione,
)
from conciliazione.azioni.graduatoria import forma_graduatoria
from conciliazione.azioni.istruttoria import ISTRUISCE, ammetti, coprogetta, non_ammettere
from conciliazione.azioni.scenario import copia_scenario, elimina_scenario
from conciliazione.models import (
    AzioneProposta,
    Cofinanziamento,
    CostoAzione,
    Criterio,
    FonteScenario,
    Graduatoria,
    ManifestazioneInteresse,
    Partner,
    Proposta,
    Punteggio,
    RigaGraduatoria,
    RigaRiparto,
    Scenario,
    SchedaValutazione,
    VersioneProposta,
)
from conciliazione.models.visibilita import enti_di
from piani.api.passi import SiToglie, un_passo
from piani.api.piani import Motivo

RIPARTE, FORMA = "conciliazione.riparte", "conciliazione.forma_graduatoria"


class ManifestazioneRisorsa(Risorsa):
    """Le manifestazioni di interesse, con i loro criteri."""

    raccolta = "manifestazioni"
    modello = ManifestazioneInteresse
    serializer_class = ManifestazioneForma
    filterset_class = filtro(ManifestazioneInteresse, "titolo", edizione="edizione", stato="stato")
    ordini = {"chiude_il": "chiude_il", "numero": "numero"}
    ordine = ("-chiude_il",)
    collegati = ("edizione__azienda",)
    pubblicazione = un_passo("pubblicazione", "Pubblica", BANDISCE, pubblica_manifestazione)
    proroga = un_passo("proroga", "Proroga", BANDISCE, proroga, ProrogaDellAvviso)
    annullamento = un_passo("annullamento", "Annulla", BANDISCE, annulla, Motivo)
    apertura = un_passo("apertura", "Apri le proposte", BANDISCE, apri_buste)
    graduatoria = un_passo(
        "graduatoria", "Forma la graduatoria", FORMA, forma_graduatoria,
        descrizione="Nasce proposta, fra le graduatorie.",
    )  # fmt: skip

    def completa(self, righe: Righe) -> None:
        criteri = Criterio.objects.order_by("ordine")
        annida(righe, "criteri", criteri, "manifestazione", CriterioForma)


class PropostaRisorsa(Risorsa):
    """Le proposte con i partner e le versioni. Finché la manifestazione è aperta ciascuno legge
    solo le proprie; di quelle degli altri non si legge la versione che si sta scrivendo."""

    raccolta = "proposte"
    modello = Proposta
    serializer_class = PropostaForma
    filterset_class = filtro(
        Proposta, "titolo", edizione="manifestazione__edizione", manifestazione="manifestazione",
        stato="stato", capofila="capofila",
    )  # fmt: skip
    ordini = {"numero": "numero", "titolo": "titolo"}
    ordine = ("manifestazione_id", "numero")
    ammissione = un_passo("ammissione", "Ammetti", ISTRUISCE, ammetti, MotivoFacoltativo)
    esclusione = un_passo("esclusione", "Non ammettere", ISTRUISCE, non_ammettere, Motivo)
    coprogettazione = un_passo(
        "coprogettazione", "Chiedi di riscriverla insieme", ISTRUISCE, coprogetta, Motivo
    )

    def completa(self, righe: Righe) -> None:
        partner = Partner.objects.order_by("ente__nome", "pk")
        annida(righe, "partner", partner, "proposta", PartnerForma)
        versioni = annida(righe, "versioni", self._versioni(), "proposta", VersioneForma)
        azioni = AzioneProposta.objects.order_by("ordine", "pk")
        di_versione = annida(versioni, "azioni", azioni, "versione", AzionePropostaForma)
        costi = CostoAzione.objects.order_by("categoria", "pk")
        annida(di_versione, "costi", costi, "azione", CostoForma)
        apporti = Cofinanziamento.objects.order_by("pk")
        annida(versioni, "cofinanziamenti", apporti, "versione", CofinanziamentoForma)

    def _versioni(self) -> QuerySet[Any]:
        """Those closed; the one being written, of one's own proposals."""
        mie = Proposta.objects.di(enti_di(self.request.user)).values("pk")
        leggibili = Q(chiusa_il__isnull=False) | Q(proposta__in=mie)
        return VersioneProposta.objects.filter(leggibili).order_by("numero")


class ValutazioneRisorsa(Risorsa):
    """Le schede di valutazione: le proprie, e quelle degli altri quando le regole le scoprono."""

    raccolta = "valutazioni"
    modello = SchedaValutazione
    serializer_class = ValutazioneForma
    filterset_class = filtro(
        SchedaValutazione, "proposta__titolo", edizione="proposta__manifestazione__edizione",
        manifestazione="proposta__manifestazione", proposta="proposta",
    )  # fmt: skip
    ordini = {"consegnata_il": "consegnata_il"}
    ordine = ("proposta_id", "valutatore__seggio__ordine")

    def completa(self, righe: Righe) -> None:
        punti = Punteggio.objects.order_by("criterio__ordine")
        annida(righe, "punteggi", punti, "scheda", PuntiForma)


class GraduatoriaRisorsa(Risorsa):
    """Le graduatorie; chi non è dell'ufficio le legge quando il Comitato le ha decise."""

    raccolta = "graduatorie"
    modello = Graduatoria
    serializer_class = GraduatoriaForma
    filterset_class = filtro(
        Graduatoria, "manifestazione__titolo", edizione="manifestazione__edizione",
        manifestazione="manifestazione",
    )  # fmt: skip
    ordini = {"numero": "numero"}
    ordine = ("manifestazione_id", "-numero")

    def completa(self, righe: Righe) -> None:
        posti = RigaGraduatoria.objects.order_by("-idonea", "posto", "pk")
        annida(righe, "righe", posti, "graduatoria", RigaGraduatoriaForma)


class ScenarioRisorsa(SiToglie, Risorsa):
    """Gli scenari di riparto, con i conti di ogni progetto."""

    raccolta = "scenari"
    modello = Scenario
    serializer_class = ScenarioForma
    filterset_class = filtro(
        Scenario, "nome", edizione="manifestazione__edizione", manifestazione="manifestazione",
        in_vigore="in_vigore",
    )  # fmt: skip
    ordini = {"nome": "nome", "creato_il": "creato_il"}
    ordine = ("manifestazione_id", "-creato_il")
    collegati = ("manifestazione__edizione__azienda",)
    condizionati = ("destroy",)
    toglie = (RIPARTE, elimina_scenario)

    def completa(self, righe: Righe) -> None:
        annida(righe, "fonti", FonteScenario.objects.order_by("ordine"), "scenario", FonteForma)
        riparti = RigaRiparto.objects.order_by("ordine", "pk")
        annida(righe, "righe", riparti, "scenario", RigaRipartoForma)

    @extend_schema(summary="Fanne una copia", request=None, responses={201: ScenarioForma})
    @action(detail=True, methods=["post"])
    def copia(self, request: Request, pk: str) -> HttpResponse:
        questo = self.oggetto()
        self.esigi(RIPARTE, questo)
        nuovo = copia_scenario(questo, da=request.user)
        return self.creata(nuovo.pk, "conciliazione/scenari")
