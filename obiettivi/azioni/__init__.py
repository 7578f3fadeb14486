# SPDX-License-Identifier: AGPL-3.0-or-later
"""Every write of the objectives' floor."""

from obiettivi.azioni.albero import aggiungi_misura, modifica_misura
from obiettivi.azioni.biblioteca import crea_indicatore
from obiettivi.azioni.calcolo import avvia_calcolo, prospettive_di
from obiettivi.azioni.carica import carica, carica_dimostrazione, carica_fonti
from obiettivi.azioni.congelamento import accetta_calcolo
from obiettivi.azioni.controdeduzione import controdeduci, rispondi_controdeduzione
from obiettivi.azioni.edizione import congela_edizione, crea_edizione, modifica_edizione
from obiettivi.azioni.esecuzione import esegui, esegui_blocco
from obiettivi.azioni.indicatore import modifica_indicatore
from obiettivi.azioni.massivo import avvia_giro, ricalcola
from obiettivi.azioni.osservazione import chiudi_osservazione, osserva, rispondi
from obiettivi.azioni.periodo import chiudi_periodo, riapri_periodo
from obiettivi.azioni.pesi import pesa
from obiettivi.azioni.punteggi_scheda import ricalcola_schede
from obiettivi.azioni.rilevazione import rileva
from obiettivi.azioni.scorrimento import scorri
from obiettivi.azioni.target import conferma_lettura
from obiettivi.azioni.valutazione_scheda import (
    avvia_valutazione,
    avvia_valutazioni,
    chiudi_scheda,
    chiudi_schede,
    valida_scheda,
)

__all__ = [
    "accetta_calcolo",
    "aggiungi_misura",
    "avvia_calcolo",
    "avvia_giro",
    "avvia_valutazione",
    "avvia_valutazioni",
    "carica",
    "carica_dimostrazione",
    "carica_fonti",
    "chiudi_osservazione",
    "chiudi_periodo",
    "chiudi_scheda",
    "chiudi_schede",
    "conferma_lettura",
    "congela_edizione",
    "controdeduci",
    "crea_edizione",
    "crea_indicatore",
    "esegui",
    "esegui_blocco",
    "modifica_edizione",
    "modifica_indicatore",
    "modifica_misura",
    "osserva",
    "pesa",
    "prospettive_di",
    "riapri_periodo",
    "ricalcola",
    "ricalcola_schede",
    "rileva",
    "rispondi",
    "rispondi_controdeduzione",
    "scorri",
    "valida_scheda",
]
