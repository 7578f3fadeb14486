# SPDX-License-Identifier: AGPL-3.0-or-later
"""Calls, proposals, rankings, scenarios: operations of their pages."""

OPERAZIONI = {
    "POST /conciliazione/manifestazioni": "bando_nuovo",
    "PATCH /conciliazione/manifestazioni/{id}": "bando_modifica",
    "PUT /conciliazione/manifestazioni/{id}/criteri": "bando_criteri",
    "POST /conciliazione/manifestazioni/{id}/valutatori": "valutatori_nomina",
    "POST /conciliazione/proposte": "proposta_nuova",
    "PATCH /conciliazione/proposte/{id}": "proposta_contenuto",
    "PUT /conciliazione/proposte/{id}/risorse": "proposta_risorse",
    "POST /conciliazione/proposte/{id}/azioni": "proposta_azione_nuova",
    "PATCH /conciliazione/azioni-di-proposta/{id}": "proposta_azione",
    "DELETE /conciliazione/azioni-di-proposta/{id}": "proposta_azione_togli",
    "POST /conciliazione/proposte/{id}/partner": "proposta_partner",
    "POST /conciliazione/partner/{id}/uscita": "proposta_partner_togli",
    "POST /conciliazione/partner/{id}/risposta": "proposta_partner_risposta",
    "POST /conciliazione/proposte/{id}/allegati": "proposta_allega",
    "GET /conciliazione/allegati-di-proposta/{id}/file": "proposta_allegato",
    "DELETE /conciliazione/allegati-di-proposta/{id}": "proposta_allegato_togli",
    "POST /conciliazione/proposte/{id}/presentazione": "proposta_presenta",
    "POST /conciliazione/proposte/{id}/consegna": "proposta_presenta",
    "POST /conciliazione/proposte/{id}/ripresa": "proposta_riprendi",
    "POST /conciliazione/proposte/{id}/ritiro": "proposta_ritira",
    "POST /conciliazione/proposte/{id}/fusione": "bando_fusione",
    "POST /conciliazione/graduatorie/{id}/decisione": "graduatoria_decidi",
    "POST /conciliazione/scenari": "scenario_nuovo",
    "PATCH /conciliazione/scenari/{id}": "scenario_modifica",
    "POST /conciliazione/scenari/{id}/scelta": "scenario_scegli",
    "POST /conciliazione/scenari/{id}/scorrimento": "scenario_scorri",
}

SENZA: dict[str, str] = {}
