# SPDX-License-Identifier: AGPL-3.0-or-later
"""The keys of a scene's rows for each private route that wants one."""

from typing import Any

from tests.frontiere.scena import Scena


def chiavi(scena: Scena) -> dict[str, dict[str, Any]]:
    """For each private route with a key, the keys of the scene's rows."""
    perche = {"slug": scena.piano.slug, "livello": "I", "oggetto": scena.misura.pk}
    regole = {"azienda": scena.azienda.codice, "anno": 2022}
    ente = {"azienda": scena.azienda.codice}
    persona = ente | {"pk": scena.incarico.utente_id}
    incarico = ente | {"pk": scena.incarico.pk}
    return {
        "persone": ente,
        "persona_nuova": ente,
        "persone_importa": ente,
        "persona": persona,
        "persona_modifica": persona,
        "persona_disattiva": persona,
        "persona_riattiva": persona,
        "persona_secondo_fattore": persona,
        "invita": persona,
        "invito_revoca": ente | {"pk": scena.invito.pk},
        "incarico_nuovo": persona,
        "incarico": incarico,
        "incarico_chiudi": incarico,
        "delega_per": incarico,
        "delega_revoca": {"pk": scena.delega.pk},
        "clienti_api": ente,
        **dict.fromkeys(
            ("cliente_api_rinnova", "cliente_api_revoca"), ente | {"pk": scena.cliente.pk}
        ),
        "accessi": ente,
        "accessi_csv": ente,
        "osservazioni": {"slug": scena.piano.slug},
        "osservazione_nuova": {"slug": scena.piano.slug},
        "osservazione_rispondi": {"pk": scena.osservazione.pk},
        "osservazione_chiudi": {"pk": scena.osservazione.pk},
        "edizioni": {"azienda": scena.azienda.codice},
        "edizione_crea": {"azienda": scena.azienda.codice},
        "edizione": regole,
        "edizione_json": regole,
        "edizione_modifica": regole,
        "edizione_prova": regole,
        "edizione_salva": regole,
        "edizione_congela": regole,
        "piano": {"slug": scena.piano.slug},
        "da_completare": {"slug": scena.piano.slug},
        "ipotesi": {"slug": scena.piano.slug},
        "anteprima": {"slug": scena.piano.slug},
        "pubblica": {"slug": scena.piano.slug},
        "ristampa": {"slug": scena.piano.slug},
        "calcola": {"slug": scena.piano.slug},
        "spiegazione": perche,
        "spiegazione_json": perche,
        "calcolo": {"pk": scena.calcolo.pk},
        "accetta_calcolo": {"pk": scena.calcolo.pk},
        "giro": {"pk": scena.giro.pk},
        "obiettivo": {"pk": scena.obiettivo.pk},
        "indicatore": {"azienda": scena.azienda.codice, "codice": scena.indicatore.codice},
        "rileva": {"azienda": scena.azienda.codice, "codice": scena.indicatore.codice},
        "indicatore_modifica": {
            "azienda": scena.azienda.codice,
            "codice": scena.indicatore.codice,
        },
        "indicatore_salva": {"azienda": scena.azienda.codice, "codice": scena.indicatore.codice},
        "periodi": {"azienda": scena.azienda.codice},
        "periodo_chiudi": {"azienda": scena.azienda.codice},
        "periodo_riapri": {"azienda": scena.azienda.codice},
        "conferma_lettura": {"pk": scena.target.pk},
        **chiavi_organigramma(scena),
        **chiavi_scrittura(scena),
        **chiavi_schede(scena),
        **chiavi_relazione(scena),
        **chiavi_valutazioni(scena),
        **scena.conciliazione,
    }


def chiavi_relazione(scena: Scena) -> dict[str, dict[str, Any]]:
    """The pages of the Relazione of a year and its steps."""
    relazione = {"slug": scena.piano.slug, "anno": scena.relazione.anno}
    della_relazione = (
        "relazione", "relazione_comincia", "relazione_rigenera", "relazione_approva",
        "relazione_invia", "relazione_valida", "relazione_riapri", "relazione_pubblica",
        "relazione_ristampa", "relazione_anteprima", "relazione_cause", "relazione_fasi",
    )  # fmt: skip
    return {
        **dict.fromkeys(della_relazione, relazione),
        "relazione_sezione": relazione | {"tipo": "presentazione"},
    }


def chiavi_valutazioni(scena: Scena) -> dict[str, dict[str, Any]]:
    """A person's sheet, and the pages of the year that it is of."""
    ente, sua = {"azienda": scena.azienda.codice}, {"pk": scena.valutazione.pk}
    dell_anno = (
        "valutazioni_anno", "valutazioni_assegna", "valutazioni_chiudi", "regole_individuali_anno",
        "regole_individuali_modifica", "aggregati", "aggregati_csv",
    )  # fmt: skip
    return {
        "valutazione": sua,
        "valutazione_pdf": sua,
        "valutazione_passo": sua | {"passo": "firma"},
        **dict.fromkeys(("valutazioni_azienda", "regole_individuali_crea"), ente),
        **dict.fromkeys(dell_anno, ente | {"anno": scena.valutazione.anno}),
    }


def chiavi_schede(scena: Scena) -> dict[str, dict[str, Any]]:
    """The pages of a scheda budget and what is done of it."""
    scheda = {"pk": scena.scheda.pk}
    archivio = {"pk": scena.archivio.pk}
    della_scheda = (
        "scheda", "scheda_modifica", "scheda_togli", "scheda_intestazione", "scheda_area_nuova",
        "scheda_risorsa_nuova",
        "scheda_invia", "scheda_messaggio", "scheda_firma", "scheda_divulga",
        "scheda_presa_visione", "scheda_revisione", "scheda_revisione_abbandona",
        "scheda_confronto", "scheda_pdf", "scheda_xlsx",
        "scheda_valuta", "scheda_controdeduci", "scheda_valida", "scheda_chiudi",
    )  # fmt: skip
    perche = scheda | {"livello": "S", "oggetto": scena.scheda.pk}
    parte = {"tipo": "riga", "pk": scena.riga.pk}
    delle_parti = ("scheda_parte_modifica", "scheda_parte_togli", "scheda_parte_sposta")
    return {
        **dict.fromkeys(della_scheda, scheda),
        **dict.fromkeys(delle_parti, parte),
        "scheda_riga_nuova": {"pk": scena.riga.area_id},
        **dict.fromkeys(("schede_archivio", "schede_archivio_zip"), archivio),
        "schede_invia": {"azienda": scena.azienda.codice, "anno": scena.scheda.anno},
        **dict.fromkeys(("scheda_perche", "scheda_perche_json"), perche),
        "controdeduzione_rispondi": {"pk": scena.controdeduzione.pk},
        **chiavi_monitoraggio(scena),
    }


def chiavi_monitoraggio(scena: Scena) -> dict[str, dict[str, Any]]:
    """The calendar of the azienda, the reports of a row and their evidence."""
    ente = {"azienda": scena.azienda.codice}
    finestra = ente | {"pk": scena.proroga.finestra_id}
    riga = {"pk": scena.riga.pk, "frazione": "T1"}
    rendicontazione = {"pk": scena.prova.rendicontazione_id}
    return {
        **dict.fromkeys(("finestre", "finestra_fissa", "finestre_proponi"), ente),
        **dict.fromkeys(("finestra_cambia", "finestra_togli", "proroga"), finestra),
        "proroga_togli": ente | {"pk": scena.proroga.pk},
        **dict.fromkeys(("rendicontazione", "rendicontazione_salva"), riga),
        **dict.fromkeys(("rendicontazione_riapri", "rendicontazione_valida"), rendicontazione),
        **{key: {"pk": scena.prova.pk} for key in ("prova", "prova_togli")},
        "griglia": ente | {"codice": scena.indicatore.codice},
    }


def chiavi_scrittura(scena: Scena) -> dict[str, dict[str, Any]]:
    """The steps of a plan, and the pages that write it."""
    riga = {"tipo": "misura", "pk": scena.misura.pk}
    area, obiettivo, misura = (
        {"pk": pk} for pk in (scena.obiettivo.area_id, scena.obiettivo.pk, scena.misura.pk)
    )
    sezione, piano = {"pk": scena.sezione.pk}, {"slug": scena.piano.slug}
    del_piano = (
        "piano_dati", "piano_elimina", "stato_piano", "invia", "riporta_in_bozza", "valida",
        "adotta", "completa_atto", "esprimi_parere", "sezioni", "sezione_nuova", "scorri",
        "revisione", "albero_modifica", "pesi", "area_nuova",
    )  # fmt: skip
    return {
        **dict.fromkeys(del_piano, piano),
        **dict.fromkeys(("sezione_modifica", "sezione_togli", "sezione_sposta"), sezione),
        **dict.fromkeys(("area_modifica", "obiettivo_nuovo"), area),
        **dict.fromkeys(("obiettivo_modifica", "misura_nuova"), obiettivo),
        **dict.fromkeys(("riga_togli", "riga_sposta"), riga),
        "misura_modifica": misura,
        "togli_parere": {"pk": scena.parere.pk},
        "quadratura": {"pk": scena.quadratura.pk},
    }


def chiavi_organigramma(scena: Scena) -> dict[str, dict[str, Any]]:
    azienda = {"azienda": scena.azienda.codice}
    bozza = azienda | {"versione": scena.bozza.pk}
    unita = azienda | {"pk": scena.unita.pk}
    incarico = azienda | {"pk": scena.incarico.pk}
    dell_azienda = (
        "organigramma", "verifiche_organigramma", "versioni_organigramma",
        "incarichi_da_sistemare", "bozza_apri",
    )  # fmt: skip
    della_bozza = (
        "bozza", "foglio_organigramma", "decorrenza_bozza", "bozza_modifica", "bozza_elimina",
        "bozza_importa", "bozza_in_vigore", "unita_aggiungi",
    )  # fmt: skip
    dell_unita = (
        "unita", "unita_modifica", "unita_sposta", "unita_ordina", "unita_dividi",
        "unita_unisci", "unita_collega", "unita_elimina", "unita_nomina",
    )  # fmt: skip
    return {
        **dict.fromkeys(dell_azienda, azienda),
        **dict.fromkeys(della_bozza, bozza),
        **dict.fromkeys(dell_unita, unita),
        "incarico_riassegna": incarico,
        "incarico_termina": incarico,
    }
