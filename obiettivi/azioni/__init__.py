# SPDX-License-Identifier: AGPL-3.0-or-later
"""Every write of the objectives' floor."""

from obiettivi.azioni.albero import aggiungi_misura, modifica_misura
from obiettivi.azioni.biblioteca import crea_indicatore, modifica_indicatore
from obiettivi.azioni.calcolo import avvia_calcolo, esegui, prospettive_di
from obiettivi.azioni.carica import carica, carica_dimostrazione, carica_fonti
from obiettivi.azioni.congelamento import accetta_calcolo
from obiettivi.azioni.edizione import congela_edizione, crea_edizione, modifica_edizione
from obiettivi.azioni.periodo import chiudi_periodo, riapri_periodo
from obiettivi.azioni.pesi import pesa
from obiettivi.azioni.rilevazione import rileva
from obiettivi.azioni.scorrimento import scorri
from obiettivi.azioni.target import conferma_lettura

__all__ = [
    "accetta_calcolo",
    "aggiungi_misura",
    "avvia_calcolo",
    "carica",
    "carica_dimostrazione",
    "carica_fonti",
    "chiudi_periodo",
    "conferma_lettura",
    "congela_edizione",
    "crea_edizione",
    "crea_indicatore",
    "esegui",
    "modifica_edizione",
    "modifica_indicatore",
    "modifica_misura",
    "pesa",
    "prospettive_di",
    "riapri_periodo",
    "rileva",
    "scorri",
]
