# SPDX-License-Identifier: AGPL-3.0-or-later
"""Every write of the ground floor: one transaction, one permission, one Evento each."""

from piani.azioni.atti import completa_atto, esprimi_parere, togli_parere
from piani.azioni.carica import carica_piano
from piani.azioni.documento import assicura_stampa, pubblica, ristampa, stampa
from piani.azioni.evento import registra
from piani.azioni.lavoro import manda
from piani.azioni.piano import crea_piano, elimina_piano, modifica_piano, prendi_atto
from piani.azioni.righe import aggiungi, elimina, modifica, sposta
from piani.azioni.stato import adotta, invia, riporta_in_bozza, valida

__all__ = [
    "adotta",
    "aggiungi",
    "assicura_stampa",
    "carica_piano",
    "completa_atto",
    "crea_piano",
    "elimina",
    "elimina_piano",
    "esprimi_parere",
    "invia",
    "manda",
    "modifica",
    "modifica_piano",
    "prendi_atto",
    "pubblica",
    "registra",
    "riporta_in_bozza",
    "ristampa",
    "sposta",
    "stampa",
    "togli_parere",
    "valida",
]
