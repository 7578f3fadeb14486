# SPDX-License-Identifier: AGPL-3.0-or-later
"""The rules and the simulator in the browser: live examples, and all of it without JavaScript."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from obiettivi.calcolo.edizione_dati import come_dati
from obiettivi.calcolo.predefinite import ASST_CREMONA
from obiettivi.models import EdizioneSMVP
from piani.models import Ruolo
from tests.e2e.occhi import apri_tutto, senza_scorrimento
from tests.factories import PASSWORD, AziendaFactory, EdizioneFactory, IncaricoFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
STRETTA = {"width": 375, "height": 800}


@pytest.fixture
def edizione(transactional_db: None) -> EdizioneSMVP:
    azienda = AziendaFactory(codice="asst-prova", nome="ASST di prova")
    IncaricoFactory(azienda=azienda, ruolo=Ruolo.CONTROLLO_GESTIONE, utente__username="anna.prova")
    return EdizioneFactory(
        azienda=azienda, anno=2022, nome="Regole 2022", parametri=come_dati(ASST_CREMONA)
    )


def entra(pagina: Page, sito: str) -> None:
    pagina.goto(f"{sito}/accedi/")
    pagina.get_by_label("Nome utente").fill("anna.prova")
    pagina.get_by_label("Password").fill(PASSWORD)
    pagina.get_by_role("button", name="Accedi").click()
    pagina.wait_for_url(f"{sito}/")


def test_le_regole_si_leggono_si_provano_dal_vivo_e_si_salvano(
    edizione: EdizioneSMVP,
    live_server: Any,
    pagina: Page,
    scatta: Callable[..., None],
    accessibile: Callable[[], None],
) -> None:
    sito = str(live_server.url)
    entra(pagina, sito)
    pagina.goto(f"{sito}/aziende/asst-prova/regole/")
    accessibile()
    pagina.get_by_role("link", name="2022").click()
    expect(pagina.get_by_role("heading", level=1)).to_have_text("Regole 2022")
    accessibile()
    scatta("regole", full_page=True)

    pagina.get_by_role("link", name="Modifica").click()
    expect(pagina.locator("#esiti")).to_contain_text("96,84")
    apri_tutto(pagina)
    accessibile()
    pagina.get_by_label("Soglia in percentuale").select_option("soglia")
    expect(pagina.locator("#esiti")).not_to_contain_text("96,84")
    pagina.get_by_label("Soglia in percentuale").select_option("rapporto")
    expect(pagina.locator("#esiti")).to_contain_text("96,84")
    pagina.get_by_label("Risultato dell’esempio 1", exact=True).fill("19")
    expect(pagina.locator("#esiti")).to_contain_text("20,00")
    pagina.get_by_label("Punteggio massimo", exact=True).fill("0")
    expect(pagina.locator("#esiti")).to_contain_text("Deve superare il pavimento.")
    accessibile()
    scatta("regole-modifica")
    pagina.get_by_label("Punteggio massimo", exact=True).fill("120")
    expect(pagina.locator("#esiti")).not_to_contain_text("Deve superare il pavimento.")
    pagina.get_by_role("button", name="Salva le regole").click()
    expect(pagina.locator(".messaggi")).to_contain_text("Regole salvate.")
    edizione.refresh_from_db()
    assert edizione.parametri["tetto"] == "120"


def test_il_simulatore_prova_un_foglio_e_lo_restituisce(
    edizione: EdizioneSMVP,
    live_server: Any,
    pagina: Page,
    scatta: Callable[..., None],
    accessibile: Callable[[], None],
) -> None:
    sito = str(live_server.url)
    entra(pagina, sito)
    pagina.goto(f"{sito}/simulatore/")
    accessibile()
    pagina.get_by_role("button", name="Prova", exact=True).click()
    expect(pagina.locator("main")).to_contain_text("97,16")
    accessibile()
    scatta("simulatore")
    with pagina.expect_download() as scaricato:
        pagina.get_by_role("button", name="Scarica l’esito in CSV").click()
    righe = scaricato.value.path().read_text(encoding="utf-8-sig").splitlines()
    assert righe[0].endswith(";punteggio;stato;spiegazione")
    assert righe[-1].startswith("totale;")


def test_tutto_sta_in_uno_schermo_stretto(
    edizione: EdizioneSMVP,
    live_server: Any,
    pagina: Page,
    scatta: Callable[..., None],
    accessibile: Callable[[], None],
) -> None:
    sito = str(live_server.url)
    entra(pagina, sito)
    pagina.set_viewport_size(STRETTA)
    for nome, indirizzo in (
        ("stretta-elenco", "/aziende/asst-prova/regole/"),
        ("stretta-regole", "/aziende/asst-prova/regole/2022/"),
        ("stretta-modifica", "/aziende/asst-prova/regole/2022/modifica/"),
        ("stretta-simulatore", "/simulatore/"),
    ):
        pagina.goto(f"{sito}{indirizzo}")
        apri_tutto(pagina)
        senza_scorrimento(pagina)
        accessibile()
        scatta(nome, full_page=True)
    pagina.get_by_role("button", name="Prova", exact=True).click()
    senza_scorrimento(pagina)
    accessibile()
    scatta("stretta-esito", full_page=True)


def test_senza_javascript_si_prova_si_salva_e_si_simula(
    edizione: EdizioneSMVP, live_server: Any, browser: Browser
) -> None:
    sito = str(live_server.url)
    contesto = browser.new_context(java_script_enabled=False, locale="it-IT")
    pagina = contesto.new_page()
    entra(pagina, sito)
    pagina.goto(f"{sito}/aziende/asst-prova/regole/2022/modifica/")
    pagina.get_by_text("Dal risultato al punteggio").click()
    pagina.get_by_label("Soglia in percentuale").select_option("soglia")
    pagina.get_by_role("button", name="Prova", exact=True).click()
    expect(pagina.locator("#esiti")).not_to_contain_text("96,84")
    pagina.get_by_role("button", name="Salva le regole").click()
    expect(pagina.locator(".messaggi")).to_contain_text("Regole salvate.")
    pagina.goto(f"{sito}/simulatore/")
    pagina.get_by_role("button", name="Prova", exact=True).click()
    expect(pagina.locator("main")).to_contain_text("Esito")
    contesto.close()
    edizione.refresh_from_db()
    assert edizione.parametri["metodi"]["percentuale"] == "soglia"
