# SPDX-License-Identifier: AGPL-3.0-or-later
"""Every write of the objectives' floor."""

from obiettivi.azioni.calcolo import avvia_calcolo, esegui, prospettive_di
from obiettivi.azioni.carica import carica, carica_dimostrazione, carica_fonti
from obiettivi.azioni.congelamento import accetta_calcolo
from obiettivi.azioni.target import conferma_lettura

__all__ = [
    "accetta_calcolo",
    "avvia_calcolo",
    "carica",
    "carica_dimostrazione",
    "carica_fonti",
    "conferma_lettura",
    "esegui",
    "prospettive_di",
]
