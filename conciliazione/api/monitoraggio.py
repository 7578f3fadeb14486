# SPDX-License-Identifier: AGPL-3.0-or-later
"""Semesters, what was reported in them, indicators."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request

from conciliazione.api.base import (
    TANTI,
    Chiave,
    Righe,
    Risorsa,
    annida,
    edizione_di,
    filtro,
    per_chiave,
    progetto_di,
)
from conciliazione.azioni.passi import bloccata
from conciliazione.azioni.rilevazione import (
    CONTROLLA,
    GUIDA,
    Raggiunti,
    rileva_azioni,
    rimanda_rilevazione,
    salva_rilevazione,
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
from piani.api.forme import Corpo, Forma, Lista, Numero
from piani.api.passi import un_passo
from piani.api.piani import Motivo
from piani.azioni.righe import Superata


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


class RaggiuntiNelSemestre(Corpo):
    azione = Chiave()
    persone = serializers.IntegerField(min_value=0, max_value=TANTI, allow_null=True, default=None)
    imprese = serializers.IntegerField(min_value=0, max_value=TANTI, allow_null=True, default=None)
    nota = serializers.CharField(max_length=300, allow_blank=True, default="")


class RaggiuntiDiAzione(RaggiuntiNelSemestre):
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
        raggiunti = _raggiunti(self.letti(RilevaAzioni)["azioni"])
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


class CambiaRilevazioneDelProgetto(Corpo):
    avanzamento = serializers.CharField(max_length=10_000, allow_blank=True, required=False)
    criticita = serializers.CharField(max_length=10_000, allow_blank=True, required=False)
    azioni = Lista(
        child=RaggiuntiNelSemestre(), max_length=1000, required=False,
        help_text="Quanti ne ha raggiunti ciascuna azione nel semestre: le altre restano come "
        "sono. Vuoto non è zero.",
    )  # fmt: skip


class NuovaRilevazioneDelProgetto(CambiaRilevazioneDelProgetto):
    semestre = Chiave()
    progetto = Chiave()


class ValidaRilevazione(Corpo):
    nota = serializers.CharField(max_length=5000, allow_blank=True, default="")


class RimandaRilevazione(Corpo):
    nota = serializers.CharField(max_length=5000)


class RilevazioneRisorsa(Risorsa):
    """Ciò che i capofila riferiscono dei progetti, semestre per semestre. La bozza la scrive e la
    trasmette chi rappresenta il capofila, con la sua sessione; l'ATS la valida o la rimanda."""

    raccolta = "rilevazioni-dei-progetti"
    modello = RilevazioneProgetto
    serializer_class = RilevazioneDelProgettoForma
    filterset_class = filtro(
        RilevazioneProgetto, "progetto__titolo", edizione="progetto__edizione",
        semestre="semestre", progetto="progetto", stato="stato",
    )  # fmt: skip
    ordini = {"trasmessa_il": "trasmessa_il"}
    ordine = ("semestre_id", "progetto_id")
    collegati = (
        "semestre__edizione__azienda", "progetto__edizione__azienda", "progetto__capofila",
    )  # fmt: skip
    condizionati = ("partial_update",)
    trasmissione = un_passo("trasmissione", "Trasmetti", "", trasmetti_rilevazione)

    def completa(self, righe: Righe) -> None:
        sue = RilevazioneAzione.objects.order_by("azione__ordine", "pk")
        annida(righe, "azioni", sue, "rilevazione", RaggiuntaForma)

    @extend_schema(
        summary="Comincia la rilevazione di un progetto",
        description="In bozza; se c'è già si cambia con PATCH.",
        request=NuovaRilevazioneDelProgetto,
        responses={201: RilevazioneDelProgettoForma},
    )
    def create(self, request: Request) -> HttpResponse:
        dati = self.letti(NuovaRilevazioneDelProgetto)
        progetto = progetto_di(request, dati.pop("progetto"))
        semestri = SemestreMonitoraggio.objects.visibili_a(request.user)
        semestre = get_object_or_404(
            semestri.select_related("edizione__azienda"), pk=dati.pop("semestre")
        )
        self.esigi(GUIDA, progetto)
        try:
            nuova = salva_rilevazione(
                semestre, progetto, **_scritta(dati), visto="", da=request.user
            )
        except Superata as errore:
            raise ValidationError(
                _("La rilevazione del progetto in quel semestre c'è già: si cambia quella.")
            ) from errore
        return self.creata(nuova.pk, "conciliazione/rilevazioni")

    @extend_schema(request=CambiaRilevazioneDelProgetto, responses=RilevazioneDelProgettoForma)
    def partial_update(self, request: Request, pk: str) -> HttpResponse:
        with self.in_modifica(GUIDA) as questa:
            adesso = {nome: getattr(questa, nome) for nome in ("avanzamento", "criticita")}
            salva_rilevazione(
                questa.semestre,
                questa.progetto,
                **_scritta(adesso | self.letti(CambiaRilevazioneDelProgetto)),
                visto=str(questa.modifiche),
                da=request.user,
            )
        return self.risposta(self.una(pk=questa.pk))

    def blocca(self, riga: Any) -> None:
        """The semester first, as the action does."""
        bloccata(riga.semestre)
        super().blocca(riga)

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


def _raggiunti(azioni: Iterable[dict[str, Any]]) -> dict[int, Raggiunti]:
    """What was sent of some actions, as the actions of the house take it."""
    dette = per_chiave(azioni, "azione", campo="azioni")
    return {chiave: Raggiunti(**detta) for chiave, detta in dette.items()}


def _scritta(detti: dict[str, Any]) -> dict[str, Any]:
    """What was sent of a report, with nothing where nothing was said."""
    testi = {nome: detti.get(nome, "") for nome in ("avanzamento", "criticita")}
    return testi | {"raggiunti": _raggiunti(detti.get("azioni", ()))}
