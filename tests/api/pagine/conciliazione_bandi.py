# SPDX-License-Identifier: AGPL-3.0-or-later
"""Calls, proposals, rankings, scenarios: operations of their pages."""

OPERAZIONI: dict[str, str] = {}

SENZA: dict[str, str] = {}

MANCANO = """
    bando_nuovo bando_modifica bando_criteri bando_fusione proposta_nuova proposta_contenuto
    proposta_azione_nuova proposta_azione proposta_azione_togli proposta_risorse proposta_partner
    proposta_partner_togli proposta_partner_risposta proposta_allega proposta_allegato
    proposta_allegato_togli proposta_presenta proposta_riprendi proposta_ritira valutatori_nomina
    graduatoria_decidi scenario_nuovo scenario_modifica scenario_scegli scenario_scorri
"""
