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
from obiettivi.azioni.individuale.assegna import assegna_valutazioni, correggi_assegnazione
from obiettivi.azioni.individuale.conciliazione import (
    chiedi_conciliazione,
    decidi_conciliazione,
    rispondi_conciliazione,
)
from obiettivi.azioni.individuale.contenuto import (
    assegna_obiettivi,
    autovaluta,
    avvia_senza_autovalutazione,
    prendi_visione,
    registra_colloquio,
    valuta_persona,
)
from obiettivi.azioni.individuale.edizione import (
    crea_edizione_individuale,
    modifica_edizione_individuale,
)
from obiettivi.azioni.individuale.firme import (
    chiudi_concluse,
    chiudi_valutazione,
    firma_valutato,
    firma_valutatore,
)
from obiettivi.azioni.massivo import avvia_giro, ricalcola
from obiettivi.azioni.osservazione import chiudi_osservazione, osserva, rispondi
from obiettivi.azioni.periodo import chiudi_periodo, riapri_periodo
from obiettivi.azioni.pesi import pesa
from obiettivi.azioni.rilevazione import rileva
from obiettivi.azioni.scorrimento import scorri
from obiettivi.azioni.target import conferma_lettura

__all__ = [
    "accetta_calcolo",
    "aggiungi_misura",
    "assegna_obiettivi",
    "assegna_valutazioni",
    "autovaluta",
    "avvia_calcolo",
    "avvia_giro",
    "avvia_senza_autovalutazione",
    "carica",
    "carica_dimostrazione",
    "carica_fonti",
    "chiedi_conciliazione",
    "chiudi_concluse",
    "chiudi_osservazione",
    "chiudi_periodo",
    "chiudi_valutazione",
    "conferma_lettura",
    "congela_edizione",
    "correggi_assegnazione",
    "crea_edizione",
    "crea_edizione_individuale",
    "crea_indicatore",
    "decidi_conciliazione",
    "esegui",
    "esegui_blocco",
    "firma_valutato",
    "firma_valutatore",
    "modifica_edizione",
    "modifica_edizione_individuale",
    "modifica_indicatore",
    "modifica_misura",
    "osserva",
    "pesa",
    "prendi_visione",
    "prospettive_di",
    "registra_colloquio",
    "riapri_periodo",
    "ricalcola",
    "rileva",
    "rispondi",
    "rispondi_conciliazione",
    "scorri",
    "valuta_persona",
]
