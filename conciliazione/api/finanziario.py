# SPDX-License-Identifier: AGPL-3.0-or-later
"""Financial plans: opened, written item by item, approved."""

from typing import Any

from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request

from conciliazione.api.base import Euro, Righe, Risorsa, annida, edizione_di, filtro
from conciliazione.api.forme_rete import DellAzienda
from conciliazione.azioni.finanziario import PERMESSO as FINANZIA
from conciliazione.azioni.finanziario import (
    approva_piano_finanziario,
    apri_piano_finanziario,
    scrivi_voce,
    togli_voce,
)
from conciliazione.azioni.passi import bloccata
from conciliazione.finanziario.quadro import quadro_di
from conciliazione.models import PianoFinanziario, VoceFinanziaria
from piani.api.filtri import controlla_parametri
from piani.api.forme import Corpo, Forma, Numero
from piani.api.passi import SiToglie, un_passo

CODICE = r"^[-a-zA-Z0-9_]*$"


class VoceForma(Forma):
    id = serializers.IntegerField()
    parte = serializers.CharField(help_text="fonte, impiego o totale.")
    codice = serializers.CharField()
    padre = serializers.IntegerField(source="padre_id", allow_null=True)
    ordine = serializers.IntegerField()
    nome = serializers.CharField()
    importo = Euro(allow_null=True, help_text="Scritto; se manca lo dice «calcolo».")
    calcolo = serializers.CharField(help_text="Da che cosa si calcola.")
    stampato = serializers.CharField()
    importo_stampato = Euro(allow_null=True)
    nota = serializers.CharField()


class VoceInteraForma(VoceForma):
    """An item with the plan that it is part of."""

    piano = serializers.IntegerField(source="piano_id")


class PianoFinanziarioForma(Forma):
    id = serializers.IntegerField()
    edizione = serializers.CharField(source="edizione.slug")
    numero = serializers.IntegerField()
    nome = serializers.CharField()
    stato = serializers.CharField(help_text="bozza o approvato.")
    approvato_il = serializers.DateTimeField(allow_null=True)
    voci = VoceForma(many=True)


class RigaQuadroForma(Forma):
    voce = serializers.IntegerField()
    nome = serializers.CharField()
    livello = serializers.IntegerField()
    calcolato = Euro(allow_null=True)
    differenza = Euro(allow_null=True, help_text="Stampato meno calcolato.")
    quota = Numero(30, 10, allow_null=True, help_text="In percentuale del totale, non arrotondata.")


class QuadroForma(Forma):
    fonti = RigaQuadroForma(many=True)
    impieghi = RigaQuadroForma(many=True)
    totali = RigaQuadroForma(many=True)
    totale_fonti = Euro()
    totale_impieghi = Euro()
    saldo = Euro()
    quadra = serializers.BooleanField()


class NuovoPianoFinanziario(Corpo):
    edizione = serializers.SlugField(max_length=80)
    nome = serializers.CharField(max_length=200)


class CambiaVoceFinanziaria(Corpo):
    parte = serializers.ChoiceField(choices=VoceFinanziaria.Parte.values, required=False)
    codice = serializers.RegexField(
        CODICE, max_length=60, allow_blank=True, required=False,
        help_text="Vuoto: si prende dal nome.",
    )  # fmt: skip
    padre = DellAzienda(
        queryset=VoceFinanziaria.objects.all(), allow_null=True, required=False,
        help_text="La voce di cui fa parte, dello stesso piano e lato.",
    )  # fmt: skip
    ordine = serializers.IntegerField(
        min_value=0, max_value=32_767, required=False, help_text="Se manca, in fondo."
    )
    nome = serializers.CharField(max_length=300, required=False)
    importo = Euro(
        min_value=0, allow_null=True, required=False,
        help_text="Scritto a mano; vuoto se non si sa, o se è calcolato.",
    )  # fmt: skip
    calcolo = serializers.CharField(
        max_length=60, allow_blank=True, required=False,
        help_text="Per esempio «dotazione» o «costo_progetti»; vuoto se l'importo è scritto o è la "
        "somma delle voci sotto.",
    )  # fmt: skip
    stampato = serializers.CharField(
        max_length=60, allow_blank=True, required=False, help_text="Come sta nel documento."
    )
    importo_stampato = Euro(min_value=0, allow_null=True, required=False)
    nota = serializers.CharField(
        max_length=10_000, allow_blank=True, required=False,
        help_text="Perché lo stampato è diverso dal calcolato.",
    )  # fmt: skip


class NuovaVoceFinanziaria(CambiaVoceFinanziaria):
    parte = serializers.ChoiceField(choices=VoceFinanziaria.Parte.values)
    nome = serializers.CharField(max_length=300)


class VoceFinanziariaRisorsa(SiToglie, Risorsa):
    """Le voci dei piani finanziari: in bozza si scrivono. Tolta una voce, si tolgono quelle sotto
    di lei."""

    raccolta = "piani-finanziari"
    modello = VoceFinanziaria
    serializer_class = VoceInteraForma
    filterset_class = filtro(
        VoceFinanziaria, "nome", edizione="piano__edizione", piano="piano", parte="parte",
        codice="codice",
    )  # fmt: skip
    ordini = {"ordine": "ordine", "nome": "nome"}
    ordine = ("piano_id", "parte", "ordine")
    collegati = ("piano__edizione__azienda",)
    condizionati = ("partial_update", "destroy")
    toglie = (FINANZIA, togli_voce)

    @extend_schema(request=CambiaVoceFinanziaria, responses=VoceInteraForma)
    def partial_update(self, request: Request, pk: str) -> HttpResponse:
        with self.in_modifica(FINANZIA) as voce:
            valori = self.letti(CambiaVoceFinanziaria)
            scrivi_voce(voce.piano, valori=valori, voce=voce, da=request.user)
        return self.risposta(self.una(pk=voce.pk))

    def blocca(self, riga: Any) -> None:
        """The plan first, as the actions do."""
        bloccata(riga.piano)
        super().blocca(riga)


class PianoFinanziarioRisorsa(Risorsa):
    """I piani finanziari: fonti, impieghi e totali come sono scritti."""

    raccolta = "piani-finanziari"
    modello = PianoFinanziario
    serializer_class = PianoFinanziarioForma
    filterset_class = filtro(PianoFinanziario, "nome", edizione="edizione", stato="stato")
    ordini = {"numero": "numero"}
    ordine = ("edizione_id", "-numero")
    collegati = ("edizione__azienda",)
    approvazione = un_passo("approvazione", "Approva", FINANZIA, approva_piano_finanziario)

    def completa(self, righe: Righe) -> None:
        voci = VoceFinanziaria.objects.order_by("parte", "ordine", "pk")
        annida(righe, "voci", voci, "piano", VoceForma)

    @extend_schema(
        summary="Apri una bozza",
        description="Comincia dalle voci dell'ultimo piano, o da quelle che propongono le regole "
        "dell'edizione.",
        request=NuovoPianoFinanziario,
        responses={201: PianoFinanziarioForma},
    )
    def create(self, request: Request) -> HttpResponse:
        dati = self.letti(NuovoPianoFinanziario)
        edizione = edizione_di(request, dati.pop("edizione"))
        self.esigi(FINANZIA, edizione)
        nuovo = apri_piano_finanziario(edizione, **dati, da=request.user)
        return self.creata(nuovo.pk, "conciliazione/piani-finanziari")

    @extend_schema(
        summary="Aggiungi una voce", request=NuovaVoceFinanziaria, responses={201: VoceInteraForma}
    )
    @action(detail=True, methods=["post"])
    def voci(self, request: Request, pk: str) -> HttpResponse:
        piano = self.oggetto()
        self.esigi(FINANZIA, piano)
        voce = scrivi_voce(piano, valori=self.letti(NuovaVoceFinanziaria), da=request.user)
        return self.creata(voce.pk, "conciliazione/voci-finanziarie", VoceFinanziariaRisorsa)

    @extend_schema(summary="La quadratura: ogni voce calcolata", responses=QuadroForma)
    @action(detail=True, methods=["get"], pagination_class=None, filterset_class=None)
    def quadro(self, request: Request, pk: str) -> HttpResponse:
        controlla_parametri(request, ())
        quadro = quadro_di(self.oggetto())
        parti = {
            nome: [_riga(una) for una in getattr(quadro, nome)]
            for nome in ("fonti", "impieghi", "totali")
        }
        somme = {
            nome: getattr(quadro, nome)
            for nome in ("totale_fonti", "totale_impieghi", "saldo", "quadra")
        }
        return self.risposta(parti | somme)


def _riga(una: Any) -> dict[str, Any]:
    return {
        "voce": una.voce.chiave,
        "nome": una.voce.nome,
        "livello": una.livello,
        "calcolato": una.calcolato,
        "differenza": una.differenza,
        "quota": una.quota,
    }
