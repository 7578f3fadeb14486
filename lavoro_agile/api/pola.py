# SPDX-License-Identifier: AGPL-3.0-or-later
"""The POLA: its phases, its indicators with the level of each year."""

from rest_framework import serializers

from lavoro_agile.api.base import Risorsa
from lavoro_agile.models import FaseSviluppo, IndicatorePola, Pola
from obiettivi.models import Target
from piani.api.elenchi import Righe, annida, filtro
from piani.api.forme import Forma


class FaseForma(Forma):
    genere = serializers.CharField(help_text="emergenziale, avvio, intermedio o avanzato.")
    anno = serializers.IntegerField()
    descrizione = serializers.CharField()


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


class PolaForma(Forma):
    id = serializers.IntegerField()
    piano = serializers.CharField(source="piano.slug", help_text="Fra i piani.")
    azienda = serializers.CharField(source="piano.azienda.codice")
    titolo = serializers.CharField(source="piano.titolo")
    stato = serializers.CharField(source="piano.stato")
    anno_inizio = serializers.IntegerField(source="piano.anno_inizio")
    anno_fine = serializers.IntegerField(source="piano.anno_fine")
    sezione_di = serializers.CharField(
        source="sezione_di.slug", allow_null=True, help_text="Il piano di cui è una sezione."
    )
    fasi = FaseForma(many=True)
    indicatori = IndicatorePolaForma(many=True)


class PolaRisorsa(Risorsa):
    """I POLA con le fasi e il programma di sviluppo; risultati e punteggi sono quelli del piano."""

    raccolta = "programmi-pola"
    modello = Pola
    serializer_class = PolaForma
    filterset_class = filtro(Pola, "piano__titolo", azienda="piano__azienda__codice")
    ordini = {"anno": "piano__anno_inizio"}
    ordine = ("-piano__anno_inizio",)

    def completa(self, righe: Righe) -> None:
        annida(righe, "fasi", FaseSviluppo.objects.order_by("anno"), "pola", FaseForma)
        indicatori = IndicatorePola.objects.order_by("ordine")
        suoi = annida(righe, "indicatori", indicatori, "pola", IndicatorePolaForma)
        per_misura = [{"id": uno["misura"]} for uno in suoi]
        annida(per_misura, "livelli", Target.objects.order_by("anno"), "misura", LivelloForma)
        livelli = {una["id"]: una["livelli"] for una in per_misura}
        for uno in suoi:
            uno["livelli"] = livelli[uno["misura"]]
