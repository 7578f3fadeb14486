# SPDX-License-Identifier: AGPL-3.0-or-later
"""Every write of the ground floor: one transaction, one permission, one Evento each."""

from piani.azioni.carica import carica_piano
from piani.azioni.documento import assicura_stampa, pubblica, ristampa, stampa
from piani.azioni.evento import registra
from piani.azioni.foglio import importa_foglio
from piani.azioni.lavoro import manda
from piani.azioni.organigramma import apri_bozza, elimina_bozza, metti_in_vigore, modifica_bozza
from piani.azioni.responsabili import nomina, riassegna, termina
from piani.azioni.successione import Parte, dividi_unita, unisci_unita
from piani.azioni.unita import (
    aggiungi_unita,
    collega_precedenti,
    elimina_unita,
    modifica_unita,
    ordina_unita,
    sposta_unita,
)

__all__ = [
    "Parte",
    "aggiungi_unita",
    "apri_bozza",
    "assicura_stampa",
    "carica_piano",
    "collega_precedenti",
    "dividi_unita",
    "elimina_bozza",
    "elimina_unita",
    "importa_foglio",
    "manda",
    "metti_in_vigore",
    "modifica_bozza",
    "modifica_unita",
    "nomina",
    "ordina_unita",
    "pubblica",
    "registra",
    "riassegna",
    "ristampa",
    "sposta_unita",
    "stampa",
    "termina",
    "unisci_unita",
]
