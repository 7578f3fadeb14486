# SPDX-License-Identifier: AGPL-3.0-or-later
"""Semesters, what was reported in them, indicators."""

from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request

from conciliazione.api.base import (
    CHIAVE_MASSIMA,
    TANTI,
    Righe,
    Risorsa,
    annida,
    edizione_di,
    filtro,
)
from conciliazione.azioni.rilevazione import (
    CONTROLLA,
    Raggiunti,
    rileva_azioni,
    rimanda_rilevazione,
    trasmetti_rilevazione,
    valida_rilevazione,
)
from conciliazione.azioni.semestre import PERMESSO as APRE
from conciliazione.azioni.semestre import (
    apri_semestre,
    cambia_finestra,
    chiudi_semestre,
    riapri_semestre,
)
from conciliazione.models import (
    RilevazioneAzione,
    RilevazioneAzionePiano,
    RilevazioneProgetto,
    SemestreMonitoraggio,
    ValoreIndicatore,
)
from piani.api.forme import Corpo, Forma, Numero
from piani.api.passi import un_passo
from piani.api.piani import Motivo


class AzioneRilevataForma(Forma):
    azione = serializers.IntegerField(source="azione_id")
    avviata = serializers.BooleanField()
    persone = serializers.IntegerField(allow_null=True)
    imprese = serializers.IntegerField(allow_null=True)
    nota = serializers.CharField()


class SemestreForma(Forma):
    id = serializers.IntegerField()
    edizione = serializers.CharField(source="edizione.slug")
    anno = serializers.IntegerField()
    semestre = serializers.IntegerField()
    apre = serializers.DateField()
    scade = serializers.DateField()
    stato = serializers.CharField(help_text="aperto o chiuso.")
    chiuso_il = serializers.DateTimeField(allow_null=True)
    azioni_di_piano = AzioneRilevataForma(many=True)


class RaggiuntiDiAzione(Corpo):
    azione = serializers.IntegerField(min_value=1, max_value=CHIAVE_MASSIMA)
    persone = serializers.IntegerField(min_value=0, max_value=TANTI, allow_null=True, default=None)
    imprese = serializers.IntegerField(min_value=0, max_value=TANTI, allow_null=True, default=None)
    avviata = serializers.BooleanField(default=False)
    nota = serializers.CharField(max_length=2000, allow_blank=True, default="")


class RilevaAzioni(Corpo):
    azioni = RaggiuntiDiAzione(many=True, allow_empty=False)


class FinestraDelSemestre(Corpo):
    apre = serializers.DateField()
    scade = serializers.DateField()


class NuovoSemestre(FinestraDelSemestre):
    edizione = serializers.SlugField(max_length=80)
    anno = serializers.IntegerField(min_value=2009, max_value=2110)
    semestre = serializers.IntegerField(min_value=1, max_value=2)


class SemestreRisorsa(Risorsa):
    """I semestri di monitoraggio, con ciò che le azioni del piano hanno raggiunto."""

    raccolta = "semestri"
    modello = SemestreMonitoraggio
    serializer_class = SemestreForma
    filterset_class = filtro(
        SemestreMonitoraggio, "edizione__nome", edizione="edizione", anno="anno", stato="stato"
    )
    ordini = {"anno": "anno"}
    ordine = ("edizione_id", "-anno", "-semestre")
    collegati = ("edizione__azienda",)
    finestra = un_passo(
        "finestra", "Cambia la finestra", APRE, cambia_finestra, FinestraDelSemestre
    )
    chiusura = un_passo("chiusura", "Chiudi", APRE, chiudi_semestre)
    riapertura = un_passo("riapertura", "Riapri", APRE, riapri_semestre, Motivo)

    def completa(self, righe: Righe) -> None:
        sue = RilevazioneAzionePiano.objects.order_by("azione__ordine", "pk")
        annida(righe, "azioni_di_piano", sue, "semestre", AzioneRilevataForma)

    @extend_schema(
        summary="Rileva le azioni del piano", request=RilevaAzioni, responses=SemestreForma
    )
    @action(detail=True, methods=["post"], url_path="azioni-di-piano")
    def azioni_di_piano(self, request: Request, pk: str) -> HttpResponse:
        semestre = self.oggetto()
        self.esigi("conciliazione.rileva_azioni", semestre)
        raggiunti = {
            una.pop("azione"): Raggiunti(**una) for una in self.letti(RilevaAzioni)["azioni"]
        }
        rileva_azioni(semestre, raggiunti=raggiunti, da=request.user)
        return self.risposta(self.una(pk=semestre.pk))

    @extend_schema(
        summary="Apri un semestre", request=NuovoSemestre, responses={201: SemestreForma}
    )
    def create(self, request: Request) -> HttpResponse:
        dati = self.letti(NuovoSemestre)
        edizione = edizione_di(request, dati.pop("edizione"))
        self.esigi(APRE, edizione)
        nuovo = apri_semestre(edizione, **dati, da=request.user)
        return self.creata(nuovo.pk, "conciliazione/semestri")


class RaggiuntaForma(Forma):
    azione = serializers.IntegerField(source="azione_id")
    persone = serializers.IntegerField(allow_null=True)
    imprese = serializers.IntegerField(allow_null=True)
    nota = serializers.CharField()


class RilevazioneDelProgettoForma(Forma):
    id = serializers.IntegerField()
    semestre = serializers.IntegerField(source="semestre_id")
    progetto = serializers.IntegerField(source="progetto_id")
    stato = serializers.CharField(help_text="bozza, trasmessa o validata.")
    avanzamento = serializers.CharField()
    criticita = serializers.CharField()
    trasmessa_il = serializers.DateTimeField(allow_null=True)
    validata_il = serializers.DateTimeField(allow_null=True)
    nota = serializers.CharField()
    azioni = RaggiuntaForma(many=True, help_text="Raggiunti nel semestre, non dall'inizio.")


class ValidaRilevazione(Corpo):
    nota = serializers.CharField(max_length=5000, allow_blank=True, default="")


class RimandaRilevazione(Corpo):
    nota = serializers.CharField(max_length=5000)


class RilevazioneRisorsa(Risorsa):
    """Ciò che i capofila riferiscono dei progetti, semestre per semestre."""

    raccolta = "rilevazioni-dei-progetti"
    modello = RilevazioneProgetto
    serializer_class = RilevazioneDelProgettoForma
    filterset_class = filtro(
        RilevazioneProgetto, "progetto__titolo", edizione="progetto__edizione",
        semestre="semestre", progetto="progetto", stato="stato",
    )  # fmt: skip
    ordini = {"trasmessa_il": "trasmessa_il"}
    ordine = ("semestre_id", "progetto_id")
    collegati = ("semestre__edizione__azienda", "progetto__edizione__azienda")
    trasmissione = un_passo("trasmissione", "Trasmetti", "", trasmetti_rilevazione)

    def completa(self, righe: Righe) -> None:
        sue = RilevazioneAzione.objects.order_by("azione__ordine", "pk")
        annida(righe, "azioni", sue, "rilevazione", RaggiuntaForma)

    @extend_schema(
        summary="Valida", request=ValidaRilevazione, responses=RilevazioneDelProgettoForma
    )
    @action(detail=True, methods=["post"])
    def validazione(self, request: Request, pk: str) -> HttpResponse:
        questa = self.oggetto()
        self.esigi(CONTROLLA, questa)
        valida_rilevazione(questa, **self.letti(ValidaRilevazione), da=request.user)
        return self.risposta(self.una(pk=questa.pk))

    @extend_schema(
        summary="Rimanda al capofila",
        request=RimandaRilevazione,
        responses=RilevazioneDelProgettoForma,
    )
    @action(detail=True, methods=["post"])
    def rinvio(self, request: Request, pk: str) -> HttpResponse:
        questa = self.oggetto()
        self.esigi(CONTROLLA, questa)
        detta, nota = self.una(pk=questa.pk), self.letti(RimandaRilevazione)["nota"]
        rimanda_rilevazione(questa, nota=nota, da=request.user)
        # A draft is of the capofila: who sent it back does not read it any more.
        return self.risposta(detta | {"stato": RilevazioneProgetto.Stato.BOZZA, "nota": nota})


class IndicatoreDiMonitoraggioForma(Forma):
    id = serializers.IntegerField()
    semestre = serializers.IntegerField(source="semestre_id")
    codice = serializers.CharField()
    progetto = serializers.IntegerField(source="progetto_id", allow_null=True)
    azione = serializers.IntegerField(source="azione_id", allow_null=True)
    dettaglio = serializers.CharField()
    numeratore = Numero(20, 6, allow_null=True)
    denominatore = Numero(20, 6, allow_null=True)
    motivo = serializers.CharField(help_text="Perché non si calcola.")
    stampato = serializers.CharField()
    valore_stampato = Numero(20, 6, allow_null=True)
    nota = serializers.CharField()


class IndicatoreRisorsa(Risorsa):
    """Gli indicatori dell'edizione, fissati alla chiusura di ogni semestre, con i due termini."""

    raccolta = "indicatori-di-monitoraggio"
    modello = ValoreIndicatore
    serializer_class = IndicatoreDiMonitoraggioForma
    filterset_class = filtro(
        ValoreIndicatore, "codice", edizione="semestre__edizione", semestre="semestre",
        progetto="progetto", codice="codice",
    )  # fmt: skip
    ordini = {"codice": "codice"}
    ordine = ("semestre_id", "codice")
