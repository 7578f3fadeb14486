# SPDX-License-Identifier: AGPL-3.0-or-later
"""The rules, the network, the comitato and its consultations: operations of their pages."""

OPERAZIONI = {
    "POST /conciliazione/edizioni": "conciliazione_edizione_nuova",
    "PATCH /conciliazione/edizioni/{slug}": (
        "conciliazione_regole_modifica conciliazione_edizione_dati"
    ),
    # the network
    "POST /conciliazione/enti/{id}/unione": "rete_ente_unisci",
    "POST /conciliazione/adesioni": "rete_adesione_nuova",
    "POST /conciliazione/adesioni/{id}/rinuncia": "adesione_rinuncia",
    "POST /conciliazione/rinunce/{id}/presa-atto": "rinuncia_presa_d_atto",
    "DELETE /conciliazione/rinunce/{id}": "rinuncia_ritira",
    "PATCH /conciliazione/composizioni/{id}": "composizione_modifica",
    "POST /conciliazione/ambiti": "rete_ambito_nuovo",
    "PATCH /conciliazione/ambiti/{id}": "rete_ambito_modifica",
    "POST /conciliazione/comuni": "rete_comune_nuovo",
    "PATCH /conciliazione/comuni/{id}": "rete_comune_modifica",
    # the comitato
    "POST /conciliazione/seggi": "seggio_nuovo",
    "PATCH /conciliazione/seggi/{id}": "seggio_modifica",
    "POST /conciliazione/sedute/{id}/punti": "seduta_punto",
    "PUT /conciliazione/sedute/{id}/presenze": "seduta_presenze",
    "POST /conciliazione/sedute/{id}/decisioni": "seduta_collega",
    "DELETE /conciliazione/punti/{id}": "punto_togli",
    "PATCH /conciliazione/punti/{id}": "punto_esito",
    "POST /conciliazione/punti/{id}/votazioni": "votazione_apri",
    "POST /conciliazione/votazioni/{id}/voti": "votazione_raccogli",
    # the consultations
    "GET /conciliazione/consultazioni": "consultazioni",
    "GET /conciliazione/consultazioni/{id}": "consultazione",
    "POST /conciliazione/consultazioni": "consultazione_nuova",
    "POST /conciliazione/consultazioni/{id}/seduta": "consultazione_seduta",
    "POST /conciliazione/consultazioni/{id}/distacco": "consultazione_stacca",
}

SENZA = {
    "se un verbale è conforme lo dice di persona, dalla pagina, chi tiene un seggio": (
        "verbale_valida"
    ),
}
