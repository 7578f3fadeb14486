# SPDX-License-Identifier: AGPL-3.0-or-later
"""Seats, meetings, minutes. No name of a person: who sits is in api/persone.py."""

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request

from conciliazione.api.base import Righe, Risorsa, annida, edizione_di, filtro
from conciliazione.api.forme_comitato import (
    CambiaSeduta,
    CambiaSeggio,
    CambiaVerbale,
    ConvocazioneDellaSeduta,
    DecisionePresa,
    NuovaSeduta,
    NuovoPunto,
    NuovoSeggio,
    PresenzaForma,
    PresenzeDellaSeduta,
    PuntoForma,
    PuntoSingolo,
    SedutaForma,
    SeggioForma,
    ValidazioneForma,
    VerbaleForma,
)
from conciliazione.api.punti import PuntoRisorsa
from conciliazione.azioni.adunanza import apri_seduta, chiudi_seduta, collega, dichiara_deserta
from conciliazione.azioni.comitato import COMPONE, aggiungi_seggio, modifica_seggio
from conciliazione.azioni.presenze import Detta, segna_presenze, segna_presenze_rete
from conciliazione.azioni.seduta import (
    CONVOCA,
    VERBALIZZA,
    aggiungi_punto,
    annulla_seduta,
    convoca,
    modifica_seduta,
    prepara_seduta,
)
from conciliazione.azioni.verbale import (
    concludi_validazione,
    invia_verbale,
    proponi_verbale,
    riprendi_verbale,
    scrivi_verbale,
)
from conciliazione.models import (
    Presenza,
    PuntoOrdine,
    Seduta,
    Seggio,
    ValidazioneVerbale,
    Verbale,
)
from piani.api.passi import un_passo
from piani.api.piani import Motivo


class SeggioRisorsa(Risorsa):
    """I seggi del Comitato."""

    raccolta = "seggi"
    modello = Seggio
    serializer_class = SeggioForma
    filterset_class = filtro(Seggio, "ente__nome", edizione="edizione", ente="ente")
    ordini = {"ordine": "ordine"}
    ordine = ("edizione_id", "ordine")
    collegati = ("edizione__azienda", "ente")
    condizionati = ("partial_update",)

    @extend_schema(request=NuovoSeggio, responses={201: SeggioForma})
    def create(self, request: Request) -> HttpResponse:
        dati = self.letti(NuovoSeggio)
        edizione = edizione_di(request, dati.pop("edizione"))
        self.esigi(COMPONE, edizione)
        nuovo = aggiungi_seggio(edizione, **dati, da=request.user)
        return self.creata(nuovo.pk, "conciliazione/seggi")

    @extend_schema(request=CambiaSeggio, responses=SeggioForma)
    def partial_update(self, request: Request, pk: str) -> HttpResponse:
        with self.in_modifica(COMPONE) as questo:
            modifica_seggio(questo, **self.letti(CambiaSeggio), da=request.user)
        return self.risposta(self.una(pk=questo.pk))


class SedutaRisorsa(Risorsa):
    """Le sedute del Comitato e le riunioni della Rete, con l'ordine del giorno e le presenze."""

    raccolta = "sedute"
    modello = Seduta
    serializer_class = SedutaForma
    filterset_class = filtro(Seduta, "oggetto", edizione="edizione", organo="organo", stato="stato")
    ordini = {"quando": "quando"}
    ordine = ("-quando",)
    collegati = ("edizione__azienda",)
    condizionati = ("partial_update", "presenze")
    decisioni = un_passo(
        "decisioni", "Di' che una decisione è di questa seduta", VERBALIZZA, collega,
        DecisionePresa,
        descrizione="Un'adesione valutata, una rinuncia di cui si è preso atto, una graduatoria o "
        "uno scenario che ancora non dicono in quale seduta.",
    )  # fmt: skip
    convocazione = un_passo("convocazione", "Convoca", CONVOCA, convoca, ConvocazioneDellaSeduta)
    annullamento = un_passo("annullamento", "Annulla", CONVOCA, annulla_seduta, Motivo)
    apertura = un_passo("apertura", "Apri", VERBALIZZA, apri_seduta)
    diserzione = un_passo("diserzione", "Dichiara deserta", VERBALIZZA, dichiara_deserta)
    chiusura = un_passo("chiusura", "Chiudi", VERBALIZZA, chiudi_seduta)
    verbale = un_passo(
        "verbale", "Proponi il verbale", VERBALIZZA, proponi_verbale,
        descrizione="Nasce in bozza, fra i verbali, da ciò che la seduta ha fatto.",
    )  # fmt: skip

    def completa(self, righe: Righe) -> None:
        annida(righe, "punti", PuntoOrdine.objects.order_by("ordine"), "seduta", PuntoForma)
        presenze = Presenza.objects.order_by("consultiva", "seggio__ordine", "pk")
        annida(righe, "presenze", presenze, "seduta", PresenzaForma)

    @extend_schema(summary="Prepara una seduta", request=NuovaSeduta, responses={201: SedutaForma})
    def create(self, request: Request) -> HttpResponse:
        dati = self.letti(NuovaSeduta)
        edizione = edizione_di(request, dati.pop("edizione"))
        self.esigi(CONVOCA, edizione)
        nuova = prepara_seduta(edizione, **dati, da=request.user)
        return self.creata(nuova.pk, "conciliazione/sedute")

    @extend_schema(request=CambiaSeduta, responses=SedutaForma)
    def partial_update(self, request: Request, pk: str) -> HttpResponse:
        with self.in_modifica(CONVOCA) as questa:
            adesso = {nome: getattr(questa, nome) for nome in CambiaSeduta().fields}
            modifica_seduta(questa, **adesso | self.letti(CambiaSeduta), da=request.user)
        return self.risposta(self.una(pk=questa.pk))

    @extend_schema(
        summary="Aggiungi un punto all'ordine del giorno",
        request=NuovoPunto,
        responses={201: PuntoSingolo},
    )
    @action(detail=True, methods=["post"])
    def punti(self, request: Request, pk: str) -> HttpResponse:
        questa = self.oggetto()
        self.esigi(CONVOCA, questa)
        nuovo = aggiungi_punto(questa, **self.letti(NuovoPunto), da=request.user)
        return self.creata(nuovo.pk, "conciliazione/punti", PuntoRisorsa)

    @extend_schema(
        summary="Scrivi chi è presente",
        description="Tutto il foglio insieme: prende il posto di quello di prima.",
        request=PresenzeDellaSeduta,
        responses=SedutaForma,
    )
    @action(detail=True, methods=["put"])
    def presenze(self, request: Request, pk: str) -> HttpResponse:
        with self.in_modifica(VERBALIZZA) as questa:
            dette = self.letti(PresenzeDellaSeduta)
            enti = {uno["ente"]: uno["nome"] for uno in dette["enti"]}
            if questa.organo == Seduta.Organo.COMITATO:
                seggi = {uno["seggio"]: _detta(**uno) for uno in dette["seggi"]}
                segna_presenze(questa, seggi=seggi, consultivi=enti, da=request.user)
            elif dette["seggi"]:
                raise ValidationError({"seggi": _("Alla Rete partecipano gli enti, non i seggi.")})
            else:
                segna_presenze_rete(questa, presenti=enti, da=request.user)
        return self.risposta(self.una(pk=questa.pk))


class VerbaleRisorsa(Risorsa):
    """I verbali e che cosa ne hanno detto i componenti."""

    raccolta = "verbali"
    modello = Verbale
    serializer_class = VerbaleForma
    filterset_class = filtro(
        Verbale, "seduta__oggetto", edizione="seduta__edizione", seduta="seduta", stato="stato"
    )
    ordini = {"inviato_il": "inviato_il"}
    ordine = ("-seduta__quando",)
    collegati = ("seduta__edizione__azienda",)
    condizionati = ("partial_update",)
    invio = un_passo("invio", "Manda ai componenti", VERBALIZZA, invia_verbale)
    ripresa = un_passo("ripresa", "Riporta in bozza", VERBALIZZA, riprendi_verbale, Motivo)
    conclusione = un_passo(
        "conclusione", "Concludi la validazione", VERBALIZZA, concludi_validazione
    )

    def completa(self, righe: Righe) -> None:
        dette = ValidazioneVerbale.objects.order_by("seggio__ordine", "pk")
        annida(righe, "validazioni", dette, "verbale", ValidazioneForma)

    @extend_schema(request=CambiaVerbale, responses=VerbaleForma)
    def partial_update(self, request: Request, pk: str) -> HttpResponse:
        with self.in_modifica(VERBALIZZA) as questo:
            scrivi_verbale(questo, **self.letti(CambiaVerbale), da=request.user)
        return self.risposta(self.una(pk=questo.pk))


def _detta(seggio: int, siede: str, nome: str) -> Detta:
    return Detta(titolare=siede == "titolare", supplente=siede == "supplente", nome=nome)
