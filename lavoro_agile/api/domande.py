# SPDX-License-Identifier: AGPL-3.0-or-later
"""Calls with their figures; requests, without what their people say of themselves."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request

from lavoro_agile.api.accordi import AccordoAgileForma, AccordoRisorsa
from lavoro_agile.api.base import ConteggioForma, DiUnaPersonaForma, Risorsa, edizione_di
from lavoro_agile.azioni.accordo import PREPARA, prepara_da_domanda
from lavoro_agile.azioni.ammissione import ammetti
from lavoro_agile.azioni.bando import (
    POSTI_MASSIMI,
    TRANCHE_MASSIME,
    TrancheScritta,
    annulla_bando,
    concludi_bando,
    crea_bando,
    modifica_bando,
    pubblica_bando,
    riapri_bando,
    scrivi_tranche,
)
from lavoro_agile.cifre.motivi import conteggi_motivi
from lavoro_agile.domande.cifre import Quadro, Riga, quadro
from lavoro_agile.models import BandoLavoroAgile, DomandaLavoroAgile, ParereDomanda, Tranche
from piani.api.elenchi import CHIAVE_MASSIMA, Righe, annida, filtro
from piani.api.filtri import controlla_parametri
from piani.api.forme import Corpo, Forma, Lista
from piani.api.passi import un_passo
from piani.api.piani import Motivo

LEGGE = "lavoro_agile.consulta"
BANDISCE = "lavoro_agile.bandisce"
MOLTE = 500
TESTO = 50_000
DATI = ("titolo", "testo", "atto", "apre_il", "chiude_il")


class TrancheForma(Forma):
    id = serializers.IntegerField()
    ordine = serializers.IntegerField()
    entro = serializers.DateField()
    entro_stampato = serializers.CharField(help_text="Come lo scrive il documento.")
    posti = serializers.IntegerField()


class BandoForma(Forma):
    id = serializers.IntegerField()
    edizione = serializers.CharField(source="edizione.slug")
    numero = serializers.IntegerField()
    titolo = serializers.CharField()
    testo = serializers.CharField()
    atto = serializers.CharField()
    apre_il = serializers.DateField()
    chiude_il = serializers.DateField()
    stato = serializers.CharField(help_text="bozza, pubblicato, concluso o annullato.")
    tranche = TrancheForma(many=True)


class RigaCifreForma(Forma):
    esito = serializers.CharField()
    posti = serializers.IntegerField(allow_null=True, help_text="Quelli di una tranche.")
    per_area = ConteggioForma(many=True)
    totale = serializers.IntegerField(allow_null=True)


class CifreBandoForma(Forma):
    esiti = RigaCifreForma(many=True)
    presentate = RigaCifreForma()
    motivi = ConteggioForma(many=True, help_text="Quante domande danno ogni motivo.")


class Ammissione(Corpo):
    tranche = serializers.IntegerField(min_value=1, max_value=CHIAVE_MASSIMA)
    domande = Lista(
        child=serializers.IntegerField(min_value=1, max_value=CHIAVE_MASSIMA),
        min_length=1,
        max_length=MOLTE,
        help_text="Tutte, o nessuna.",
    )


class RiaperturaDelBando(Corpo):
    chiude_il = serializers.DateField()


class TrancheCorpo(Corpo):
    entro = serializers.DateField()
    posti = serializers.IntegerField(min_value=1, max_value=POSTI_MASSIMI)


class CambiaBando(Corpo):
    titolo = serializers.CharField(max_length=200, required=False)
    testo = serializers.CharField(max_length=TESTO, allow_blank=True, required=False)
    atto = serializers.CharField(max_length=200, allow_blank=True, required=False)
    apre_il = serializers.DateField(required=False)
    chiude_il = serializers.DateField(required=False)
    tranche = TrancheCorpo(
        many=True, max_length=TRANCHE_MASSIME, required=False,
        help_text="Tutte, in ordine di data; cambiano anche dopo la pubblicazione.",
    )  # fmt: skip


class NuovoBando(Corpo):
    edizione = serializers.SlugField(max_length=80, help_text="Lo slug del regolamento.")
    titolo = serializers.CharField(max_length=200)
    testo = serializers.CharField(max_length=TESTO, allow_blank=True, default="")
    atto = serializers.CharField(max_length=200, allow_blank=True, default="")
    apre_il = serializers.DateField()
    chiude_il = serializers.DateField()


class BandoRisorsa(Risorsa):
    """I bandi per il lavoro agile, con le loro tranche."""

    raccolta = "bandi-per-il-lavoro-agile"
    modello = BandoLavoroAgile
    serializer_class = BandoForma
    filterset_class = filtro(
        BandoLavoroAgile, "titolo", edizione="edizione", azienda="edizione__azienda__codice",
        stato="stato",
    )  # fmt: skip
    ordini = {"apre_il": "apre_il", "numero": "numero"}
    ordine = ("-apre_il",)
    collegati = ("edizione__azienda",)
    condizionati = ("partial_update",)
    pubblicazione = un_passo("pubblicazione", "Pubblica", BANDISCE, pubblica_bando)
    conclusione = un_passo("conclusione", "Concludi", BANDISCE, concludi_bando)
    riapertura = un_passo("riapertura", "Riapri", BANDISCE, riapri_bando, RiaperturaDelBando)
    annullamento = un_passo("annullamento", "Annulla", BANDISCE, annulla_bando, Motivo)

    def completa(self, righe: Righe) -> None:
        annida(righe, "tranche", Tranche.objects.order_by("ordine"), "bando", TrancheForma)

    @extend_schema(summary="Le domande contate, senza i gruppi piccoli", responses=CifreBandoForma)
    @action(detail=True, methods=["get"], pagination_class=None, filterset_class=None)
    def cifre(self, request: Request, pk: str) -> HttpResponse:
        controlla_parametri(request, ())
        bando = self.oggetto()
        self.esigi(LEGGE, bando)
        fatto = quadro(bando)
        return self.risposta(
            {
                "esiti": [_riga(fatto, una) for una in fatto.righe],
                "presentate": _riga(fatto, fatto.totali),
                "motivi": [
                    {"nome": uno.nome, "quanti": uno.quanti} for uno in conteggi_motivi(bando)
                ],
            }
        )

    @extend_schema(summary="Ammetti domande in una tranche", request=Ammissione,
                   responses=BandoForma)  # fmt: skip
    @action(detail=True, methods=["post"])
    def ammissioni(self, request: Request, pk: str) -> HttpResponse:
        bando = self.oggetto()
        self.esigi(BANDISCE, bando)
        letti = self.letti(Ammissione)
        ammetti(
            _trovate(letti["domande"], DomandaLavoroAgile.objects.filter(bando=bando), "domande"),
            tranche=_trovate([letti["tranche"]], bando.tranche.all(), "tranche")[0],
            da=request.user,
        )
        return self.risposta(self.una(pk=bando.pk))

    @extend_schema(summary="Prepara un bando", request=NuovoBando, responses={201: BandoForma})
    def create(self, request: Request) -> HttpResponse:
        dati = self.letti(NuovoBando)
        edizione = edizione_di(request, dati.pop("edizione"))
        self.esigi(BANDISCE, edizione)
        nuovo = crea_bando(edizione, **dati, da=request.user)
        return self.creata(nuovo.pk, "lavoro-agile/bandi")

    @extend_schema(
        summary="Cambia una bozza, o le tranche",
        request=CambiaBando,
        responses=BandoForma,
    )
    def partial_update(self, request: Request, pk: str) -> HttpResponse:
        with self.in_modifica(BANDISCE) as questo:
            dati = self.letti(CambiaBando)
            tranche = dati.pop("tranche", None)
            if dati or tranche is None:
                adesso = {nome: getattr(questo, nome) for nome in DATI}
                modifica_bando(questo, **adesso | dati, da=request.user)
            if tranche is not None:
                scritte = [TrancheScritta(**una) for una in tranche]
                scrivi_tranche(questo, tranche=scritte, da=request.user)
        return self.risposta(self.una(pk=questo.pk))


class ParereForma(Forma):
    esito = serializers.CharField(help_text="favorevole o contrario.")
    causa = serializers.CharField(help_text="Il codice del motivo di diniego.")
    giorni = serializers.IntegerField(allow_null=True)
    dato_il = serializers.DateField(allow_null=True)


class DomandaForma(DiUnaPersonaForma):
    id = serializers.IntegerField()
    bando = serializers.IntegerField(source="bando_id")
    numero = serializers.IntegerField()
    stato = serializers.CharField(
        help_text="bozza, presentata, favorevole, negata, in_riesame, respinta, ammessa, ritirata."
    )
    giorni_chiesti = serializers.IntegerField(allow_null=True, help_text="Al mese.")
    giorni_settimana = serializers.IntegerField(allow_null=True)
    presentata_il = serializers.DateField(allow_null=True)
    giorni_concessi = serializers.IntegerField(allow_null=True, help_text="Al mese.")
    tranche = serializers.IntegerField(source="tranche_id", allow_null=True)
    ammessa_il = serializers.DateField(allow_null=True)
    pareri = ParereForma(many=True, help_text="Al più uno.")


class DomandaRisorsa(Risorsa):
    """Le domande: le proprie, quelle di chi lavora nella propria unità, tutte per le risorse umane.
    Perché una persona chiede non si legge qui."""

    raccolta = "domande-di-lavoro-agile"
    modello = DomandaLavoroAgile
    serializer_class = DomandaForma
    filterset_class = filtro(
        DomandaLavoroAgile, "unita__nome", edizione="bando__edizione", bando="bando",
        stato="stato", area="area", unita="unita",
    )  # fmt: skip
    ordini = {"numero": "numero", "presentata_il": "presentata_il"}
    ordine = ("bando_id", "numero")
    collegati = ("bando__edizione__azienda", "unita")

    def completa(self, righe: Righe) -> None:
        annida(righe, "pareri", ParereDomanda.objects.order_by("pk"), "domanda", ParereForma)

    @extend_schema(
        summary="Prepara l'accordo di una domanda ammessa",
        request=None,
        responses={201: AccordoAgileForma},
    )
    @action(detail=True, methods=["post"])
    def accordo(self, request: Request, pk: str) -> HttpResponse:
        questa = self.oggetto()
        self.esigi(PREPARA, questa)
        nuovo = prepara_da_domanda(questa, da=request.user)
        return self.creata(nuovo.pk, "lavoro-agile/accordi", AccordoRisorsa)


def _riga(fatto: Quadro, una: Riga) -> dict[str, Any]:
    return {
        "esito": una.nome,
        "posti": una.posti,
        "per_area": [
            {"nome": area, "quanti": quanti}
            for area, quanti in zip(fatto.aree, una.per_area, strict=True)
        ],
        "totale": una.totale,
    }


def _trovate(chiavi: list[int], fra: QuerySet[Any], campo: str) -> list[Any]:
    """The rows of those keys; who names one that is not there is told so.

    :raises ValidationError: on ``campo``.
    """
    righe = fra.in_bulk(set(chiavi))
    mancano = sorted(set(chiavi) - righe.keys())
    if mancano:
        elenco = ", ".join(map(str, mancano))
        raise ValidationError({campo: _("Nel bando non c'è: %(quali)s.") % {"quali": elenco}})
    return list(righe.values())
