# SPDX-License-Identifier: AGPL-3.0-or-later
"""The pages of the objectives' floor, and the operations that do the same."""

OPERAZIONI = {
    # the tree
    "GET /piani/{piano}/albero": "piano albero_modifica revisione",
    "GET /piani/{slug}/cancello": "da_completare",
    "POST /piani/{piano}/scorrimento": "scorri",
    "GET /piani/{piano}/pesi": "pesi",
    "POST /piani/{piano}/pesi": "pesi",
    "POST /piani/{piano}/aree": "area_nuova",
    "PATCH /aree/{id}": "area_modifica",
    "POST /aree/{id}/obiettivi": "obiettivo_nuovo",
    "GET /obiettivi/{id}": "obiettivo",
    "PATCH /obiettivi/{id}": "obiettivo_modifica",
    "POST /obiettivi/{id}/misure": "misura_nuova",
    "PATCH /misure/{id}": "misura_modifica",
    "DELETE /misure/{id}": "riga_togli",
    "POST /misure/{id}/spostamento": "riga_sposta",
    "GET /piani/{piano}/osservazioni": "osservazioni",
    "POST /piani/{piano}/osservazioni": "osservazione_nuova",
    "POST /osservazioni/{id}/risposta": "osservazione_rispondi",
    "POST /osservazioni/{id}/chiusura": "osservazione_chiudi",
    "POST /target/{id}/conferma": "conferma_lettura",
    # runs and scores
    "POST /piani/{piano}/calcoli": "calcola",
    "GET /calcoli/{id}": "calcolo",
    "POST /calcoli/{id}/accettazione": "accetta_calcolo",
    "POST /giri-di-calcolo": "giri",
    "GET /giri-di-calcolo/{id}": "giro",
    "GET /piani/{piano}/spiegazioni/{livello}/{oggetto}": "spiegazione spiegazione_json",
    "GET /punteggi": "confronto confronto_csv",
    # indicators and results
    "GET /indicatori/{id}": "indicatore",
    "PATCH /indicatori/{id}": "indicatore_modifica indicatore_salva",
    "POST /rilevazioni": "rileva",
    "POST /rilevazioni/carico": "griglia",
    "POST /importazioni": "foglio_piano foglio_cdr",
    "GET /periodi-chiusi": "periodi",
    "POST /periodi-chiusi": "periodo_chiudi",
    "POST /periodi-chiusi/{id}/riapertura": "periodo_riapri",
    # the rules of a year
    "GET /regole": "edizioni",
    "POST /regole": "edizione_crea",
    "GET /regole/{id}": "edizione edizione_json",
    "PATCH /regole/{id}": "edizione_modifica edizione_salva",
    "POST /regole/{id}/congelamento": "edizione_congela",
    # schede
    "GET /schede-budget": "schede",
    "GET /schede-budget/{id}/contenuto": "scheda scheda_modifica scheda_xlsx",
    "POST /schede-budget": "schede_proponi",
    "GET /modelli-scheda": "schede_modelli",
    "POST /modelli-scheda": "modello_nuovo",
    "GET /aziende/{azienda}/matrici-pesi/{anno}": "schede_matrice",
    "PATCH /aziende/{azienda}/matrici-pesi/{anno}": "schede_matrice",
    "PATCH /schede-budget/{id}": "scheda_intestazione",
    "DELETE /schede-budget/{id}": "scheda_togli",
    "POST /schede-budget/{id}/aree": "scheda_area_nuova",
    "POST /schede-budget/{id}/risorse": "scheda_risorsa_nuova",
    "POST /aree-scheda/{id}/righe": "scheda_riga_nuova",
    "PATCH /righe-scheda/{id}": "scheda_parte_modifica",
    "DELETE /righe-scheda/{id}": "scheda_parte_togli",
    "POST /righe-scheda/{id}/spostamento": "scheda_parte_sposta",
    "POST /schede-budget/{id}/invio": "scheda_invia schede_invia",
    "POST /schede-budget/{id}/messaggi": "scheda_messaggio",
    "POST /schede-budget/{id}/firma": "scheda_firma",
    "POST /schede-budget/{id}/divulgazione": "scheda_divulga",
    "POST /schede-budget/{id}/presa-visione": "scheda_presa_visione",
    "POST /schede-budget/{id}/revisione": "scheda_revisione",
    "POST /schede-budget/{id}/revisione/abbandono": "scheda_revisione_abbandona",
    "GET /schede-budget/{id}/negoziazione": "scheda_confronto",
    "POST /archivi-schede": "schede_archivi",
    "GET /schede-budget/{scheda}/spiegazioni/{livello}/{oggetto}": (
        "scheda_perche scheda_perche_json"
    ),
    "GET /archivi-schede/{id}": "schede_archivio",
    "GET /archivi-schede/{id}/contenuto": "schede_archivio_zip scheda_pdf",
    # reporting and evaluation
    "GET /rendicontazioni": "monitoraggio monitoraggio_csv",
    "GET /rendicontazioni/{id}": "rendicontazione",
    "PATCH /rendicontazioni/{id}": "rendicontazione_salva",
    "POST /rendicontazioni/{id}/riapertura": "rendicontazione_riapri",
    "POST /rendicontazioni/{id}/validazione": "rendicontazione_valida",
    "GET /prove/{id}": "prova",
    "DELETE /prove/{id}": "prova_togli",
    "GET /finestre": "finestre",
    "POST /finestre": "finestra_fissa",
    "POST /finestre/solite": "finestre_proponi",
    "PATCH /finestre/{id}": "finestra_cambia",
    "DELETE /finestre/{id}": "finestra_togli",
    "POST /finestre/{id}/proroghe": "proroga",
    "DELETE /proroghe/{id}": "proroga_togli",
    "GET /schede-budget/{id}": "schede_valutazione schede_valutazione_csv",
    "POST /schede-budget/{id}/valutazione": "scheda_valuta schede_valuta",
    "POST /schede-budget/{id}/controdeduzioni": "scheda_controdeduci",
    "POST /schede-budget/{id}/validazione": "scheda_valida",
    "POST /schede-budget/{id}/chiusura": "scheda_chiudi schede_chiudi",
    "POST /controdeduzioni/{id}/risposta": "controdeduzione_rispondi",
    # the Relazione
    "GET /relazioni/{id}": "relazione relazione_anteprima",
    "POST /relazioni": "relazione_comincia",
    "POST /relazioni/{id}/rigenerazione": "relazione_rigenera",
    "POST /relazioni/{id}/approvazione": "relazione_approva",
    "POST /relazioni/{id}/invio": "relazione_invia",
    "POST /relazioni/{id}/validazione": "relazione_valida",
    "POST /relazioni/{id}/bozza": "relazione_riapri",
    "POST /relazioni/{id}/pubblicazione": "relazione_pubblica",
    "POST /relazioni/{id}/scostamenti": "relazione_cause",
    "POST /relazioni/{id}/fasi": "relazione_fasi",
    "PATCH /sezioni-relazione/{id}": "relazione_sezione",
    # individual evaluation
    "GET /valutazioni-individuali": "mie_valutazioni da_valutare valutazioni_anno",
    "GET /valutazioni-individuali/{id}": "valutazione valutazione_pdf",
    "GET /regole-individuali": "valutazioni_azienda",
    "GET /regole-individuali/{id}": "regole_individuali_anno",
    "POST /regole-individuali": "regole_individuali_crea",
    "PATCH /regole-individuali/{id}": "regole_individuali_modifica",
    "GET /regole-individuali/{id}/aggregati": "aggregati aggregati_csv",
    "POST /regole-individuali/{id}/assegnazione": "valutazioni_assegna",
    "POST /regole-individuali/{id}/chiusura": "valutazioni_chiudi",
}

SENZA = {
    "non scrive niente: prova che cosa accadrebbe, su cifre che non si conservano": (
        "ipotesi simulatore simulatore_csv edizione_prova lettura"
    ),
    "è il foglio da compilare a mano: un programma manda i risultati": (
        "foglio_piano_xlsx foglio_cdr_xlsx"
    ),
    "obiettivi, giudizi e note su una persona stanno solo nelle pagine": "valutazione_passo",
    "rimedia a un guasto della stampa, che si vede solo dalla pagina": "relazione_ristampa",
}

MANCANO = """
    premi_di premi_nuovi premi premi_criteri premi_voce_nuova premi_voce premi_voce_togli
    premi_anteprima premi_pubblica
"""
