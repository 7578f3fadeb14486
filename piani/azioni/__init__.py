# SPDX-License-Identifier: AGPL-3.0-or-later
"""Every write of the ground floor: one transaction, one permission, one Evento each."""

from piani.azioni.accesso import cancella_accessi, segna_accesso
from piani.azioni.carica import carica_piano
from piani.azioni.delega import delega, revoca_delega
from piani.azioni.dimostrazione import crea_dimostrative
from piani.azioni.documento import assicura_stampa, pubblica, ristampa, stampa
from piani.azioni.evento import registra
from piani.azioni.importa_persone import importa_persone, prova_importazione
from piani.azioni.incarico import Dove, assegna_incarico, cambia_incarico, chiudi_incarico
from piani.azioni.invito import accetta_invito, invita, invito_da, revoca_invito, spedisci_invito
from piani.azioni.lavoro import manda
from piani.azioni.persona import (
    accogli_persona,
    crea_persona,
    disattiva_persona,
    modifica_persona,
    riattiva_persona,
    togli_secondo_fattore,
)

__all__ = [
    "Dove",
    "accetta_invito",
    "accogli_persona",
    "assegna_incarico",
    "assicura_stampa",
    "cambia_incarico",
    "cancella_accessi",
    "carica_piano",
    "chiudi_incarico",
    "crea_dimostrative",
    "crea_persona",
    "delega",
    "disattiva_persona",
    "importa_persone",
    "invita",
    "invito_da",
    "manda",
    "modifica_persona",
    "prova_importazione",
    "pubblica",
    "registra",
    "revoca_delega",
    "revoca_invito",
    "riattiva_persona",
    "ristampa",
    "segna_accesso",
    "spedisci_invito",
    "stampa",
    "togli_secondo_fattore",
]
