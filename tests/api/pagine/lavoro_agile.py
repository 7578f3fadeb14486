# SPDX-License-Identifier: AGPL-3.0-or-later
"""The pages of the lavoro agile, and the operations that do the same."""

OPERAZIONI = {
    "GET /lavoro-agile/edizioni": "lavoro_agile lavoro_agile_azienda",
    "GET /lavoro-agile/edizioni/{slug}": "lavoro_agile_edizione",
    # the mapping of the activities
    "GET /lavoro-agile/mappature": "lavoro_agile_mappatura",
    "GET /lavoro-agile/mappature/{id}": "campagna",
    "GET /lavoro-agile/mappature/{id}/totali": "campagna_persone_csv",
    "GET /lavoro-agile/schede-di-mappatura": "campagna_attivita_csv",
    "GET /lavoro-agile/schede-di-mappatura/{id}": "mappatura_scheda",
    # calls and requests
    "GET /lavoro-agile/bandi": "lavoro_agile_domande",
    "GET /lavoro-agile/bandi/{id}": "agile_bando",
    "GET /lavoro-agile/bandi/{id}/cifre": "agile_bando_cifre agile_bando_cifre_csv",
    "POST /lavoro-agile/bandi/{id}/ammissioni": "agile_bando_ammissione",
    "GET /lavoro-agile/domande/{id}": "agile_domanda",
    # agreements
    "GET /lavoro-agile/accordi": "lavoro_agile_accordi",
    "GET /lavoro-agile/accordi/{id}": "agile_accordo agile_accordo_pdf",
    "POST /lavoro-agile/accordi/{id}/comunicazione": "agile_comunicazione",
    "POST /lavoro-agile/accordi/{id}/cessazione": "agile_comunicazione_fini",
    # POLA
    "GET /lavoro-agile/pola": "lavoro_agile_pola",
    "GET /lavoro-agile/pola/{id}": "pola_piano pola_csv",
    "GET /punteggi": "pola_andamento",
    # figures
    "GET /lavoro-agile/rilevazioni": "lavoro_agile_cifre",
    "GET /lavoro-agile/rilevazioni/{id}": "cifre_rilevazione cifre_rilevazione_csv",
    "POST /lavoro-agile/rilevazioni": "cifre_rileva",
    "GET /lavoro-agile/giornate": "cifre_giornate cifre_giornate_csv",
    "POST /lavoro-agile/giornate": "cifre_giornate_nuove",
    "POST /lavoro-agile/questionari": "cifre_questionario_nuovo",
    # steps of a row
    "POST /lavoro-agile/edizioni/{slug}/in-vigore": "lavoro_agile_edizione_in_vigore",
    "POST /lavoro-agile/edizioni/{slug}/chiusura": "lavoro_agile_edizione_chiudi",
    "POST /lavoro-agile/mappature/{id}/chiusura": "campagna_chiudi",
    "POST /lavoro-agile/mappature/{id}/riapertura": "campagna_riapri",
    "POST /lavoro-agile/schede-di-mappatura/{id}/acquisizione": "mappatura_acquisisci",
    "POST /lavoro-agile/schede-di-mappatura/{id}/riapertura": "mappatura_riapri",
    "DELETE /lavoro-agile/schede-di-mappatura/{id}": "mappatura_togli",
    "POST /lavoro-agile/bandi/{id}/pubblicazione": "agile_bando_pubblica",
    "POST /lavoro-agile/bandi/{id}/conclusione": "agile_bando_concludi",
    "POST /lavoro-agile/bandi/{id}/riapertura": "agile_bando_riapri",
    "POST /lavoro-agile/bandi/{id}/annullamento": "agile_bando_annulla",
    "POST /lavoro-agile/accordi/{id}/proposta": "agile_accordo_proponi",
    "POST /lavoro-agile/accordi/{id}/ripresa": "agile_accordo_riprendi",
    "POST /lavoro-agile/accordi/{id}/annullamento": "agile_accordo_annulla",
    "POST /lavoro-agile/accordi/{id}/rinnovo": "agile_accordo_rinnova",
    "POST /lavoro-agile/domande/{id}/accordo": "agile_domanda_accordo",
    "DELETE /lavoro-agile/rilevazioni/{id}": "cifre_rilevazione_togli",
    "DELETE /lavoro-agile/giornate/{id}": "cifre_giornate_togli",
    "POST /lavoro-agile/mappature": "campagna_nuova",
    "PATCH /lavoro-agile/mappature/{id}": "campagna_modifica",
    "POST /lavoro-agile/mappature/{id}/unita": "campagna_unita",
    "POST /lavoro-agile/bandi": "agile_bando_nuovo",
    "PATCH /lavoro-agile/bandi/{id}": "agile_bando_modifica agile_bando_tranche",
    "POST /lavoro-agile/edizioni": "lavoro_agile_edizione_nuova",
    "PATCH /lavoro-agile/edizioni/{slug}": "lavoro_agile_edizione_dati lavoro_agile_regole",
    "PATCH /lavoro-agile/schede-di-mappatura/{id}": "mappatura_compila",
    "POST /lavoro-agile/schede-di-mappatura/{id}/trasmissione": "mappatura_compila",
    "POST /lavoro-agile/accordi": "agile_accordo_nuovo",
    "PATCH /lavoro-agile/accordi/{id}": "agile_accordo_modifica",
    "POST /lavoro-agile/pola": "pola_nuovo",
    "POST /lavoro-agile/pola/apertura": "pola_apri",
    "PATCH /lavoro-agile/pola/{id}": "pola_fasi",
    "GET /lavoro-agile/pola/{id}/linee-guida": "pola_linee_guida",
    "POST /lavoro-agile/pola/{id}/linee-guida": "pola_linee_guida",
    "POST /lavoro-agile/pola/{id}/indicatori": "pola_indicatore_nuovo",
    "GET /lavoro-agile/indicatori-pola/{id}": "pola_livelli",
    "PATCH /lavoro-agile/indicatori-pola/{id}": "pola_livelli",
    "DELETE /lavoro-agile/indicatori-pola/{id}": "pola_indicatore_togli",
}

SENZA = {
    "è il foglio da mandare al Ministero: i dati sono degli accordi": "agile_comunicazione_csv",
    "la domanda è di una persona, che dice i suoi motivi e li affida solo alla pagina": (
        "agile_domanda_nuova agile_domanda_modifica agile_domanda_presenta agile_domanda_ritira "
        "agile_domanda_riesame"
    ),
    "decide una persona che legge i motivi: non escono dalle pagine": (
        "agile_domanda_colloquio agile_domanda_parere agile_domanda_decisione"
    ),
    "la firma di un accordo è di una persona, e le tutele non escono dalle pagine": (
        "agile_accordo_firma agile_accordo_firma_azienda agile_accordo_tutela agile_tutela_togli "
        "agile_accordo_recesso agile_accordo_verifica agile_accordo_informativa"
    ),
}
