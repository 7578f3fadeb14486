# SPDX-License-Identifier: AGPL-3.0-or-later
"""The private routes by what they owe: to a stranger, to who reads, to who writes."""

from tests.frontiere import insieme

# Open to anyone, logged in or not.
PUBBLICHE = {
    "home", "status", "privacy", "note_legali", "accessibilita", "segnala",
    "account_login", "account_logout", "account_inactive", "mfa_authenticate",
    "account_reset_password", "account_reset_password_done",
    "account_reset_password_from_key", "account_reset_password_from_key_done",
    "openid_connect_login", "openid_connect_callback", "socialaccount_login_cancelled",
    "invito",
    "amministrazione_trasparente", "at_azienda", "at_sezione", "at_cerca", "calendario",
    "documento", "documento_corrente", "documento_file",
    *insieme("PUBBLICHE"),
}  # fmt: skip
# For whoever is logged in: they show only one's own things.
PERSONALI = {
    "account_change_password", "account_set_password", "account_reauthenticate",
    "mfa_reauthenticate", "mfa_reauthenticate_webauthn", "mfa_index", "mfa_activate_totp",
    "mfa_deactivate_totp", "mfa_view_recovery_codes", "mfa_generate_recovery_codes",
    "mfa_download_recovery_codes", "mfa_list_webauthn", "mfa_add_webauthn", "mfa_edit_webauthn",
    "mfa_remove_webauthn", "profilo", "agisci", "delega_nuova", "persone_di", "accessi_di",
    "piani", "simulatore", "simulatore_csv", "confronto", "confronto_csv", "giri",
    "piano_nuovo", "registro", "registro_csv", "lettura", "schede", "schede_archivi",
    "scadenze", "avvisi_scegli", "calendario_rinnova",
    "schede_proponi", "schede_modelli", "modello_nuovo", "schede_matrice",
    "schede_valutazione", "schede_valutazione_csv", "schede_valuta", "schede_chiudi",
    "monitoraggio", "monitoraggio_csv",
    "mie_valutazioni", "da_valutare",
    *insieme("PERSONALI"),
}  # fmt: skip
# Only by POST.
SCRITTURE = {
    "calcola", "accetta_calcolo", "rileva", "pubblica", "ristampa", "conferma_lettura",
    "edizione_crea", "edizione_salva", "edizione_congela",
    "indicatore_salva", "periodo_chiudi", "periodo_riapri",
    "bozza_apri", "bozza_modifica", "bozza_elimina", "bozza_importa", "bozza_in_vigore",
    "unita_aggiungi", "unita_modifica", "unita_sposta", "unita_ordina", "unita_dividi",
    "unita_unisci", "unita_collega", "unita_elimina", "unita_nomina",
    "incarico_riassegna", "incarico_termina",
    "persona_disattiva", "persona_riattiva", "persona_secondo_fattore", "invita", "invito_revoca",
    "delega_revoca", "cliente_api_rinnova", "cliente_api_revoca",
    "osservazione_nuova", "osservazione_rispondi", "osservazione_chiudi",
    "invia", "riporta_in_bozza", "valida", "adotta", "completa_atto", "esprimi_parere",
    "togli_parere", "sezione_sposta", "riga_sposta", "scorri",
    "scheda_parte_sposta",
    "scheda_invia", "scheda_messaggio", "scheda_firma", "scheda_divulga", "scheda_presa_visione",
    "scheda_revisione", "scheda_revisione_abbandona",
    "scheda_chiudi",
    "finestra_fissa", "finestre_proponi", "finestra_cambia", "finestra_togli", "proroga",
    "proroga_togli", "rendicontazione_salva", "rendicontazione_riapri", "rendicontazione_valida",
    "prova_togli",
    "relazione_comincia", "relazione_rigenera", "relazione_approva", "relazione_invia",
    "relazione_riapri", "relazione_pubblica", "relazione_ristampa",
    "valutazione_passo", "valutazioni_assegna", "valutazioni_chiudi", "regole_individuali_crea",
    *insieme("SCRITTURE"),
}  # fmt: skip
# A form and its sending, at the same address.
MODULI = {
    "piano_dati", "piano_elimina", "sezione_nuova", "sezione_modifica", "sezione_togli",
    "quadratura", "pesi", "area_nuova", "area_modifica", "obiettivo_nuovo", "obiettivo_modifica",
    "misura_nuova", "misura_modifica", "riga_togli",
    "scheda_togli", "scheda_intestazione", "scheda_area_nuova", "scheda_risorsa_nuova",
    "scheda_riga_nuova",
    "scheda_parte_modifica", "scheda_parte_togli",
    "schede_invia",
    "scheda_valuta", "scheda_controdeduci", "scheda_valida", "controdeduzione_rispondi",
    "griglia",
    "relazione_valida", "relazione_cause", "relazione_fasi", "relazione_sezione",
    "regole_individuali_modifica",
    *insieme("MODULI"),
}  # fmt: skip
# Pages only for those who can then write: who just reads is told so.
DI_CHI_SCRIVE = {
    "indicatore_modifica", "scheda_modifica", "foglio_piano_xlsx", "foglio_cdr_xlsx", *MODULI,
}  # fmt: skip
# For the ruoli that say who works in the azienda, or that govern it: to the others, 403.
RISERVATE = {
    "persone", "persona", "persona_nuova", "persona_modifica", "persone_importa",
    "incarico", "incarico_nuovo", "incarico_chiudi", "delega_per", "accessi", "accessi_csv",
    "clienti_api", "webhook", "webhook_modifica", "webhook_del_programma",
}  # fmt: skip
# Only for who asked for them: to the others of the azienda, 404.
DI_CHI_LI_HA_CHIESTI = {"schede_archivio", "schede_archivio_zip"}
# Of one person: but for that one, who evaluates, who directs and who keeps the staff, nobody finds
# them; and the list of all of them is of the last two.
DI_UNA_PERSONA = {"valutazione", "valutazione_passo", "valutazione_pdf"}
# Sealed, drafts of others, of one person: neither who reads the azienda finds them.
NASCOSTE = insieme("NASCOSTE")
DEL_PERSONALE = {"valutazioni_anno"}
# What the Nucleo writes: remarks on the plans entrusted to it, and whether they are valid; whether
# the evaluation of a scheda is, and a Relazione; its own percentage of what a CdR declares; the
# grid of the obligations of publication.
DEL_NUCLEO = {
    "osservazione_nuova", "osservazione_chiudi", "valida", "scheda_valida", "relazione_valida",
    "rendicontazione_valida",
    "attestazione_punteggi", "attestazione_scheda", "attestazione_allinea", "attestazione_chiudi",
    "attestazione_correggi", "attestazione_anteprima",
}  # fmt: skip
