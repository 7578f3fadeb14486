# SPDX-License-Identifier: AGPL-3.0-or-later
"""Monitoring, expenses, accounts, the impact: operations of their pages."""

OPERAZIONI: dict[str, str] = {}

SENZA: dict[str, str] = {}

MANCANO = """
    rilevazione_progetto_salva spesa_carica spesa_giustificativo spesa_giustificativo_togli
    apporto_nuovo apporto_togli rendiconto_apri rendiconto_scrivi rendiconto_togli
    rendiconto_esamina revoca_scrivi pagamento_azione impatto_mappa_modifica impatto_kpi_nuovo
    impatto_kpi_modifica impatto_kpi_togli impatto_valore impatto_valore_togli
"""
