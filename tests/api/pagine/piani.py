# SPDX-License-Identifier: AGPL-3.0-or-later
"""The pages of the ground floor, and the operations that do the same."""

OPERAZIONI = {
    "GET /status": "status",
    # plans
    "GET /piani": "piani home",
    "POST /piani": "piano_nuovo positive_nuovo",
    "PATCH /piani/{slug}": "piano_dati",
    "DELETE /piani/{slug}": "piano_elimina",
    "GET /piani/{slug}/cancello": "stato_piano",
    "POST /piani/{slug}/invio": "invia",
    "POST /piani/{slug}/bozza": "riporta_in_bozza",
    "POST /piani/{piano}/validazione": "valida",
    "POST /piani/{slug}/adozione": "adotta",
    "POST /piani/{piano}/atto": "completa_atto",
    "POST /piani/{piano}/pareri": "esprimi_parere",
    "DELETE /pareri/{id}": "togli_parere",
    "POST /piani/{piano}/portale": "ricevuta_portale",
    "GET /ricevute-portale/{id}/file": "ricevuta_file",
    "POST /piani/{slug}/pubblicazione": "pubblica",
    "GET /piani/{piano}/sezioni": "sezioni",
    "POST /piani/{piano}/sezioni": "sezione_nuova",
    "PATCH /sezioni/{id}": "sezione_modifica",
    "DELETE /sezioni/{id}": "sezione_togli",
    "POST /sezioni/{id}/spostamento": "sezione_sposta",
    "POST /quadrature/{id}/presa-atto": "quadratura",
    # documents
    "GET /documenti": "amministrazione_trasparente at_azienda at_sezione at_cerca",
    "GET /documenti/{id}": "documento documento_corrente documento_file",
    "GET /documenti/{documento}/firma": "documento_firma",
    "POST /documenti/{documento}/firma": "firma_allega",
    "POST /documenti/{documento}/firma/sigillo": "firma_apponi",
    "POST /documenti/{documento}/firma/ritiro": "firma_togli",
    "GET /documenti-ente/{documento}/firma": "ente_documento_firma",
    "POST /documenti-ente/{documento}/firma": "ente_firma_allega",
    "POST /documenti-ente/{documento}/firma/sigillo": "ente_firma_apponi",
    "POST /documenti-ente/{documento}/firma/ritiro": "ente_firma_togli",
    # the register, the reports of who reads
    "GET /eventi": "registro registro_csv",
    "GET /segnalazioni": "segnalazioni",
    "GET /segnalazioni/{id}": "segnalazione",
    "POST /segnalazioni/{id}/presa-in-carico": "segnalazione_prendi",
    "POST /segnalazioni/{id}/chiusura": "segnalazione_chiudi",
    # the Nucleo's grid of the obligations
    "GET /attestazioni": "attestazioni",
    "POST /attestazioni": "attestazione_nuova",
    "GET /attestazioni/{id}": "attestazione",
    "GET /attestazioni/{attestazione}/versioni/{numero}": "attestazione_versione",
    "GET /attestazioni/{attestazione}/versioni/{numero}/pdf": "attestazione_file",
    "POST /attestazioni/{id}/punteggi": "attestazione_punteggi",
    "POST /attestazioni/{id}/scheda": "attestazione_scheda",
    "POST /attestazioni/{id}/allineamento": "attestazione_allinea",
    "POST /attestazioni/{id}/chiusura": "attestazione_chiudi",
    "POST /attestazioni/{id}/correzione": "attestazione_correggi",
    "POST /attestazioni/{id}/pubblicazione": "attestazione_pubblica",
    # the obligations
    "GET /aziende/{azienda}/obblighi": "obblighi_di obblighi_csv",
    "GET /aziende/{azienda}/obblighi/{codice}": "obbligo",
    "POST /aziende/{azienda}/obblighi/{codice}/affidamento": "obbligo_affida",
    "POST /aziende/{azienda}/obblighi/{codice}/non-si-applica": "obbligo_non_applicabile",
    "POST /aziende/{azienda}/obblighi/{codice}/si-applica": "obbligo_riprendi",
    "POST /aziende/{azienda}/obblighi/{codice}/altrove": "obbligo_altrove",
    "DELETE /pubblicazioni-altrove/{id}": "obbligo_altrove_togli",
    # files brought in
    "GET /importazioni": "importazioni",
    "GET /importazioni/{importazione}/righe": "importazione",
    "POST /importazioni": "importazione_nuova",
    "POST /importazioni/{id}/abbinamento": "importazione_abbina",
    "POST /importazioni/{id}/conferma": "importazione_conferma",
    "POST /importazioni/{id}/annullamento": "importazione_annulla",
    "POST /importazioni/{id}/scarto": "importazione_scarta",
    # the chart
    "GET /unita-organizzative": "organigramma foglio_organigramma",
    "GET /unita-organizzative/{id}": "unita",
    "GET /organigrammi": "versioni_organigramma",
    "GET /organigrammi/{id}": "bozza decorrenza_bozza",
    "POST /organigrammi": "bozza_apri",
    "PATCH /organigrammi/{id}": "bozza_modifica",
    "DELETE /organigrammi/{id}": "bozza_elimina",
    "POST /organigrammi/{id}/in-vigore": "bozza_in_vigore",
    "POST /organigrammi/{id}/unita": "unita_aggiungi",
    "POST /organigrammi/{id}/foglio": "bozza_importa",
    "PATCH /unita-organizzative/{id}": "unita_modifica unita_sposta",
    "DELETE /unita-organizzative/{id}": "unita_elimina",
    "POST /unita-organizzative/{id}/spostamento": "unita_ordina",
    "POST /unita-organizzative/{id}/divisione": "unita_dividi",
    "POST /unita-organizzative/{id}/unione": "unita_unisci",
    "POST /unita-organizzative/{id}/precedenti": "unita_collega",
    "GET /aziende/{codice}/verifiche-organigramma": "verifiche_organigramma",
    "GET /incarichi": "persone persona incarichi_da_sistemare",
    # the azioni positive, the CUG, the staff
    "GET /piani/{piano}/aree-positive": "positive_piano positive_csv azioni_positive",
    "POST /piani/{piano}/aree-positive": "positive_area_nuova",
    "PATCH /aree-positive/{id}": "positive_area_modifica",
    "DELETE /aree-positive/{id}": "positive_area_togli",
    "POST /aree-positive/{id}/spostamento": "positive_area_sposta",
    "POST /aree-positive/{id}/azioni": "positive_azione_nuova",
    "GET /azioni-positive": "positive_anno",
    "PATCH /azioni-positive/{id}": "positive_azione_modifica",
    "DELETE /azioni-positive/{id}": "positive_azione_togli",
    "POST /azioni-positive/{id}/spostamento": "positive_azione_sposta",
    "POST /azioni-positive/{id}/monitoraggio": "positive_monitora",
    "GET /aziende/{azienda}/personale-per-genere": "positive_personale positive_personale_csv",
    "POST /personale-per-genere": "positive_conta",
    "DELETE /personale-per-genere/{id}": "positive_personale_togli",
    "POST /relazioni-cug": "cug_nuova",
    "GET /relazioni-cug/{id}": "cug_relazione",
    "GET /relazioni-cug/{id}/cifre": "cug_anteprima",
    "PATCH /relazioni-cug/{id}": "cug_scrivi",
    "POST /relazioni-cug/{id}/trasmissione": "cug_trasmetti",
    "POST /relazioni-cug/{id}/correzione": "cug_correggi",
    "POST /relazioni-cug/{id}/dipartimento": "cug_dipartimento",
    "GET /relazioni-cug/{relazione}/versioni/{numero}": "cug_versione",
    "GET /relazioni-cug/{relazione}/versioni/{numero}/pdf": "cug_file",
    # questionnaires
    "GET /questionari/{id}": "questionario",
    "GET /questionari/{id}/risultati": "questionario_csv",
    "PATCH /questionari/{id}": "questionario_modifica",
    "POST /questionari/{id}/domande": "questionario_domanda_nuova",
    "PATCH /domande-questionario/{id}": "questionario_domanda_modifica",
    "DELETE /domande-questionario/{id}": "questionario_domanda_togli",
    "POST /domande-questionario/{id}/spostamento": "questionario_domanda_sposta",
    "POST /questionari/{id}/apertura": "questionario_apri",
    "POST /questionari/{id}/chiusura": "questionario_chiudi",
    "POST /questionari/{id}/collegamenti": "questionario_inviti",
    # webhooks
    "GET /webhook": "webhook_del_programma",
    "POST /webhook": "webhook_del_programma",
    "GET /webhook/{id}": "webhook",
    "PATCH /webhook/{id}": "webhook_modifica",
    "DELETE /webhook/{id}": "webhook_chiudi",
    "POST /webhook/{id}/segreto": "webhook_segreto",
    "POST /webhook/{id}/prova": "webhook_prova",
    "POST /webhook/{id}/sospensione": "webhook_sospendi",
    "POST /webhook/{id}/riattivazione": "webhook_riattiva",
    "POST /consegne-webhook/{id}/rinvio": "webhook_rimanda",
}

SENZA = {
    "è della persona che entra: un programma ha il suo gettone": (
        "account_login account_inactive account_logout account_change_password "
        "account_set_password account_reset_password account_reset_password_done "
        "account_reset_password_from_key account_reset_password_from_key_done "
        "account_reauthenticate mfa_authenticate mfa_reauthenticate mfa_reauthenticate_webauthn "
        "mfa_index mfa_activate_totp mfa_deactivate_totp mfa_list_webauthn mfa_add_webauthn "
        "mfa_edit_webauthn mfa_remove_webauthn mfa_view_recovery_codes "
        "mfa_generate_recovery_codes mfa_download_recovery_codes socialaccount_login_cancelled "
        "openid_connect_login openid_connect_callback invito"
    ),
    "sono le scelte e le deleghe di una persona, per sé": (
        "profilo delega_nuova delega_revoca agisci scadenze avvisi_scegli calendario_rinnova "
        "calendario"
    ),
    "chi ha accesso lo decide una persona, dalle pagine, con il secondo fattore": (
        "persona_nuova persona_modifica persona_disattiva persona_riattiva "
        "persona_secondo_fattore persone_importa invita invito_revoca incarico_nuovo incarico "
        "incarico_chiudi delega_per clienti_api cliente_api_rinnova cliente_api_revoca "
        "incarico_riassegna incarico_termina unita_nomina accessi accessi_csv"
    ),
    "è anonimo: un gettone direbbe chi risponde, o chi segnala": (
        "questionario_rispondi questionario_fatto segnala_in segnala_grazie"
    ),
    "sono parole, uguali per tutti": "privacy note_legali accessibilita segnala",
    "serve solo a scegliere dove andare": "obblighi importazioni_di persone_di accessi_di",
    "è già un indirizzo per programmi, pubblico, con il suo formato": (
        "at_map_xml at_map_json sitemap robots at_map_xml_ente at_map_json_ente at_sezioni_json "
        "dati_aperti catalogo_dcat importazione_esempio documento_ente documento_ente_corrente "
        "documento_ente_file atti_oiv atti_oiv_csv atti_oiv_json scheda_anac"
    ),
    "è come apparirà sulla carta: i dati si leggono a parte": "anteprima attestazione_anteprima",
    "è l'aspetto delle pagine pubbliche": "logo logo_togli",
    "rimedia a un guasto della stampa, che si vede solo dalla pagina": "ristampa",
}
