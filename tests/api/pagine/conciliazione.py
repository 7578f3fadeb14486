# SPDX-License-Identifier: AGPL-3.0-or-later
"""The pages of the conciliation, and the operations that do the same."""

OPERAZIONI = {
    "GET /conciliazione/edizioni": "conciliazione",
    "GET /conciliazione/edizioni/{slug}": (
        "conciliazione_edizione conciliazione_regole conciliazione_regole_json"
    ),
    # the network
    "GET /conciliazione/enti": (
        "conciliazione_rete rete_enti rete_enti_csv rete_pubblica rete_pubblica_csv"
    ),
    "GET /conciliazione/enti/{id}": "rete_ente",
    "POST /conciliazione/enti": "rete_ente_nuovo",
    "PATCH /conciliazione/enti/{id}": "rete_ente_modifica",
    "POST /conciliazione/referenti": "rete_referente_nuovo",
    "POST /conciliazione/referenti/{id}/fine": "rete_referente_fine",
    "GET /conciliazione/adesioni": "rete_adesioni",
    "GET /conciliazione/adesioni/{id}": "rete_adesione",
    "POST /conciliazione/adesioni/{id}/accoglienza": "adesione_accogli",
    "POST /conciliazione/adesioni/{id}/rifiuto": "adesione_respingi",
    "GET /conciliazione/composizioni": "composizioni",
    "GET /conciliazione/composizioni/{id}": "composizione composizione_csv",
    "POST /conciliazione/composizioni": "composizione_nuova",
    "POST /conciliazione/composizioni/{id}/approvazione": "composizione_approva",
    "GET /conciliazione/ambiti": "rete_ambiti rete_ambiti_csv",
    "GET /conciliazione/ambiti/{id}": "rete_ambito",
    "GET /conciliazione/interventi-tempi": "rete_tempi",
    "POST /conciliazione/rilevazioni-tempi": "rete_tempi_chiedi",
    "PATCH /conciliazione/rilevazioni-tempi/{id}": "rete_tempi_rispondi",
    "POST /conciliazione/progetti-tempi": "rete_progetto_tempi_nuovo",
    "PATCH /conciliazione/progetti-tempi/{id}": "rete_progetto_tempi_modifica",
    # the comitato
    "GET /conciliazione/seggi": "seggi",
    "GET /conciliazione/seggi/{id}": "seggio",
    "POST /conciliazione/componenti": "seggio_nomina",
    "GET /conciliazione/sedute": "conciliazione_comitato mie_sedute",
    "GET /conciliazione/sedute/{id}": "seduta",
    "GET /conciliazione/verbali/{id}": "verbale verbale_pdf",
    # calls, proposals, rankings, scenarios
    "GET /conciliazione/manifestazioni": (
        "conciliazione_bando bando_pubblici bando_pubblici_azienda"
    ),
    "GET /conciliazione/manifestazioni/{id}": "bando_avviso bando_pubblico",
    "GET /conciliazione/proposte/{id}": (
        "proposta proposta_versioni proposta_fotografia proposta_ricevuta"
    ),
    "GET /conciliazione/valutazioni": "conciliazione_valutazione valutazione_bando valuta_schede",
    "GET /conciliazione/graduatorie/{id}": "graduatoria graduatoria_csv graduatoria_pdf",
    "GET /conciliazione/scenari": "conciliazione_riparto riparto_bando",
    "GET /conciliazione/scenari/{id}": (
        "scenario scenario_csv riparto_risultati riparto_risultati_csv"
    ),
    # the money
    "GET /conciliazione/piani-finanziari/{id}/quadro": "conciliazione_finanziario",
    "GET /conciliazione/riscontri": "finanze_riscontri finanze_riscontri_csv",
    "POST /conciliazione/spese": "spesa_nuova",
    "GET /conciliazione/spese/{id}": "spesa",
    "PATCH /conciliazione/spese/{id}": "spesa_modifica",
    "DELETE /conciliazione/spese/{id}": "spesa_togli",
    "GET /conciliazione/rendiconti": "rendiconti_progetto",
    "GET /conciliazione/rendiconti/{id}": "rendiconto",
    "GET /conciliazione/pagamenti": "pagamenti",
    "POST /conciliazione/rendiconti/{id}/pagamenti": "pagamento_disponi",
    "POST /conciliazione/pagamenti/{id}/esecuzione": "pagamento_esegui",
    "POST /conciliazione/pagamenti/{id}/annullamento": "pagamento_annulla",
    "POST /conciliazione/progetti/{id}/incassi": "incasso_nuovo",
    "POST /conciliazione/incassi/{id}/annullamento": "incasso_annulla",
    # projects and their monitoring
    "GET /conciliazione/progetti": (
        "conciliazione_progetti progetto_concessioni progetto_concessioni_csv "
        "progetto_concessioni_json"
    ),
    "GET /conciliazione/progetti/{id}": "progetto",
    "GET /conciliazione/azioni-di-piano/{id}": "azione_piano",
    "GET /conciliazione/semestri": (
        "conciliazione_monitoraggio monitoraggio_quadro_csv semestre_andamento "
        "semestre_andamento_csv"
    ),
    "GET /conciliazione/semestri/{id}": "semestre",
    "GET /conciliazione/indicatori": "semestre_csv",
    "POST /conciliazione/semestri/{id}/azioni-di-piano": "semestre_azioni",
    "GET /conciliazione/rilevazioni/{id}": "rilevazione_progetto",
    "POST /conciliazione/rilevazioni/{id}/validazione": "rilevazione_progetto_valida",
    "POST /conciliazione/rilevazioni/{id}/rinvio": "rilevazione_progetto_rimanda",
    # the impact
    "GET /conciliazione/mappe-di-impatto": "conciliazione_impatto",
    "GET /conciliazione/mappe-di-impatto/{id}": "impatto_mappa impatto_kpi",
    "GET /conciliazione/questionari/{id}": "impatto_questionario",
    "GET /conciliazione/questionari/{id}/risultati": "impatto_questionario_csv",
    "POST /conciliazione/questionari": "impatto_questionario_nuovo",
    # steps of a row
    "POST /conciliazione/progetti/{id}/avvio": "progetto_passo",
    "POST /conciliazione/edizioni/{slug}/in-vigore": "conciliazione_edizione_in_vigore",
    "POST /conciliazione/edizioni/{slug}/chiusura": "conciliazione_edizione_chiudi",
    "POST /conciliazione/edizioni/{slug}/riapertura": "conciliazione_edizione_riapri",
    "POST /conciliazione/adesioni/{id}/conferma": "adesione_conferma_ufficio",
    "DELETE /conciliazione/composizioni/{id}": "composizione_togli",
    "POST /conciliazione/componenti/{id}/fine": "componente_fine",
    "POST /conciliazione/sedute/{id}/convocazione": "seduta_convoca",
    "POST /conciliazione/sedute/{id}/annullamento": "seduta_annulla",
    "POST /conciliazione/sedute/{id}/apertura": "seduta_apri",
    "POST /conciliazione/sedute/{id}/diserzione": "seduta_deserta",
    "POST /conciliazione/sedute/{id}/chiusura": "seduta_chiudi",
    "POST /conciliazione/sedute/{id}/verbale": "verbale_proponi",
    "POST /conciliazione/votazioni/{id}/chiusura": "votazione_chiudi",
    "POST /conciliazione/votazioni/{id}/annullamento": "votazione_ritira",
    "PATCH /conciliazione/verbali/{id}": "verbale_modifica",
    "POST /conciliazione/verbali/{id}/invio": "verbale_invia",
    "POST /conciliazione/verbali/{id}/ripresa": "verbale_riprendi",
    "POST /conciliazione/verbali/{id}/conclusione": "verbale_concludi",
    "POST /conciliazione/manifestazioni/{id}/proroga": "bando_proroga",
    "POST /conciliazione/manifestazioni/{id}/annullamento": "bando_annulla",
    "POST /conciliazione/manifestazioni/{id}/pubblicazione": "bando_pubblica",
    "POST /conciliazione/manifestazioni/{id}/apertura": "bando_apri",
    "POST /conciliazione/manifestazioni/{id}/graduatoria": "graduatoria_forma",
    "POST /conciliazione/proposte/{id}/ammissione": "proposta_istruttoria",
    "POST /conciliazione/proposte/{id}/coprogettazione": "proposta_coprogetta",
    "POST /conciliazione/scenari/{id}/copia": "scenario_copia",
    "DELETE /conciliazione/scenari/{id}": "scenario_elimina",
    "POST /conciliazione/piani-finanziari/{id}/approvazione": "finanze_approva",
    "POST /conciliazione/riscontri/{id}/presa-atto": "finanze_riscontro",
    "PATCH /conciliazione/progetti/{id}": "progetto_modifica",
    "POST /conciliazione/accordi/{id}/invio": "progetto_accordo_invia",
    "POST /conciliazione/accordi/{id}/scioglimento": "progetto_accordo_sciogli",
    "DELETE /conciliazione/azioni-di-piano/{id}": "azione_piano_togli",
    "POST /conciliazione/azioni-di-piano/{id}/avanzamento": "azione_piano_stato",
    "POST /conciliazione/semestri/{id}/finestra": "semestre_finestra",
    "POST /conciliazione/semestri/{id}/chiusura": "semestre_chiudi",
    "POST /conciliazione/semestri/{id}/riapertura": "semestre_riapri",
    "POST /conciliazione/rendiconti/{id}/approvazione": "rendiconto_approva",
    "POST /conciliazione/rendiconti/{id}/integrazione": "rendiconto_integra",
    "POST /conciliazione/rendiconti/{id}/respingimento": "rendiconto_respingi",
    "POST /conciliazione/sedute": "seduta_nuova",
    "PATCH /conciliazione/sedute/{id}": "seduta_modifica",
    "POST /conciliazione/semestri": "semestre_nuovo",
}

SENZA = {
    "è la domanda di chi sta fuori, senza accesso: la conferma dalla sua posta": (
        "adesione_chiedi adesione_chiesta adesione_conferma"
    ),
    "il voto e la firma sono di una persona, che li dà dalla pagina": (
        "votazione_vota consultazione_firma progetto_firma"
    ),
    "è per il calendario di una persona": "seduta_ics",
    "la valutazione e i conflitti sono di una persona nominata, che li dichiara di persona": (
        "valutatore_dichiara valutatore_astieni valuta_proposta"
    ),
}
