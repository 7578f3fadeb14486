# SPDX-License-Identifier: AGPL-3.0-or-later
"""Monitoring, expenses, accounts, the impact: operations of their pages."""

OPERAZIONI: dict[str, str] = {
    # monitoring
    "POST /conciliazione/rilevazioni": "rilevazione_progetto_salva",
    "PATCH /conciliazione/rilevazioni/{id}": "rilevazione_progetto_salva",
    # expenses and what the bodies gave
    "POST /conciliazione/spese/carico": "spesa_nuova",
    "POST /conciliazione/spese/{id}/giustificativi": "spesa_carica",
    "GET /conciliazione/giustificativi/{id}/contenuto": "spesa_giustificativo",
    "DELETE /conciliazione/giustificativi/{id}": "spesa_giustificativo_togli",
    "POST /conciliazione/apporti": "apporto_nuovo",
    "DELETE /conciliazione/apporti/{id}": "apporto_togli",
    # requests, revocations, payments
    "POST /conciliazione/rendiconti": "rendiconto_apri",
    "PATCH /conciliazione/rendiconti/{id}": "rendiconto_scrivi",
    "DELETE /conciliazione/rendiconti/{id}": "rendiconto_togli",
    "POST /conciliazione/rendiconti/{id}/esame": "rendiconto_esamina",
    "POST /conciliazione/revoche": "revoca_scrivi",
    "PATCH /conciliazione/revoche/{id}": "revoca_scrivi",
    "POST /conciliazione/pagamenti": "pagamento_azione",
    # the impact
    "POST /conciliazione/mappe-di-impatto": "impatto_mappa_modifica",
    "PATCH /conciliazione/mappe-di-impatto/{id}": "impatto_mappa_modifica",
    "POST /conciliazione/kpi": "impatto_kpi_nuovo",
    "PATCH /conciliazione/kpi/{id}": "impatto_kpi_modifica",
    "DELETE /conciliazione/kpi/{id}": "impatto_kpi_togli",
    "POST /conciliazione/kpi/{id}/valori": "impatto_valore",
    "DELETE /conciliazione/valori-kpi/{id}": "impatto_valore_togli",
}

SENZA: dict[str, str] = {}
