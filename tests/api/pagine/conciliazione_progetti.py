# SPDX-License-Identifier: AGPL-3.0-or-later
"""The financial plan, the projects, the actions of the network: operations of their pages."""

OPERAZIONI = {
    # the financial plan
    "POST /conciliazione/piani-finanziari": "finanze_apri",
    "POST /conciliazione/piani-finanziari/{id}/voci": "finanze_voce_nuova",
    "PATCH /conciliazione/voci-finanziarie/{id}": "finanze_voce",
    "DELETE /conciliazione/voci-finanziarie/{id}": "finanze_voce_togli",
    # the projects
    "POST /conciliazione/progetti": "progetto_crea",
    "POST /conciliazione/progetti/{id}/accordi": "progetto_accordo",
    "PATCH /conciliazione/accordi/{id}": "progetto_accordo",
    "POST /conciliazione/accordi/{id}/bozza": "progetto_accordo_bozza",
    "POST /conciliazione/progetti/{id}/documenti": "progetto_documento_carica",
    "GET /conciliazione/documenti-di-progetto/{id}/contenuto": "progetto_documento",
    "DELETE /conciliazione/documenti-di-progetto/{id}": "progetto_documento_togli",
    "GET /conciliazione/azioni-di-progetto/{id}": "progetto_azione",
    "PATCH /conciliazione/azioni-di-progetto/{id}": "progetto_azione",
    "POST /conciliazione/azioni-di-progetto/{id}/avanzamento": "progetto_azione_stato",
    "POST /conciliazione/azioni-di-progetto/{id}/attivita": "progetto_attivita",
    "DELETE /conciliazione/attivita-di-progetto/{id}": "progetto_attivita_togli",
    "PATCH /conciliazione/azioni-di-progetto/{id}/budget": "progetto_budget",
    # the actions of the network
    "POST /conciliazione/azioni-di-piano": "azione_piano_nuova",
    "PATCH /conciliazione/azioni-di-piano/{id}": "azione_piano_modifica",
    "POST /conciliazione/azioni-di-piano/{id}/incontri": "azione_piano_incontro",
    "DELETE /conciliazione/incontri/{id}": "azione_piano_incontro_togli",
    # the documents of the edition
    "GET /conciliazione/edizioni/{slug}/documenti": "progetto_documenti",
    "POST /conciliazione/edizioni/{slug}/documenti": "progetto_documenti_apri",
    "POST /conciliazione/edizioni/{slug}/documenti/{quale}/adozione": "progetto_documenti_adotta",
}

SENZA: dict[str, str] = {}
