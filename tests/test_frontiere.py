# SPDX-License-Identifier: AGPL-3.0-or-later
"""Every route, walked from the URL resolver: nobody sees or writes what is not theirs.

A new route with a key fails here until it is listed, with the key of a row of an azienda that the
stranger does not serve.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from obiettivi import azioni
from obiettivi.models import (
    ArchivioSchede,
    Calcolo,
    Controdeduzione,
    GiroDiCalcolo,
    Indicatore,
    Misura,
    Obiettivo,
    Osservazione,
    Proroga,
    Prospettiva,
    Prova,
    PunteggioScheda,
    Relazione,
    Rendicontazione,
    RigaScheda,
    SchedaBudget,
    Target,
    ValutazioneIndividuale,
)
from piani import azioni as azioni_piani
from piani.models import (
    Azienda,
    ClienteApi,
    Delega,
    Evento,
    Incarico,
    Invito,
    Organigramma,
    Parere,
    Piano,
    Quadratura,
    Ruolo,
    Sezione,
    UnitaOrganizzativa,
    Utente,
)
from tests.factories import (
    AreaFactory,
    AreaSchedaFactory,
    DelegaFactory,
    EdizioneFactory,
    EdizioneIndividualeFactory,
    FinestraFactory,
    IncaricoFactory,
    InvitoFactory,
    MisuraFactory,
    ObiettivoFactory,
    OrganigrammaFactory,
    OsservazioneFactory,
    PianoFactory,
    ProrogaFactory,
    ProvaFactory,
    RendicontazioneFactory,
    RigaSchedaFactory,
    SchedaFactory,
    SezioneFactory,
    TargetFactory,
    UnitaFactory,
    ValutazioneFactory,
)
from tests.frontiere import chiavi_conciliazione, insieme
from tests.frontiere.api import cliente_di

pytestmark = [pytest.mark.django_db, pytest.mark.due_banche]

# Open to anyone, logged in or not.
PUBBLICHE = {
    "home", "status", "privacy", "note_legali", "accessibilita", "segnala",
    "account_login", "account_logout", "account_inactive", "mfa_authenticate",
    "account_reset_password", "account_reset_password_done",
    "account_reset_password_from_key", "account_reset_password_from_key_done",
    "openid_connect_login", "openid_connect_callback", "socialaccount_login_cancelled",
    "invito",
    "amministrazione_trasparente", "at_azienda", "at_sezione", "calendario",
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
    "delega_revoca", "persone_importa_conferma", "cliente_api_rinnova", "cliente_api_revoca",
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
DI_CHI_SCRIVE = {"indicatore_modifica", "scheda_modifica", *MODULI}
# For the ruoli that say who works in the azienda, or that govern it: to the others, 403.
RISERVATE = {
    "persone", "persona", "persona_nuova", "persona_modifica", "persone_importa",
    "incarico", "incarico_nuovo", "incarico_chiudi", "delega_per", "accessi", "accessi_csv",
    "clienti_api",
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
# the evaluation of a scheda is, and a Relazione; its own percentage of what a CdR declares.
DEL_NUCLEO = {
    "osservazione_nuova", "osservazione_chiudi", "valida", "scheda_valida", "relazione_valida",
    "rendicontazione_valida",
}  # fmt: skip


@dataclass
class Scena:
    """A plan of an azienda, with one row of each kind."""

    azienda: Azienda
    piano: Piano
    obiettivo: Obiettivo
    misura: Misura
    indicatore: Indicatore
    target: Target
    calcolo: Calcolo
    giro: GiroDiCalcolo
    bozza: Organigramma
    unita: UnitaOrganizzativa
    incarico: Incarico
    osservazione: Osservazione
    invito: Invito
    delega: Delega
    sezione: Sezione
    quadratura: Quadratura
    parere: Parere
    riga: RigaScheda
    archivio: ArchivioSchede
    controdeduzione: Controdeduzione
    proroga: Proroga
    prova: Prova
    relazione: Relazione
    valutazione: ValutazioneIndividuale
    cliente: ClienteApi
    conciliazione: dict[str, dict[str, Any]]

    @property
    def scheda(self) -> SchedaBudget:
        return self.riga.area.scheda


@pytest.fixture
def scena(azienda: Azienda) -> Scena:
    piano = PianoFactory(azienda=azienda)
    obiettivo = ObiettivoFactory(area=AreaFactory(piano=piano))
    misura = MisuraFactory(obiettivo=obiettivo)
    target = TargetFactory(misura=misura, stampato="100%")
    EdizioneFactory(azienda=azienda)
    giro = azioni.avvia_giro(
        [piano], prospettiva=Prospettiva.CONSUNTIVO, anno=2022, da=None, in_coda=False
    )
    calcolo = giro.calcoli.get()
    azioni.esegui(calcolo.pk)
    in_vigore = UnitaFactory(organigramma=OrganigrammaFactory(azienda=azienda))
    scheda = SchedaFactory(azienda=azienda, unita=in_vigore)
    PunteggioScheda.objects.create(scheda=scheda, livello="S", oggetto=scheda.pk, stato="N")
    unita = UnitaFactory(organigramma=OrganigrammaFactory(azienda=azienda, valido_dal=None))
    incarico = IncaricoFactory(azienda=azienda, ruolo=Ruolo.RESPONSABILE_CDR, unita=in_vigore)
    riga = RigaSchedaFactory(area=AreaSchedaFactory(scheda=scheda), indicatore=misura.indicatore)
    return Scena(
        azienda=azienda,
        piano=piano,
        obiettivo=obiettivo,
        misura=misura,
        indicatore=misura.indicatore,
        target=target,
        calcolo=calcolo,
        giro=giro,
        bozza=unita.organigramma,
        unita=unita,
        incarico=incarico,
        osservazione=OsservazioneFactory(piano=piano),
        invito=InvitoFactory(azienda=azienda),
        delega=DelegaFactory(incarico=incarico),
        sezione=SezioneFactory(piano=piano),
        quadratura=Quadratura.objects.create(
            piano=piano, ordine=1, dove="Tavola 1", stampato="10", calcolato=9, differenza=1
        ),
        parere=Parere.objects.create(piano=piano, ruolo="DA", esito="favorevole"),
        riga=riga,
        controdeduzione=Controdeduzione.objects.create(
            scheda=scheda, testo="Una controdeduzione.", presentata_da=incarico.utente
        ),
        archivio=ArchivioSchede.objects.create(
            azienda=azienda, anno=2022, da=IncaricoFactory(azienda=azienda).utente
        ),
        proroga=ProrogaFactory(finestra=FinestraFactory(azienda=azienda), unita=in_vigore),
        prova=ProvaFactory(
            rendicontazione=RendicontazioneFactory(riga=riga, stato=Rendicontazione.Stato.TRASMESSA)
        ),
        relazione=azioni.comincia_relazione(piano, anno=2022, da=None),
        valutazione=ValutazioneFactory(
            edizione=EdizioneIndividualeFactory(azienda=azienda), unita=in_vigore
        ),
        cliente=cliente_di(azienda),
        conciliazione=chiavi_conciliazione(azienda),
    )


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
        "persone_importa_conferma": ente,
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


def rotte(schemi: list[Any], prefisso: str = "") -> Iterator[str]:
    """The names of all routes but those of Django's own administration, and of the API (walked in
    tests/api/test_frontiere_api.py)."""
    for schema in schemi:
        if isinstance(schema, URLResolver):
            if schema.app_name not in ("admin", "api"):
                yield from rotte(schema.url_patterns, prefisso)
        elif isinstance(schema, URLPattern):
            yield schema.name or str(schema.pattern)


def nomi() -> list[str]:
    return sorted(set(rotte(get_resolver().url_patterns)))


def chiama(client: Client, nome: str, chiave: dict[str, Any]) -> Any:
    metodo = client.post if nome in SCRITTURE else client.get
    return metodo(
        reverse(nome, kwargs=chiave),
        {"prospettiva": Prospettiva.CONSUNTIVO, "anno": "2022", "motivo": "prova"},
    )


def test_ogni_rotta_e_in_un_elenco(scena: Scena) -> None:
    assert set(nomi()) - PUBBLICHE - PERSONALI == set(chiavi(scena))


def test_chi_non_entra_viene_mandato_ad_accedere(scena: Scena, client: Client) -> None:
    for nome, chiave in chiavi(scena).items():
        risposta = chiama(client, nome, chiave)
        assert risposta.status_code == 302, nome
        assert risposta.url.startswith(reverse("account_login")), nome


def test_lo_straniero_non_trova_niente(scena: Scena, client: Client) -> None:
    client.force_login(IncaricoFactory(ruolo=Ruolo.CONTROLLO_GESTIONE).utente)
    for nome, chiave in chiavi(scena).items():
        assert chiama(client, nome, chiave).status_code == 404, nome


def test_chi_ha_finito_l_incarico_non_trova_niente(scena: Scena, client: Client) -> None:
    incarico = IncaricoFactory(azienda=scena.azienda)
    incarico.al = incarico.dal
    incarico.save(update_fields=["al"])
    client.force_login(incarico.utente)
    for nome, chiave in chiavi(scena).items():
        assert chiama(client, nome, chiave).status_code == 404, nome


@pytest.mark.parametrize("ruolo", [Ruolo.NUCLEO, Ruolo.REGIONE])
def test_chi_legge_soltanto_vede_tutto_e_non_scrive_niente(
    scena: Scena, client: Client, ruolo: Ruolo
) -> None:
    client.force_login(IncaricoFactory(azienda=scena.azienda, ruolo=ruolo).utente)
    eventi = Evento.objects.count()
    for nome, chiave in chiavi(scena).items():
        if ruolo == Ruolo.NUCLEO and nome in DEL_NUCLEO:
            continue
        atteso = 403 if nome in SCRITTURE | DI_CHI_SCRIVE | RISERVATE else 200
        if nome == "delega_revoca" or nome in DI_CHI_LI_HA_CHIESTI:
            atteso = 404  # neither given, nor received, nor of people that they see to
        if nome in DEL_PERSONALE:
            atteso = 403
        if nome in DI_UNA_PERSONA | NASCOSTE:
            atteso = 404
        assert chiama(client, nome, chiave).status_code == atteso, nome
        if nome in MODULI - NASCOSTE:
            assert client.post(reverse(nome, kwargs=chiave)).status_code == 403, nome
    scena.target.refresh_from_db()
    scena.piano.refresh_from_db()
    assert scena.target.confermato_il is None
    assert scena.piano.stato == Piano.Stato.ADOTTATO
    assert Calcolo.objects.count() == 1
    assert Evento.objects.count() == eventi
    scena.incarico.refresh_from_db()
    assert scena.incarico.al is None
    assert list(scena.bozza.unita.all()) == [scena.unita]
    assert Organigramma.objects.bozze().get() == scena.bozza


def test_chi_non_vede_alle_persone_non_le_apre(
    scena: Scena, client: Client, controllo: Utente
) -> None:
    client.force_login(controllo)
    for nome in RISERVATE:
        assert chiama(client, nome, chiavi(scena)[nome]).status_code == 403, nome


def test_l_amministratore_apre_le_pagine_delle_persone(scena: Scena, client: Client) -> None:
    client.force_login(IncaricoFactory(azienda=scena.azienda, ruolo=Ruolo.AMMINISTRATORE).utente)
    for nome in RISERVATE:
        assert chiama(client, nome, chiavi(scena)[nome]).status_code == 200, nome


def test_il_nucleo_vede_solo_gli_anni_affidati(scena: Scena, client: Client) -> None:
    incarico = IncaricoFactory(azienda=scena.azienda, ruolo=Ruolo.NUCLEO, anno_da=2025)
    client.force_login(incarico.utente)
    assert client.get(reverse("piano", args=[scena.piano.slug])).status_code == 404
    assert client.get(reverse("obiettivo", args=[scena.obiettivo.pk])).status_code == 404
    assert client.get(scena.indicatore.get_absolute_url()).status_code == 404
    assert client.get(reverse("osservazioni", args=[scena.piano.slug])).status_code == 404


def test_le_scritture_non_passano_da_get(scena: Scena, client: Client, controllo: Utente) -> None:
    client.force_login(controllo)
    for nome in SCRITTURE:
        indirizzo = reverse(nome, kwargs=chiavi(scena)[nome])
        assert client.get(indirizzo).status_code == 405, nome


def test_le_azioni_chiedono_il_permesso_anche_senza_pagina(scena: Scena) -> None:
    lettore = IncaricoFactory(azienda=scena.azienda, ruolo=Ruolo.NUCLEO).utente
    with pytest.raises(PermissionDenied):
        azioni.avvia_calcolo(scena.piano, prospettiva="consuntivo", anno=2022, da=lettore)
    with pytest.raises(PermissionDenied):
        azioni.avvia_giro([scena.piano], prospettiva="consuntivo", anno=2022, da=lettore)
    with pytest.raises(PermissionDenied):
        azioni.conferma_lettura(scena.target, da=lettore)
    with pytest.raises(PermissionDenied):
        azioni.rileva(scena.indicatore, anno=2022, valore=Decimal(1), da=lettore)
    with pytest.raises(PermissionDenied):
        azioni.modifica_indicatore(scena.indicatore, verso="decrescente", da=lettore)
    with pytest.raises(PermissionDenied):
        azioni.chiudi_periodo(scena.azienda, anno=2022, da=lettore)
    with pytest.raises(PermissionDenied):
        azioni_piani.pubblica(scena.piano, da=lettore)
    with pytest.raises(PermissionDenied):
        azioni.rispondi(scena.osservazione, testo="no", da=lettore)
    with pytest.raises(PermissionDenied):
        azioni_piani.invita(scena.incarico.utente, scena.azienda, da=lettore)
    with pytest.raises(PermissionDenied):
        azioni_piani.chiudi_incarico(scena.incarico, al=date(2026, 1, 1), da=lettore)
    with pytest.raises(PermissionDenied):
        azioni_piani.invia(scena.piano, da=lettore)
    with pytest.raises(PermissionDenied):
        azioni_piani.riporta_in_bozza(scena.piano, motivo="prova", da=lettore)
    with pytest.raises(PermissionDenied):
        azioni_piani.modifica(scena.obiettivo, {"titolo": "altro"}, da=lettore)
    with pytest.raises(PermissionDenied):
        azioni_piani.elimina(scena.misura, da=lettore)
    with pytest.raises(PermissionDenied):
        azioni_piani.elimina_piano(scena.piano, da=lettore)
    with pytest.raises(PermissionDenied):
        azioni_piani.togli_parere(scena.parere, da=lettore)
    with pytest.raises(PermissionDenied):
        azioni.pesa(scena.piano, {("misura", scena.misura.pk): Decimal(1)}, da=lettore)
    with pytest.raises(PermissionDenied):
        azioni.scorri(scena.piano, titolo="Altro", da=lettore)
    with pytest.raises(PermissionDenied):
        azioni.invia_scheda(scena.scheda, da=lettore)
    with pytest.raises(PermissionDenied):
        azioni.scrivi_messaggio(scena.scheda, testo="prova", da=lettore)
    with pytest.raises(PermissionDenied):
        azioni.firma(scena.scheda, ruolo="direzione", versione_vista=1, da=lettore)
    with pytest.raises(PermissionDenied):
        azioni.divulga(scena.scheda, da=lettore)
    with pytest.raises(PermissionDenied):
        azioni.prendi_visione(scena.scheda, da=lettore)
    with pytest.raises(PermissionDenied):
        azioni.chiedi_archivio(scena.azienda, anno=2022, da=lettore)
    with pytest.raises(PermissionDenied):
        azioni.avvia_valutazione(scena.scheda, motivo="prova", da=lettore)
    with pytest.raises(PermissionDenied):
        azioni.controdeduci(scena.scheda, testo="prova", da=lettore)
    with pytest.raises(PermissionDenied):
        azioni.rispondi_controdeduzione(
            scena.controdeduzione, esito="respinta", risposta="prova", da=lettore
        )
    with pytest.raises(PermissionDenied):
        azioni.chiudi_scheda(scena.scheda, da=lettore)


def test_chi_adotta_e_chi_compila_non_valida(scena: Scena, controllo: Utente) -> None:
    direzione = IncaricoFactory(azienda=scena.azienda, ruolo=Ruolo.DIREZIONE).utente
    for persona in (controllo, direzione):
        with pytest.raises(PermissionDenied):
            azioni_piani.valida(
                scena.piano, esito="validato", data=date(2022, 2, 1), motivazione="x", da=persona
            )
