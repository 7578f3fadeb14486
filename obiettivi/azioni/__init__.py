# SPDX-License-Identifier: AGPL-3.0-or-later
"""Every write of the objectives' floor."""

from obiettivi.azioni.albero import aggiungi_misura, modifica_misura
from obiettivi.azioni.biblioteca import crea_indicatore
from obiettivi.azioni.calcolo import avvia_calcolo, prospettive_di
from obiettivi.azioni.carica import carica, carica_dimostrazione, carica_fonti
from obiettivi.azioni.congelamento import accetta_calcolo
from obiettivi.azioni.edizione import congela_edizione, crea_edizione, modifica_edizione
from obiettivi.azioni.esecuzione import esegui, esegui_blocco
from obiettivi.azioni.finestra import (
    cambia_finestra,
    fissa_finestra,
    proponi_finestre,
    proroga,
    togli_finestra,
    togli_proroga,
)
from obiettivi.azioni.griglia import rileva_griglia
from obiettivi.azioni.indicatore import modifica_indicatore
from obiettivi.azioni.massivo import avvia_giro, ricalcola
from obiettivi.azioni.osservazione import chiudi_osservazione, osserva, rispondi
from obiettivi.azioni.periodo import chiudi_periodo, riapri_periodo
from obiettivi.azioni.pesi import pesa
from obiettivi.azioni.prova import carica_prova, togli_prova
from obiettivi.azioni.rendicontazione import (
    Resoconto,
    riapri_rendicontazione,
    salva_rendicontazione,
    trasmetti,
    valida_rendicontazione,
)
from obiettivi.azioni.rilevazione import rileva
from obiettivi.azioni.scorrimento import scorri
from obiettivi.azioni.target import conferma_lettura

__all__ = [
    "Resoconto",
    "accetta_calcolo",
    "aggiungi_misura",
    "avvia_calcolo",
    "avvia_giro",
    "cambia_finestra",
    "carica",
    "carica_dimostrazione",
    "carica_fonti",
    "carica_prova",
    "chiudi_osservazione",
    "chiudi_periodo",
    "conferma_lettura",
    "congela_edizione",
    "crea_edizione",
    "crea_indicatore",
    "esegui",
    "esegui_blocco",
    "fissa_finestra",
    "modifica_edizione",
    "modifica_indicatore",
    "modifica_misura",
    "osserva",
    "pesa",
    "proponi_finestre",
    "proroga",
    "prospettive_di",
    "riapri_periodo",
    "riapri_rendicontazione",
    "ricalcola",
    "rileva",
    "rileva_griglia",
    "rispondi",
    "salva_rendicontazione",
    "scorri",
    "togli_finestra",
    "togli_proroga",
    "togli_prova",
    "trasmetti",
    "valida_rendicontazione",
]
