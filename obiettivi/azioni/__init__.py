# SPDX-License-Identifier: AGPL-3.0-or-later
"""Every write of the objectives' floor."""

from obiettivi.azioni.albero import aggiungi_misura, modifica_misura
from obiettivi.azioni.biblioteca import crea_indicatore
from obiettivi.azioni.calcolo import avvia_calcolo, prospettive_di
from obiettivi.azioni.carica import carica, carica_dimostrazione, carica_fonti
from obiettivi.azioni.congelamento import accetta_calcolo
from obiettivi.azioni.edizione import congela_edizione, crea_edizione, modifica_edizione
from obiettivi.azioni.esecuzione import esegui, esegui_blocco
from obiettivi.azioni.indicatore import modifica_indicatore
from obiettivi.azioni.massivo import avvia_giro, ricalcola
from obiettivi.azioni.osservazione import chiudi_osservazione, osserva, rispondi
from obiettivi.azioni.passi_relazione import (
    approva_relazione,
    invia_relazione,
    riapri_relazione,
    valida_relazione,
)
from obiettivi.azioni.periodo import chiudi_periodo, riapri_periodo
from obiettivi.azioni.pesi import pesa
from obiettivi.azioni.pubblicazione_relazione import pubblica_relazione
from obiettivi.azioni.relazione import (
    comincia_relazione,
    rigenera_relazione,
    scrivi_sezione_relazione,
    segna_fasi,
    spiega_scostamenti,
)
from obiettivi.azioni.rilevazione import rileva
from obiettivi.azioni.scorrimento import scorri
from obiettivi.azioni.target import conferma_lettura

__all__ = [
    "accetta_calcolo",
    "aggiungi_misura",
    "approva_relazione",
    "avvia_calcolo",
    "avvia_giro",
    "carica",
    "carica_dimostrazione",
    "carica_fonti",
    "chiudi_osservazione",
    "chiudi_periodo",
    "comincia_relazione",
    "conferma_lettura",
    "congela_edizione",
    "crea_edizione",
    "crea_indicatore",
    "esegui",
    "esegui_blocco",
    "invia_relazione",
    "modifica_edizione",
    "modifica_indicatore",
    "modifica_misura",
    "osserva",
    "pesa",
    "prospettive_di",
    "pubblica_relazione",
    "riapri_periodo",
    "riapri_relazione",
    "ricalcola",
    "rigenera_relazione",
    "rileva",
    "rispondi",
    "scorri",
    "scrivi_sezione_relazione",
    "segna_fasi",
    "spiega_scostamenti",
    "valida_relazione",
]
