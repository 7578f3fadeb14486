# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pages with a table, or with cards, that have no file of their own: why."""

UNA_COSA = "racconta una cosa sola, con le sue parti: l'elenco da cui si arriva si scarica"
SCELTA = "serve a scegliere dove andare: le pagine a cui porta si scaricano"
DOCUMENTO = "è un documento, con i suoi file (PDF, JSON, CSV)"
REGOLE = "sono le regole di un anno, con il loro JSON"
MODULO = "è un modulo da compilare"

NON_SONO_ELENCHI = {
    **dict.fromkeys(("amministrazione_trasparente", "conciliazione_edizione", "home",
                     "lavoro_agile", "mfa_index", "conciliazione_rete"), SCELTA),
    **dict.fromkeys(("anteprima", "cug_versione", "relazione_anteprima", "attestazione",
                     "attestazione_anteprima", "attestazione_versione", "premi_anteprima"),
                    DOCUMENTO),
    **dict.fromkeys(("conciliazione_regole", "edizione", "edizione_modifica", "edizione_prova",
                     "lavoro_agile_edizione", "regole_individuali_anno"), REGOLE),
    **dict.fromkeys(("impatto_mappa_modifica", "indicatore_modifica", "seduta_presenze",
                     "mappatura_scheda", "importazione_nuova", "persone_importa"), MODULO),
    **dict.fromkeys(("agile_accordo", "impatto_kpi", "impatto_mappa", "obiettivo", "persona",
                     "progetto", "progetto_azione", "proposta", "rendiconto", "rete_ambito",
                     "rilevazione_progetto", "scheda", "scheda_perche", "seggio"), UNA_COSA),
    "agile_comunicazione": "il foglio da mandare si scarica giorno per giorno",
    "agile_comunicazione_fini": "il foglio da mandare si scarica giorno per giorno",
    "impatto_questionario": "il foglio c'è da quando il questionario è chiuso",
    "indicatore": "il foglio c'è da quando ha un risultato",
    "importazioni": "le importazioni si leggono e si scaricano dal registro",
    "importazione": "è l'anteprima di un file che la persona ha già",
}  # fmt: skip
