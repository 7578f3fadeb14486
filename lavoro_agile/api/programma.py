# SPDX-License-Identifier: AGPL-3.0-or-later
"""The indicators of a POLA's programme, each with the levels of its years."""

from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request

from lavoro_agile.api.base import Risorsa
from lavoro_agile.azioni.pola import PERMESSO
from lavoro_agile.azioni.programma import scrivi_livelli, togli_indicatore
from lavoro_agile.models import IndicatorePola
from obiettivi.api.albero import attesi_di
from obiettivi.api.forme import AttesoCorpo
from obiettivi.models import Target
from piani.api.elenchi import Righe, annida, filtro
from piani.api.forme import Corpo, Forma
from piani.api.passi import SiToglie
from piani.azioni.righe import con_riga_bloccata


class LivelloForma(Forma):
    anno = serializers.IntegerField()
    stampato = serializers.CharField(help_text="Come lo scrive il piano.")


class IndicatorePolaForma(Forma):
    id = serializers.IntegerField()
    misura = serializers.IntegerField(source="misura_id", help_text="Fra gli indicatori del piano.")
    ordine = serializers.IntegerField()
    nome = serializers.CharField(source="misura.indicatore.nome")
    dimensione = serializers.CharField()
    natura = serializers.CharField(help_text="quantitativo o qualitativo.")
    modello = serializers.CharField(help_text="L'indicatore della linea guida, se ne viene.")
    nota = serializers.CharField()
    base = serializers.CharField(source="misura.base_stampata", help_text="Il valore di partenza.")
    livelli = LivelloForma(many=True)


class IndicatorePolaInteroForma(IndicatorePolaForma):
    """At its own address."""

    pola = serializers.IntegerField(source="pola_id")
    base_anno = serializers.IntegerField(source="misura.base_anno", allow_null=True)


class CambiaIndicatorePola(Corpo):
    livelli = AttesoCorpo(
        many=True, max_length=100, required=False,
        help_text="Quelli che cambiano; un testo vuoto toglie il livello di quell'anno.",
    )  # fmt: skip
    base = serializers.CharField(
        max_length=1000, allow_blank=True, required=False, help_text="Il valore di partenza."
    )
    base_anno = serializers.IntegerField(
        min_value=2000, max_value=2100, allow_null=True, required=False
    )
    natura = serializers.ChoiceField(choices=IndicatorePola.Natura.choices, required=False)
    nota = serializers.CharField(max_length=5000, allow_blank=True, required=False)


class IndicatorePolaRisorsa(SiToglie, Risorsa):
    """Gli indicatori dei POLA, con i livelli attesi anno per anno."""

    raccolta = "programmi-pola"
    modello = IndicatorePola
    serializer_class = IndicatorePolaInteroForma
    filterset_class = filtro(
        IndicatorePola, "misura__indicatore__nome", azienda="pola__piano__azienda__codice",
        pola="pola", dimensione="dimensione",
    )  # fmt: skip
    ordini = {"ordine": "ordine"}
    ordine = ("pola_id", "ordine")
    collegati = (
        "pola__piano__azienda", "misura__indicatore__azienda", "misura__obiettivo__area__piano",
    )  # fmt: skip
    condizionati = ("partial_update", "destroy")
    toglie = (PERMESSO, togli_indicatore)

    def completa(self, righe: Righe) -> None:
        con_livelli(righe)

    def blocca(self, riga: IndicatorePola) -> None:
        con_riga_bloccata(riga.misura.piano)

    @extend_schema(
        summary="Scrivi i livelli",
        request=CambiaIndicatorePola,
        responses=IndicatorePolaInteroForma,
    )
    def partial_update(self, request: Request, pk: str) -> HttpResponse:
        with self.in_modifica(PERMESSO) as questo:
            detti = {
                "base": questo.misura.base_stampata,
                "base_anno": questo.misura.base_anno,
                "natura": questo.natura,
                "nota": questo.nota,
            } | self.letti(CambiaIndicatorePola)
            attesi = attesi_di(detti.pop("livelli", ()))
            scrivi_livelli(questo, attesi=attesi, **detti, da=request.user)
        return self.risposta(self.una(pk=questo.pk))


def con_livelli(indicatori: Righe) -> None:
    """Put under each indicator of a programme its levels, year by year: one query."""
    per_misura = [{"id": uno["misura"]} for uno in indicatori]
    annida(per_misura, "livelli", Target.objects.order_by("anno"), "misura", LivelloForma)
    livelli = {una["id"]: una["livelli"] for una in per_misura}
    for uno in indicatori:
        uno["livelli"] = livelli[uno["misura"]]
