# SPDX-License-Identifier: AGPL-3.0-or-later
"""The pages of the controllo di gestione: an indicator changed, periods closed, final classes."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from obiettivi.models import Indicatore, PeriodoChiuso
from piani.models import Azienda, Piano, Ruolo, Utente
from tests.e2e.occhi import apri_tutto, senza_scorrimento
from tests.factories import (
    PASSWORD,
    AreaFactory,
    AziendaFactory,
    EdizioneFactory,
    IncaricoFactory,
    IndicatoreFactory,
    MisuraFactory,
    ObiettivoFactory,
    OrganigrammaFactory,
    PianoFactory,
    RilevazioneFactory,
    TargetFactory,
    UnitaFactory,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
RADICE = Path(__file__).resolve().parents[2]
STRETTA = {"width": 375, "height": 800}
INDICATORE = "/aziende/asst-prova/indicatori/IND-1/"
PERIODI = "/aziende/asst-prova/periodi/"


@pytest.fixture
def azienda(transactional_db: None) -> Azienda:
    """An azienda with an indicator in a plan, two results, a unit, and who governs it."""
    azienda = AziendaFactory(codice="asst-prova", nome="ASST di prova")
    persona = Utente.objects.create_user("anna.prova", password=PASSWORD)
    IncaricoFactory(utente=persona, azienda=azienda, ruolo=Ruolo.CONTROLLO_GESTIONE)
    EdizioneFactory(azienda=azienda, anno=2022)
    UnitaFactory(organigramma=OrganigrammaFactory(azienda=azienda), nome="Direzione sanitaria")
    indicatore = IndicatoreFactory(
        azienda=azienda, codice="IND-1", nome="Prestazioni erogate entro i tempi"
    )
    piano = PianoFactory(azienda=azienda, titolo="Piano della performance di prova")
    misura = MisuraFactory(
        obiettivo=ObiettivoFactory(area=AreaFactory(piano=piano)), indicatore=indicatore
    )
    TargetFactory(misura=misura, stampato="≥ 80%")
    for frazione, valore in (("T1", 60), ("T2", 80)):
        RilevazioneFactory(indicatore=indicatore, frazione=frazione, valore=valore)
    return azienda


def entra(pagina: Page, sito: str) -> None:
    pagina.goto(f"{sito}/accedi/")
    pagina.get_by_label("Nome utente").fill("anna.prova")
    pagina.get_by_label("Password").fill(PASSWORD)
    pagina.get_by_role("button", name="Accedi").click()
    pagina.wait_for_url(f"{sito}/")


def simula_le_classi(pagina: Page, sito: str) -> None:
    foglio = (RADICE / "fixtures/esempi/simulazione-classi.csv").read_text(encoding="utf-8")
    pagina.goto(f"{sito}/simulatore/?edizione=p:classi-premio")
    pagina.get_by_label("Oppure le righe incollate").fill(foglio)
    pagina.get_by_role("button", name="Prova", exact=True).click()


def test_un_indicatore_si_modifica_sapendo_che_cosa_succede(
    azienda: Azienda,
    live_server: Any,
    pagina: Page,
    scatta: Callable[..., None],
    accessibile: Callable[[], None],
) -> None:
    sito = str(live_server.url)
    entra(pagina, sito)
    pagina.goto(f"{sito}{INDICATORE}")
    pagina.get_by_role("link", name="Modifica l’indicatore").click()
    expect(pagina.locator("main")).to_contain_text("Ci sono già 2 risultati.")
    accessibile()
    scatta("indicatore-modifica", full_page=True)
    pagina.get_by_label("Unità di misura").fill("gg")
    pagina.get_by_label("Aggregazione nel tempo").select_option("media")
    pagina.get_by_role("button", name="Salva le modifiche").click()
    expect(pagina.locator("main")).to_contain_text("si sta cambiando: unità di misura.")
    accessibile()
    scatta("indicatore-conferma", full_page=True)
    pagina.get_by_label("Cambio tipo di formula o unità").check()
    pagina.get_by_role("button", name="Salva le modifiche").click()
    expect(pagina.locator(".messaggi")).to_contain_text("Indicatore modificato")
    expect(pagina.locator("main")).to_contain_text("Media dei periodi")
    assert Indicatore.objects.get().unita == "gg"


def test_un_periodo_si_chiude_e_si_riapre(
    azienda: Azienda,
    live_server: Any,
    pagina: Page,
    scatta: Callable[..., None],
    accessibile: Callable[[], None],
) -> None:
    sito = str(live_server.url)
    entra(pagina, sito)
    pagina.goto(f"{sito}{PERIODI}")
    pagina.locator("summary", has_text="2022").click()
    pagina.get_by_role("button", name="Chiudi 1° semestre 2022").click()
    expect(pagina.locator(".messaggi")).to_contain_text("Chiuso ai risultati: 1° semestre 2022.")
    pagina.locator("summary", has_text="2022").first.click()
    expect(pagina.locator("main")).to_contain_text("compreso in un periodo chiuso: 1° semestre")
    pagina.get_by_text("Riapri 1° semestre 2022").first.click()
    pagina.get_by_role("button", name="Riapri il periodo 1° semestre 2022").click()
    expect(pagina.locator("main")).to_contain_text("Scrivere perché il periodo si riapre.")
    accessibile()
    scatta("periodi", full_page=True)
    pagina.get_by_label("Perché si riapre").fill("Flusso rettificato")
    pagina.get_by_role("button", name="Riapri il periodo 1° semestre 2022").click()
    expect(pagina.locator("main")).to_contain_text("Motivo: Flusso rettificato")
    assert not PeriodoChiuso.objects.exists()


def test_il_simulatore_mostra_le_classi_dopo_i_tetti(
    azienda: Azienda,
    live_server: Any,
    pagina: Page,
    scatta: Callable[..., None],
    accessibile: Callable[[], None],
) -> None:
    sito = str(live_server.url)
    entra(pagina, sito)
    simula_le_classi(pagina, sito)
    expect(pagina.locator("main")).to_contain_text("Con 96 punti la classe sarebbe Eccellente")
    accessibile()
    scatta("simulatore-classi", full_page=True)


def test_tutto_sta_in_uno_schermo_stretto(
    azienda: Azienda,
    live_server: Any,
    pagina: Page,
    scatta: Callable[..., None],
    accessibile: Callable[[], None],
) -> None:
    sito = str(live_server.url)
    entra(pagina, sito)
    pagina.goto(f"{sito}{PERIODI}")
    pagina.get_by_role("button", name="Chiudi anno").first.click()
    pagina.set_viewport_size(STRETTA)
    for nome, indirizzo in (
        ("stretta-piano", Piano.objects.get().get_absolute_url()),
        ("stretta-indicatore", INDICATORE),
        ("stretta-periodi", PERIODI),
        ("stretta-indicatore-modifica", f"{INDICATORE}modifica/"),
    ):
        pagina.goto(f"{sito}{indirizzo}")
        apri_tutto(pagina)
        senza_scorrimento(pagina)
        accessibile()
        scatta(nome, full_page=True)
    simula_le_classi(pagina, sito)
    senza_scorrimento(pagina)
    accessibile()
    scatta("stretta-simulatore-classi", full_page=True)


def test_senza_javascript_si_modifica_si_chiude_e_si_riapre(
    azienda: Azienda, live_server: Any, browser: Browser
) -> None:
    sito = str(live_server.url)
    contesto = browser.new_context(java_script_enabled=False, locale="it-IT")
    pagina = contesto.new_page()
    entra(pagina, sito)
    pagina.goto(f"{sito}{INDICATORE}modifica/")
    pagina.get_by_label("Verso", exact=True).select_option("decrescente")
    pagina.get_by_role("button", name="Salva le modifiche").click()
    expect(pagina.locator(".messaggi")).to_contain_text("Indicatore modificato")
    pagina.goto(f"{sito}{PERIODI}")
    pagina.get_by_role("button", name="Chiudi anno").first.click()
    expect(pagina.locator(".messaggi")).to_contain_text("Chiuso ai risultati")
    pagina.locator("td summary").first.click()
    pagina.get_by_label("Perché si riapre").first.fill("Chiuso per errore")
    pagina.get_by_role("button", name="Riapri il periodo").first.click()
    expect(pagina.locator(".messaggi")).to_contain_text("Periodo riaperto")
    contesto.close()
    assert Indicatore.objects.get().verso == "decrescente"
