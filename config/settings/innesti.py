# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the higher floors give to the ground floor, by dotted path."""

from config.settings.ambiente import env

ALBERO_CAPITOLI = [
    "piani.documenti.capitoli",
    "piani.azioni_positive.capitolo.capitoli",
    "obiettivi.documenti.capitoli",
    "conciliazione.documenti.capitoli",
    "lavoro_agile.documenti.capitoli",
]
# How the photographs that are not of the ground floor are printed: by their schema.
ALBERO_GENERI = {
    "albero/relazione-cug/1": "piani.azioni_positive.stampa.GENERE",
    "albero/conciliazione/1": "conciliazione.stampa.GENERE",
}
# Public tables beside the documents, for Amministrazione Trasparente: functions azienda → entries.
ALBERO_VOCI_AT = ["conciliazione.concessioni.voci_at", "piani.aperti.voci.voci_at"]
ALBERO_COSE_DA_FARE = [
    "piani.bacheca.cose_da_fare",
    "piani.organigramma.bacheca.cose_da_fare",
    "piani.azioni_positive.bacheca.cose_da_fare",
    "piani.obblighi.bacheca.cose_da_fare",
    "piani.attestazione.bacheca.cose_da_fare",
    "piani.segnalazioni.bacheca.cose_da_fare",
    "piani.webhook.bacheca.cose_da_fare",
    "obiettivi.bacheca.cose_da_fare",
    "obiettivi.schede.bacheca_scheda.cose_da_fare",
    "obiettivi.schede.bacheca_negozia.cose_da_fare",
    "obiettivi.schede.bacheca_monitoraggio.cose_da_fare",
    "obiettivi.schede.bacheca_valutazione.cose_da_fare",
    "obiettivi.schede.bacheca_individuale.cose_da_fare",
    "obiettivi.relazione.bacheca.cose_da_fare",
    "conciliazione.bando.bacheca.cose_da_fare",
    "conciliazione.rete.bacheca.cose_da_fare",
    "conciliazione.comitato.bacheca.cose_da_fare",
    "conciliazione.valutazione.bacheca.cose_da_fare",
    "conciliazione.monitoraggio.bacheca.cose_da_fare",
    "conciliazione.progetti.bacheca.cose_da_fare",
    "conciliazione.impatto.bacheca.cose_da_fare",
    "lavoro_agile.mappatura.bacheca.cose_da_fare",
    "lavoro_agile.domande.bacheca.cose_da_fare",
    "lavoro_agile.accordi.bacheca.cose_da_fare",
]
# Entries of the main menu: functions utente → (name, address, beginnings of its pages).
ALBERO_MENU = [
    "conciliazione.menu.voci",
    "lavoro_agile.menu.voci",
    "piani.importazioni.menu.voci",
]
# What can be brought in from a file: a ``piani.importazioni.genere.Genere`` each.
ALBERO_IMPORTAZIONI = [
    "obiettivi.importazioni.rilevazioni.GENERE",
    "conciliazione.importazioni.enti.GENERE",
    "piani.importazioni.organigramma.GENERE",
    "piani.importazioni.persone.GENERE",
    "obiettivi.importazioni.foglio.GENERE",
    "obiettivi.importazioni.piano.GENERE",
    "obiettivi.importazioni.schede.GENERE",
]
ALBERO_SCADENZE = [
    "piani.scadenze.fasi_dei_piani",
    "piani.azioni_positive.bacheca.scadenze",
    "piani.obblighi.bacheca.scadenze",
    "obiettivi.scadenze.finestre",
    "conciliazione.bando.bacheca.scadenze",
    "conciliazione.monitoraggio.bacheca.scadenze",
    "lavoro_agile.mappatura.bacheca.scadenze",
    "lavoro_agile.domande.bacheca.scadenze",
    "lavoro_agile.accordi.bacheca.scadenze",
]
# What is told to the programs at its hour, not when somebody writes: functions that keep it.
ALBERO_ANNUNCI = ["obiettivi.azioni.annunci.finestre_in_apertura"]
ALBERO_VERIFICHE_PIANO = [
    "piani.verifiche.del_piano",
    "piani.azioni_positive.verifiche.del_piano",
    "obiettivi.verifiche.del_piano",
    "conciliazione.verifiche.del_piano",
    "lavoro_agile.verifiche.del_piano",
]
ALBERO_ALL_ADOZIONE = ["obiettivi.azioni.edizione.congela_per_adozione"]
ALBERO_VERIFICHE_ORGANIGRAMMA = [
    "piani.organigramma.verifiche.della_struttura",
    "obiettivi.verifiche_organigramma.degli_obiettivi",
]

# Commands that load what the floors above show, after the plans and the people.
ALBERO_DIMOSTRAZIONE = ["carica_trasparenza", "carica_conciliazione", "carica_lavoro_agile"]
# Tables of the individual evaluation for the Relazione: functions (azienda, anno) → Aggregato.
ALBERO_AGGREGATI_INDIVIDUALI = ["obiettivi.individuale.per_relazione.tavole"]
# The staff of a year by role and gender, small groups silent: function (azienda, anno) → table.
ALBERO_PERSONALE_PER_GENERE = "lavoro_agile.cifre.personale.per_genere"
# Figures made of fewer people than these are not shown.
CELLA_MINIMA = env.int("CELLA_MINIMA", default=5)
# Files brought in: how large they may be, and for how many days file and preview are kept.
IMPORTAZIONE_MASSIMA_MB = env.int("IMPORTAZIONE_MASSIMA_MB", default=30)
IMPORTAZIONI_GIORNI = env.int("IMPORTAZIONI_GIORNI", default=90)
