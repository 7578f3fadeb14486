# SPDX-License-Identifier: AGPL-3.0-or-later
"""Calls with their criteria and evaluators, evaluations, rankings: blind as on the pages."""

from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request

from conciliazione.api.base import Righe, Risorsa, annida, edizione_di, filtro
from conciliazione.api.forme_bandi import (
    CambiaManifestazione,
    CriteriDellAvviso,
    CriterioForma,
    DecisioneDelComitato,
    GraduatoriaForma,
    ManifestazioneForma,
    NominaDeiValutatori,
    NuovaManifestazione,
    ProrogaDellAvviso,
    PuntiForma,
    RigaGraduatoriaForma,
    ValutatoreForma,
    ValutazioneForma,
)
from conciliazione.azioni.bando import (
    BANDISCE,
    CriterioScritto,
    annulla,
    apri_buste,
    crea_manifestazione,
    modifica_manifestazione,
    proroga,
    pubblica_manifestazione,
    scrivi_criteri,
)
from conciliazione.azioni.graduatoria import decidi_graduatoria, forma_graduatoria
from conciliazione.azioni.valutatori import nomina_valutatori
from conciliazione.models import (
    Criterio,
    Graduatoria,
    ManifestazioneInteresse,
    Punteggio,
    RigaGraduatoria,
    SchedaValutazione,
    Valutatore,
)
from piani.api.passi import un_passo
from piani.api.piani import Motivo

FORMA, NOMINA = "conciliazione.forma_graduatoria", "conciliazione.nomina_valutatori"


class ManifestazioneRisorsa(Risorsa):
    """Le manifestazioni di interesse, con i loro criteri e chi valuta le proposte."""

    raccolta = "manifestazioni"
    modello = ManifestazioneInteresse
    serializer_class = ManifestazioneForma
    filterset_class = filtro(ManifestazioneInteresse, "titolo", edizione="edizione", stato="stato")
    ordini = {"chiude_il": "chiude_il", "numero": "numero"}
    ordine = ("-chiude_il",)
    collegati = ("edizione__azienda",)
    condizionati = ("partial_update", "criteri")
    pubblicazione = un_passo("pubblicazione", "Pubblica", BANDISCE, pubblica_manifestazione)
    proroga = un_passo("proroga", "Proroga", BANDISCE, proroga, ProrogaDellAvviso)
    annullamento = un_passo("annullamento", "Annulla", BANDISCE, annulla, Motivo)
    apertura = un_passo("apertura", "Apri le proposte", BANDISCE, apri_buste)
    graduatoria = un_passo(
        "graduatoria", "Forma la graduatoria", FORMA, forma_graduatoria,
        descrizione="Nasce proposta, fra le graduatorie.",
    )  # fmt: skip
    valutatori = un_passo(
        "valutatori", "Nomina i valutatori", NOMINA, nomina_valutatori, NominaDeiValutatori,
        descrizione="Chi guida una proposta, o ne è partner, entra già astenuto.",
    )  # fmt: skip

    def completa(self, righe: Righe) -> None:
        criteri = Criterio.objects.order_by("ordine")
        annida(righe, "criteri", criteri, "manifestazione", CriterioForma)
        visti = Valutatore.objects.visibili_a(self.request.user).order_by("seggio__ordine")
        annida(righe, "valutatori", visti, "manifestazione", ValutatoreForma)

    @extend_schema(
        summary="Prepara una manifestazione",
        description="Una bozza, con i criteri dell'edizione di cui si sanno i punti.",
        request=NuovaManifestazione,
        responses={201: ManifestazioneForma},
    )
    def create(self, request: Request) -> HttpResponse:
        dati = self.letti(NuovaManifestazione)
        edizione = edizione_di(request, dati.pop("edizione"))
        self.esigi(BANDISCE, edizione)
        nuova = crea_manifestazione(edizione, **dati, da=request.user)
        return self.creata(nuova.pk, "conciliazione/manifestazioni")

    @extend_schema(
        description="Solo in bozza.", request=CambiaManifestazione, responses=ManifestazioneForma
    )
    def partial_update(self, request: Request, pk: str) -> HttpResponse:
        with self.in_modifica(BANDISCE) as questa:
            adesso = {nome: getattr(questa, nome) for nome in CambiaManifestazione().fields}
            detti = adesso | self.letti(CambiaManifestazione)
            modifica_manifestazione(questa, **detti, da=request.user)
        return self.risposta(self.una(pk=questa.pk))

    @extend_schema(
        summary="Scrivi i criteri",
        description="Solo in bozza: tutti, nel loro ordine, al posto di quelli di prima.",
        request=CriteriDellAvviso,
        responses=ManifestazioneForma,
    )
    @action(detail=True, methods=["put"])
    def criteri(self, request: Request, pk: str) -> HttpResponse:
        with self.in_modifica(BANDISCE) as questa:
            scritti = self.letti(CriteriDellAvviso)["criteri"]
            scrivi_criteri(questa, [CriterioScritto(**uno) for uno in scritti], da=request.user)
        return self.risposta(self.una(pk=questa.pk))


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
    collegati = ("manifestazione__edizione__azienda",)
    decisione = un_passo(
        "decisione", "Registra la decisione del Comitato", FORMA, decidi_graduatoria,
        DecisioneDelComitato,
    )  # fmt: skip

    def completa(self, righe: Righe) -> None:
        posti = RigaGraduatoria.objects.order_by("-idonea", "posto", "pk")
        annida(righe, "righe", posti, "graduatoria", RigaGraduatoriaForma)
