# SPDX-License-Identifier: AGPL-3.0-or-later
"""Every write of the objectives' floor."""

from obiettivi.azioni.calcolo import avvia_calcolo, prospettive_di
from obiettivi.azioni.carica import carica, carica_dimostrazione, carica_fonti
from obiettivi.azioni.congelamento import accetta_calcolo
from obiettivi.azioni.edizione import congela_edizione, crea_edizione, modifica_edizione
from obiettivi.azioni.esecuzione import esegui, esegui_blocco
from obiettivi.azioni.indicatore import modifica_indicatore
from obiettivi.azioni.massivo import avvia_giro, ricalcola
from obiettivi.azioni.osservazione import chiudi_osservazione, osserva, rispondi
from obiettivi.azioni.periodo import chiudi_periodo, riapri_periodo
from obiettivi.azioni.rilevazione import rileva
from obiettivi.azioni.target import conferma_lettura

__all__ = [
    "accetta_calcolo",
    "avvia_calcolo",
    "avvia_giro",
    "carica",
    "carica_dimostrazione",
    "carica_fonti",
    "chiudi_osservazione",
    "chiudi_periodo",
    "conferma_lettura",
    "congela_edizione",
    "crea_edizione",
    "esegui",
    "esegui_blocco",
    "modifica_edizione",
    "modifica_indicatore",
    "osserva",
    "prospettive_di",
    "riapri_periodo",
    "ricalcola",
    "rileva",
    "rispondi",
]
