# SPDX-License-Identifier: AGPL-3.0-or-later
"""Every write of the ground floor: one transaction, one permission, one Evento each."""

from piani.azioni.accesso import cancella_accessi, segna_accesso
from piani.azioni.atti import completa_atto, esprimi_parere, togli_parere
from piani.azioni.avviso import (
    avvisa,
    persone_da_avvisare,
    preferenze_di,
    rinnova_calendario,
    scegli_avvisi,
    spedisci_avvisi,
)
from piani.azioni.carica import carica_piano
from piani.azioni.cliente import crea_cliente, revoca_cliente, rinnova_segreto
from piani.azioni.delega import delega, revoca_delega
from piani.azioni.dimostrazione import crea_dimostrative
from piani.azioni.documento import assicura_stampa, pubblica, ristampa, stampa
from piani.azioni.evento import registra
from piani.azioni.firma import allega_firmato, apponi_sigillo, togli_firmato
from piani.azioni.foglio import importa_foglio
from piani.azioni.importa_persone import importa_persone, prova_importazione
from piani.azioni.incarico import Dove, assegna_incarico, cambia_incarico, chiudi_incarico
from piani.azioni.invito import accetta_invito, invita, invito_da, revoca_invito, spedisci_invito
from piani.azioni.lavoro import manda
from piani.azioni.logo import carica_logo, togli_logo
from piani.azioni.organigramma import apri_bozza, elimina_bozza, metti_in_vigore, modifica_bozza
from piani.azioni.persona import (
    accogli_persona,
    crea_persona,
    disattiva_persona,
    modifica_persona,
    riattiva_persona,
    togli_secondo_fattore,
)
from piani.azioni.piano import crea_piano, elimina_piano, modifica_piano, prendi_atto
from piani.azioni.piao import allinea_forma, registra_ricevuta
from piani.azioni.responsabili import nomina, riassegna, termina
from piani.azioni.ricerca import indicizza
from piani.azioni.richiesta import dimentica_richieste, una_volta
from piani.azioni.righe import aggiungi, elimina, modifica, sposta
from piani.azioni.stato import adotta, invia, riporta_in_bozza, valida
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
    "Dove",
    "Parte",
    "accetta_invito",
    "accogli_persona",
    "adotta",
    "aggiungi",
    "aggiungi_unita",
    "allega_firmato",
    "allinea_forma",
    "apponi_sigillo",
    "apri_bozza",
    "assegna_incarico",
    "assicura_stampa",
    "avvisa",
    "cambia_incarico",
    "cancella_accessi",
    "carica_logo",
    "carica_piano",
    "chiudi_incarico",
    "collega_precedenti",
    "completa_atto",
    "crea_cliente",
    "crea_dimostrative",
    "crea_persona",
    "crea_piano",
    "delega",
    "dimentica_richieste",
    "disattiva_persona",
    "dividi_unita",
    "elimina",
    "elimina_bozza",
    "elimina_piano",
    "elimina_unita",
    "esprimi_parere",
    "importa_foglio",
    "importa_persone",
    "indicizza",
    "invia",
    "invita",
    "invito_da",
    "manda",
    "metti_in_vigore",
    "modifica",
    "modifica_bozza",
    "modifica_persona",
    "modifica_piano",
    "modifica_unita",
    "nomina",
    "ordina_unita",
    "persone_da_avvisare",
    "preferenze_di",
    "prendi_atto",
    "prova_importazione",
    "pubblica",
    "registra",
    "registra_ricevuta",
    "revoca_cliente",
    "revoca_delega",
    "revoca_invito",
    "riassegna",
    "riattiva_persona",
    "rinnova_calendario",
    "rinnova_segreto",
    "riporta_in_bozza",
    "ristampa",
    "scegli_avvisi",
    "segna_accesso",
    "spedisci_avvisi",
    "spedisci_invito",
    "sposta",
    "sposta_unita",
    "stampa",
    "termina",
    "togli_firmato",
    "togli_logo",
    "togli_parere",
    "togli_secondo_fattore",
    "una_volta",
    "unisci_unita",
    "valida",
]
