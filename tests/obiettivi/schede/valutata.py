# SPDX-License-Identifier: AGPL-3.0-or-later
"""A scheda brought to its evaluation, in few words."""

from typing import Any

from obiettivi import azioni
from obiettivi.models import SchedaBudget, ValidazioneScheda
from tests.factories import AziendaFactory
from tests.obiettivi.schede.cremona import rileva_tutto, scheda_cremona


def in_valutazione(scheda: SchedaBudget) -> SchedaBudget:
    azioni.avvia_valutazione(scheda, motivo="Prova", da=None)
    return scheda


def valida(scheda: SchedaBudget, **altro: Any) -> ValidazioneScheda:
    return azioni.valida_scheda(
        scheda, **{"esito": "validata", "motivazione": "Bene", "da": None} | altro
    )


def pronta() -> SchedaBudget:
    scheda = scheda_cremona(AziendaFactory())
    rileva_tutto(scheda)
    return in_valutazione(scheda)
