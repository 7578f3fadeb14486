# SPDX-License-Identifier: AGPL-3.0-or-later
"""Every write of the objectives' floor."""

from obiettivi.azioni.albero import aggiungi_misura, modifica_misura
from obiettivi.azioni.archivio_schede import chiedi_archivio, prepara_archivio, togli_archivi
from obiettivi.azioni.biblioteca import crea_indicatore
from obiettivi.azioni.calcolo import avvia_calcolo, prospettive_di
from obiettivi.azioni.carica import carica, carica_dimostrazione, carica_fonti
from obiettivi.azioni.congelamento import accetta_calcolo
from obiettivi.azioni.controdeduzione import controdeduci, rispondi_controdeduzione
from obiettivi.azioni.divulgazione import divulga, prendi_visione
from obiettivi.azioni.edizione import congela_edizione, crea_edizione, modifica_edizione
from obiettivi.azioni.esecuzione import esegui, esegui_blocco
from obiettivi.azioni.firma_scheda import firma
from obiettivi.azioni.indicatore import modifica_indicatore
from obiettivi.azioni.massivo import avvia_giro, ricalcola
from obiettivi.azioni.matrice_schede import pesa_schede
from obiettivi.azioni.negoziazione import invia_scheda, invia_schede, scrivi_messaggio
from obiettivi.azioni.osservazione import chiudi_osservazione, osserva, rispondi
from obiettivi.azioni.periodo import chiudi_periodo, riapri_periodo
from obiettivi.azioni.pesi import pesa
from obiettivi.azioni.proposta_scheda import AnnoPrima, crea_modello, proponi
from obiettivi.azioni.punteggi_scheda import ricalcola_schede
from obiettivi.azioni.revisione_scheda import abbandona_revisione, apri_revisione
from obiettivi.azioni.rilevazione import rileva
from obiettivi.azioni.scheda import (
    aggiorna_risorsa,
    aggiungi_alla_scheda,
    elimina_scheda,
    modifica_nella_scheda,
    sposta_nella_scheda,
    togli_dalla_scheda,
)
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
    "AnnoPrima",
    "abbandona_revisione",
    "accetta_calcolo",
    "aggiorna_risorsa",
    "aggiungi_alla_scheda",
    "aggiungi_misura",
    "apri_revisione",
    "avvia_calcolo",
    "avvia_giro",
    "avvia_valutazione",
    "avvia_valutazioni",
    "carica",
    "carica_dimostrazione",
    "carica_fonti",
    "chiedi_archivio",
    "chiudi_osservazione",
    "chiudi_periodo",
    "chiudi_scheda",
    "chiudi_schede",
    "conferma_lettura",
    "congela_edizione",
    "controdeduci",
    "crea_edizione",
    "crea_indicatore",
    "crea_modello",
    "divulga",
    "elimina_scheda",
    "esegui",
    "esegui_blocco",
    "firma",
    "invia_scheda",
    "invia_schede",
    "modifica_edizione",
    "modifica_indicatore",
    "modifica_misura",
    "modifica_nella_scheda",
    "osserva",
    "pesa",
    "pesa_schede",
    "prendi_visione",
    "prepara_archivio",
    "proponi",
    "prospettive_di",
    "riapri_periodo",
    "ricalcola",
    "ricalcola_schede",
    "rileva",
    "rispondi",
    "rispondi_controdeduzione",
    "scorri",
    "scrivi_messaggio",
    "sposta_nella_scheda",
    "togli_archivi",
    "togli_dalla_scheda",
    "valida_scheda",
]
