# SPDX-License-Identifier: AGPL-3.0-or-later
"""The financial plan, the projects, the actions of the network: operations of their pages."""

OPERAZIONI: dict[str, str] = {}

SENZA: dict[str, str] = {}

MANCANO = """
    finanze_apri finanze_voce_nuova finanze_voce finanze_voce_togli progetto_crea progetto_accordo
    progetto_accordo_bozza progetto_documento_carica progetto_documento progetto_documento_togli
    progetto_azione progetto_azione_stato progetto_attivita progetto_attivita_togli progetto_budget
    azione_piano_nuova azione_piano_modifica azione_piano_incontro azione_piano_incontro_togli
    progetto_documenti progetto_documenti_apri progetto_documenti_adotta
"""
