# SPDX-License-Identifier: AGPL-3.0-or-later
"""The rules, the network, the comitato and its consultations: operations of their pages."""

OPERAZIONI: dict[str, str] = {}

SENZA: dict[str, str] = {}

MANCANO = """
    conciliazione_edizione_nuova conciliazione_regole_modifica conciliazione_edizione_dati
    rete_ente_unisci rete_adesione_nuova adesione_rinuncia rinuncia_presa_d_atto rinuncia_ritira
    composizione_modifica rete_ambito_nuovo rete_ambito_modifica rete_comune_nuovo
    rete_comune_modifica seggio_nuovo seggio_modifica seduta_punto seduta_presenze seduta_collega
    punto_togli punto_esito votazione_apri votazione_raccogli verbale_valida consultazioni
    consultazione consultazione_nuova consultazione_seduta consultazione_stacca
"""
