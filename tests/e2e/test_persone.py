# SPDX-License-Identifier: AGPL-3.0-or-later
"""The journey of who comes in: invited, with a second factor, standing in for somebody else;
the Nucleo's remark and what of its reading stays written.
"""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core.cache import cache
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from piani.models import Azienda, Evento, Invito, Ruolo, Utente
from tests.ente import ente
from tests.factories import (
    PASSWORD,
    AreaFactory,
    IncaricoFactory,
    ObiettivoFactory,
    OrganigrammaFactory,
    PianoFactory,
    SezioneFactory,
    UnitaFactory,
    UtenteFactory,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SCELTA = "una frase che ricordo bene"


@pytest.fixture
def sito(transactional_db: None, live_server: Any, settings: Any) -> Iterator[str]:
    """The site as localhost, where browsers allow security keys; jobs done at once."""
    indirizzo = live_server.url.replace("127.0.0.1", "localhost")
    settings.CELERY_TASK_ALWAYS_EAGER = True
    settings.INDIRIZZO_SITO = indirizzo
    settings.POSTA_IN_USCITA = False
    cache.clear()
    yield indirizzo
    cache.clear()


@pytest.fixture
def cremona(sito: str) -> Azienda:
    """A body with a chart, a plan and its people, all invented."""
    azienda = Azienda.objects.create(codice="asst-prova", tipo="ASST", nome="ASST di prova")
    organigramma = OrganigrammaFactory(azienda=azienda)
    UnitaFactory(organigramma=organigramma, codice="CHIR", nome="Dipartimento Chirurgico")
    piano = PianoFactory(azienda=azienda, slug="piano-di-prova", titolo="Piano di prova")
    ObiettivoFactory(area=AreaFactory(piano=piano, codice="A1", nome="Area di prova"))
    SezioneFactory(piano=piano)
    for nome, ruolo in [
        ("nino.amministratore", Ruolo.AMMINISTRATORE),
        ("anna.controllo", Ruolo.CONTROLLO_GESTIONE),
        ("dario.direzione", Ruolo.DIREZIONE),
        ("carla.nucleo", Ruolo.NUCLEO),
    ]:
        primo, secondo = nome.split(".")
        persona = UtenteFactory(
            username=nome, first_name=primo.capitalize(), last_name=secondo.capitalize()
        )
        IncaricoFactory(azienda=azienda, ruolo=ruolo, utente=persona)
    return azienda


@pytest.fixture
def altra(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Pages of other people, each with a session of its own."""
    contesti = []

    def apri(**opzioni: Any) -> Page:
        vista = {"viewport": {"width": 1280, "height": 900}, "locale": "it-IT"} | opzioni
        contesti.append(browser.new_context(**vista))
        return contesti[-1].new_page()

    yield apri
    for contesto in contesti:
        contesto.close()


def entra(pagina: Page, sito: str, nome: str, password: str = PASSWORD) -> None:
    pagina.goto(f"{sito}/accedi/")
    pagina.get_by_label("Nome utente").fill(nome)
    pagina.get_by_label("Password").fill(password)
    pagina.get_by_role("button", name="Accedi", exact=True).click()


def codice(segreto: str) -> str:
    return format_hotp_value(hotp_value(segreto, next(yield_hotp_counters_from_time())))


def test_dall_invito_alla_chiave_di_sicurezza(
    sito: str,
    cremona: Azienda,
    pagina: Page,
    altra: Callable[..., Page],
    scatta: Callable[..., None],
    accessibile: Callable[[], None],
) -> None:
    # The amministratore adds a person and hands over the link.
    capo = altra()
    entra(capo, sito, "nino.amministratore")
    capo.get_by_role("link", name="Persone").click()
    capo.get_by_role("link", name="Aggiungi una persona").click()
    capo.get_by_label("Nome", exact=False).first.fill("Olga")
    capo.get_by_label("Cognome").fill("Prova")
    capo.get_by_label("Posta elettronica").fill("olga.prova@example.org")
    capo.get_by_label("Incarico", exact=False).first.select_option("responsabile_cdr")
    capo.get_by_label("Unità organizzativa").select_option(label="Dipartimento Chirurgico")
    capo.get_by_role("button", name="Aggiungi").click()
    expect(capo.locator("h1")).to_have_text("Olga Prova")
    invito = Invito.objects.get()
    assert invito.stato == "spedito"
    collegamento = capo.locator(".alert-info .chiave-lunga").inner_text()

    # She chooses a password, once.
    pagina.goto(collegamento)
    accessibile()
    pagina.get_by_label("Password *", exact=True).fill(SCELTA)
    pagina.get_by_label("La stessa password").fill("un'altra cosa ancora")
    pagina.get_by_role("button", name="Scegli").click()
    expect(pagina.locator("main")).to_contain_text("non sono uguali")
    pagina.get_by_label("Password *", exact=True).fill(SCELTA)
    pagina.get_by_label("La stessa password").fill(SCELTA)
    pagina.get_by_role("button", name="Scegli").click()
    expect(pagina.locator(".messaggi")).to_contain_text("Password scelta")
    entra(pagina, sito, "olga.prova", SCELTA)
    expect(pagina.locator("h1")).to_contain_text("Olga Prova")

    # An app with codes, a security key, and back in with the key.
    pagina.goto(f"{sito}/secondo-fattore/")
    accessibile()
    pagina.get_by_role("link", name="Attiva l’app").click()
    pagina.get_by_label("Password").fill(SCELTA)
    pagina.get_by_role("button", name="Conferma").click()
    accessibile()
    segreto = pagina.locator(".chiave-lunga").inner_text().strip()
    pagina.locator("input[name=code]").fill(codice(segreto))
    pagina.get_by_role("button", name="Attiva").click()
    expect(pagina.locator(".codici-recupero li")).to_have_count(10)
    accessibile()
    chiavi = pagina.context.new_cdp_session(pagina)
    chiavi.send("WebAuthn.enable")
    opzioni = {
        "protocol": "ctap2", "transport": "usb", "hasResidentKey": True,
        "hasUserVerification": True, "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }  # fmt: skip
    chiavi.send("WebAuthn.addVirtualAuthenticator", {"options": opzioni})
    pagina.goto(f"{sito}/secondo-fattore/chiavi/nuova/")
    accessibile()
    pagina.get_by_label("Nome della chiave").fill("Chiavetta")
    pagina.get_by_role("button", name="Aggiungi").click()
    expect(pagina.locator("main")).to_contain_text("Ne hai aggiunta 1")
    pagina.goto(f"{sito}/secondo-fattore/chiavi/")
    expect(pagina.locator("main")).to_contain_text("Chiavetta")
    accessibile()
    pagina.get_by_role("button", name="Esci").click()
    entra(pagina, sito, "olga.prova", SCELTA)
    expect(pagina).to_have_url(f"{sito}/accedi/verifica/")
    accessibile()
    pagina.get_by_role("button", name="Usa una chiave di sicurezza").click()
    expect(pagina.locator("h1")).to_contain_text("Buon lavoro, Olga Prova")

    capo.goto(f"{sito}/aziende/{cremona.codice}/persone/")
    expect(capo.locator("#elenco")).to_contain_text("Olga Prova")
    pagina.goto("about:blank")


def test_chi_va_via_presta_l_incarico_e_chi_lo_usa_firma_con_due_nomi(
    sito: str,
    cremona: Azienda,
    pagina: Page,
    altra: Callable[..., Page],
    scatta: Callable[..., None],
    accessibile: Callable[[], None],
) -> None:
    via = altra()
    entra(via, sito, "anna.controllo")
    via.goto(f"{sito}/profilo/")
    via.get_by_text("Delega questo incarico").click()
    via.get_by_label("A chi").select_option(label="Dario Direzione")
    via.get_by_label("Al *", exact=True).fill(
        (timezone.localdate() + timedelta(days=30)).isoformat()
    )
    via.get_by_label("Motivo").fill("Congedo")
    via.get_by_role("button", name="Dai la delega").click()
    expect(via.locator(".messaggi")).to_contain_text("Delega data a Dario Direzione")

    entra(pagina, sito, "dario.direzione")
    accessibile()
    pagina.goto(f"{sito}/piani/piano-di-prova/")
    assert pagina.get_by_role("button", name=re.compile("Pubblica «")).count() == 0
    pagina.get_by_role("button", name="Agisci per conto").click()
    expect(pagina.locator(".per-conto")).to_contain_text("Agisci per conto di Anna Controllo")
    accessibile()
    scatta("per-conto")
    pagina.goto(f"{sito}/piani/piano-di-prova/stato/")
    pagina.get_by_label("Ho visto", exact=False).check()
    pagina.get_by_role("button", name=re.compile("^Pubblica")).click()
    expect(pagina.locator(".messaggi")).to_contain_text("Versione 1 fissata")
    evento = Evento.objects.get(tipo="piano.pubblicato")
    assert (str(evento.da), str(evento.per_conto_di)) == ("Dario Direzione", "Anna Controllo")
    pagina.goto(f"{sito}/profilo/")
    accessibile()
    pagina.get_by_role("button", name="Torna a te").click()
    expect(pagina.locator(".per-conto")).to_have_count(0)


def test_il_nucleo_osserva_il_controllo_risponde_e_gli_accessi_restano(
    sito: str,
    cremona: Azienda,
    pagina: Page,
    altra: Callable[..., Page],
    scatta: Callable[..., None],
    accessibile: Callable[[], None],
) -> None:
    nucleo = altra()
    entra(nucleo, sito, "carla.nucleo")
    nucleo.goto(f"{sito}/piani/piano-di-prova/")
    nucleo.get_by_role("link", name="Osservazioni del Nucleo").click()
    nucleo.get_by_label("Su che cosa").select_option(label="A1 – Area di prova")
    nucleo.get_by_label("Osservazione *").fill("Manca la fonte.")
    nucleo.get_by_role("button", name="Registra l’osservazione").click()
    expect(nucleo.locator("main")).to_contain_text("Aperta")

    entra(pagina, sito, "anna.controllo")
    pagina.get_by_role("link", name="Rispondi a 1 osservazione del Nucleo").click()
    accessibile()
    pagina.get_by_text("Rispondi", exact=False).first.click()
    pagina.get_by_label("Risposta").fill("È il flusso SDO.")
    pagina.get_by_role("button", name="Registra la risposta").click()
    expect(pagina.locator("main")).to_contain_text("Con risposta")
    accessibile()

    nucleo.goto(sito)
    nucleo.get_by_role("link", name="Leggi 1 risposta a un’osservazione").click()
    nucleo.get_by_role("button", name="La risposta basta: chiudi").click()
    expect(nucleo.locator("main")).to_contain_text("Chiusa da Carla Nucleo")

    pagina.get_by_role("button", name="Esci").click()
    entra(pagina, sito, "dario.direzione")
    pagina.get_by_role("link", name="Accessi del Nucleo").click()
    expect(pagina.locator("#elenco")).to_contain_text("/piani/piano-di-prova/osservazioni/")
    accessibile()
    scatta("accessi")
    pagina.get_by_label("Cerca nell’indirizzo").fill("osservazioni")
    expect(pagina.locator("#elenco tbody th")).to_have_count(4)


def carica_persone(pagina: Page, base: str, righe: str) -> None:
    """Bring a file of people as far as its preview."""
    pagina.goto(f"{base}/persone/importa/")
    foglio = {"name": "persone.csv", "mimeType": "text/csv", "buffer": righe.encode()}
    pagina.locator("input[type=file]").set_input_files(foglio)  # type: ignore[arg-type]
    pagina.get_by_role("button", name="Carica e abbina le colonne").click()
    pagina.get_by_role("button", name="Leggi il foglio e mostra l’anteprima").click()


def test_le_persone_di_un_azienda_e_il_foglio_con_gli_errori(
    sito: str,
    cremona: Azienda,
    pagina: Page,
    scatta: Callable[..., None],
    accessibile: Callable[[], None],
) -> None:
    entra(pagina, sito, "nino.amministratore")
    pagina.get_by_role("link", name="Persone").click()
    accessibile()
    scatta("persone")
    pagina.get_by_label("Cerca per nome o posta").fill("carla")
    expect(pagina.locator("#elenco tbody tr")).to_have_count(1)
    pagina.get_by_role("link", name="Carla Nucleo").click()
    accessibile()
    testa = "nome;cognome;email;ruolo;unita;dal;al\n"
    carica_persone(pagina, f"{sito}/aziende/{cremona.codice}", f"{testa}Ada;Finta;no;papa;XX;x;\n")
    expect(pagina.get_by_role("alert")).to_contain_text("C’è 1 riga da correggere")
    expect(pagina.locator(".cella-errata")).to_have_count(3)
    accessibile()
    giusta = "Ada;Finta;ada@example.org;cug;CHIR;01/01/2026;\n"
    carica_persone(pagina, f"{sito}/aziende/{cremona.codice}", testa + giusta)
    accessibile()
    pagina.get_by_role("button", name="Scrivi tutto").click()
    expect(pagina.locator("#contenuto, main").first).to_contain_text("1 incarico scritto.")
    assert Utente.objects.get(username="ada.finta").inviti.get().stato == "spedito"


def test_con_le_credenziali_dell_ente_il_browser_va_e_torna(
    sito: str, cremona: Azienda, pagina: Page, settings: Any
) -> None:
    """The button is a form: the Content-Security-Policy must name the body's site, and does."""
    with ente() as sso:
        settings.SOCIALACCOUNT_PROVIDERS = sso.applicazioni()
        politica = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
        forma = {"form-action": [*politica["form-action"], sso.indirizzo]}
        settings.CONTENT_SECURITY_POLICY = {"DIRECTIVES": politica | forma}
        sso.chi = {"sub": "1", "email": "anna.controllo@example.org"}
        pagina.goto(f"{sito}/accedi/?next=/piani/")
        pagina.get_by_role("button", name="Accedi con l'ente di prova").click()
        expect(pagina).to_have_url(f"{sito}/piani/")
        expect(pagina.locator(".persona")).to_contain_text("Anna Controllo")


def test_tutto_si_legge_anche_su_un_telefono_e_senza_javascript(
    sito: str, cremona: Azienda, altra: Callable[..., Page]
) -> None:
    pagina = altra(viewport={"width": 375, "height": 700}, java_script_enabled=False)
    entra(pagina, sito, "nino.amministratore")
    chi = Utente.objects.get(username="nino.amministratore")
    incarico = chi.incarichi.get()
    base = f"/aziende/{cremona.codice}"
    for indirizzo in (
        "/profilo/", "/secondo-fattore/", "/password/", f"{base}/persone/",
        f"{base}/persone/nuova/", f"{base}/persone/{chi.pk}/", f"{base}/persone/importa/",
        f"{base}/persone/{chi.pk}/modifica/", f"{base}/incarichi/{incarico.pk}/",
        f"{base}/incarichi/{incarico.pk}/chiudi/", f"{base}/incarichi/{incarico.pk}/delega/",
        f"{base}/accessi/", "/piani/piano-di-prova/osservazioni/",
    ):  # fmt: skip
        risposta = pagina.goto(f"{sito}{indirizzo}")
        assert risposta.status == 200, indirizzo
        assert pagina.locator("body").bounding_box()["width"] <= 376, indirizzo
