# SPDX-License-Identifier: AGPL-3.0-or-later
"""How a scheda was agreed on: its versions with their signatures, what was said, its revisions."""

from typing import Any

from rest_framework import serializers

from obiettivi.models import (
    FirmaScheda,
    MessaggioScheda,
    PresaVisione,
    RevisioneScheda,
    SchedaBudget,
    ValidazioneScheda,
    VersioneScheda,
)
from obiettivi.schede.valutazione import impronta_valutazione
from piani.api.elenchi import annida, lette
from piani.api.forme import Forma, Numero


class FirmaSchedaForma(Forma):
    ruolo = serializers.ChoiceField(choices=FirmaScheda.Ruolo.choices)
    cognome = serializers.CharField(source="utente.last_name")
    nome = serializers.CharField(source="utente.first_name")
    firmata_il = serializers.DateTimeField()


class VersioneSchedaForma(Forma):
    calcolati = ("prese_visione",)

    id = serializers.IntegerField()
    numero = serializers.IntegerField()
    impronta = serializers.CharField()
    motivo = serializers.CharField()
    inviata_il = serializers.DateTimeField()
    firme = FirmaSchedaForma(many=True)
    prese_visione = serializers.IntegerField(help_text="Quante persone l'hanno letta.")


class MessaggioForma(Forma):
    id = serializers.IntegerField()
    versione = serializers.IntegerField()
    testo = serializers.CharField()
    cognome = serializers.CharField(source="autore.last_name")
    nome = serializers.CharField(source="autore.first_name")
    scritto_il = serializers.DateTimeField()


class RevisioneForma(Forma):
    id = serializers.IntegerField()
    dalla = serializers.IntegerField(source="dalla.numero", help_text="Versione in vigore allora.")
    alla = serializers.IntegerField(
        source="alla.numero", allow_null=True, help_text="Quella che ne è venuta."
    )
    motivo = serializers.CharField()
    atto_tipo = serializers.CharField()
    atto_numero = serializers.CharField()
    atto_data = serializers.DateField()
    aperta_il = serializers.DateTimeField()


class ValidazioneSchedaForma(Forma):
    id = serializers.IntegerField()
    esito = serializers.ChoiceField(choices=ValidazioneScheda.Esito.choices)
    data = serializers.DateField()
    motivazione = serializers.CharField()
    punteggio = Numero(30, 8, allow_null=True)


class NegoziazioneForma(Forma):
    versioni = VersioneSchedaForma(many=True)
    messaggi = MessaggioForma(many=True)
    revisioni = RevisioneForma(many=True)
    validazioni = ValidazioneSchedaForma(many=True)
    visto = serializers.CharField(help_text="Da rimandare con la validazione.")


def negoziazione_di(scheda: SchedaBudget) -> dict[str, Any]:
    """All that was said of a scheda, as sent: a fixed number of queries."""
    versioni = lette(
        VersioneScheda.objects.filter(scheda=scheda).order_by("numero"), VersioneSchedaForma
    )
    annida(versioni, "firme", FirmaScheda.objects.order_by("pk"), "versione", FirmaSchedaForma)
    viste = list(
        PresaVisione.objects.filter(versione__scheda=scheda).values_list("versione", flat=True)
    )
    for una in versioni:
        una["prese_visione"] = viste.count(una["id"])
    revisioni = RevisioneScheda.objects.filter(scheda=scheda).order_by("pk")
    validazioni = ValidazioneScheda.objects.filter(scheda=scheda).order_by("pk")
    return {
        "versioni": versioni,
        "messaggi": messaggi_di(scheda),
        "revisioni": lette(revisioni, RevisioneForma),
        "validazioni": lette(validazioni, ValidazioneSchedaForma),
        "visto": impronta_valutazione(scheda),
    }


def messaggi_di(scheda: SchedaBudget, **quali: Any) -> list[dict[str, Any]]:
    """The messages of a negotiation, oldest first."""
    messaggi = MessaggioScheda.objects.filter(scheda=scheda, **quali)
    return lette(messaggi.order_by("scritto_il", "pk"), MessaggioForma)
