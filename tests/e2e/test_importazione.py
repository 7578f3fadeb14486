# SPDX-License-Identifier: AGPL-3.0-or-later
"""The controllo di gestione brings in the results of a sheet of its own: columns with their own
names, a wrong cell, the sheet corrected, all written, all taken back.
"""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from obiettivi.models import Rilevazione
from piani.models import Azienda, Importazione, Ruolo, Utente
from tests.e2e.occhi import apri_tutto
from tests.e2e.passi_pagina import esamina
from tests.factories import (
    PASSWORD,
    AziendaFactory,
    IncaricoFactory,
    IndicatoreFactory,
    OrganigrammaFactory,
    RilevazioneFactory,
    UnitaFactory,
)
from tests.piani.importazioni.fogli import svolta, xlsx

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
STRETTA, LARGA = {"width": 375, "height": 800}, {"width": 1280, "height": 900}
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TESTA = (
    "Sigla", "Descrizione indicatore", "Struttura", "Valore atteso", "Consuntivo I trim 2024",
    "Consuntivo II trim 2024", "Annotazioni",
)  # fmt: skip
CHIRURGIA = "Chirurgia generale e d'urgenza"


def foglio(secondo: str) -> bytes:
    """The sheet as they make it: a title, a row left empty, then the headers."""
    return xlsx(
        [
            ("ASST di prova: monitoraggio degli indicatori di budget",),
            (),
            TESTA,
            ("IND-1", "Ricoveri ripetuti entro 30 giorni", "Cardiologia", "≤ 4", 3.8, secondo, ""),
            ("IND-1", "Ricoveri ripetuti entro 30 giorni", CHIRURGIA, "≤ 4", 4.25, 4, ""),
            ("IND-2", "Visite erogate nei tempi", "Cardiologia", "≥ 95", 96.5, "n.d.",
             "in attesa del flusso regionale"),
            ("IND-2", "Visite erogate nei tempi", CHIRURGIA, "≥ 95", 91, 93.5, ""),
        ],
        nome="II trimestre",
    )  # fmt: skip


@pytest.fixture
def azienda(transactional_db: None) -> Azienda:
    """Two indicators that two CdR report; of one there is already a result."""
    azienda = AziendaFactory(codice="asst-prova", nome="ASST di prova")
    persona = Utente.objects.create_user("anna.prova", password=PASSWORD)
    IncaricoFactory(utente=persona, azienda=azienda, ruolo=Ruolo.CONTROLLO_GESTIONE)
    organigramma = OrganigrammaFactory(azienda=azienda)
    cardiologia, _chirurgia = (
        UnitaFactory(organigramma=organigramma, nome=nome, cdr=True)
        for nome in ("Cardiologia", CHIRURGIA)
    )
    for n, nome in enumerate(("Ricoveri ripetuti entro 30 giorni", "Visite erogate nei tempi"), 1):
        indicatore = IndicatoreFactory(azienda=azienda, codice=f"IND-{n}", nome=nome)
    RilevazioneFactory(
        indicatore=indicatore, unita=cardiologia, anno=2024, frazione="T1", valore=Decimal(95)
    )
    return azienda


def correnti() -> dict[tuple[str, str, str], Decimal | None]:
    lette = Rilevazione.objects.correnti().values_list(
        "indicatore__codice", "unita__nome", "frazione", "valore"
    )
    return {(codice, dove, quando): valore for codice, dove, quando, valore in lette}


def carica(pagina: Page, contenuto: bytes) -> Importazione:
    pagina.locator("#id_file").set_input_files(
        [{"name": "indicatori_budget.xlsx", "mimeType": EXCEL, "buffer": contenuto}]
    )
    pagina.get_by_role("button", name="Carica e abbina le colonne").click()
    expect(pagina.locator("h1")).to_have_text("Abbina le colonne")
    return Importazione.objects.latest("pk")


def letto(pagina: Page, questa: Importazione) -> None:
    """Ask for the preview; the page waits for who reads the sheet, then shows it by itself."""
    pagina.get_by_role("button", name="Leggi il foglio e mostra l’anteprima").click()
    al_lavoro(pagina, questa)
    expect(pagina.locator("#righe")).to_have_text("Anteprima")


def al_lavoro(pagina: Page, questa: Importazione) -> None:
    expect(pagina.locator("#lavoro")).to_contain_text("La pagina si aggiorna da sola")
    svolta(questa)
    expect(pagina.locator("#lavoro")).to_have_count(0, timeout=15_000)


def test_un_foglio_di_risultati_dal_primo_errore_all_annullo(
    azienda: Azienda, live_server: Any, pagina: Page, scatta: Callable[..., None]
) -> None:
    def guarda(nome: str) -> None:
        scatta(f"importa-{nome}", full_page=True)
        pagina.set_viewport_size(STRETTA)
        scatta(f"importa-{nome}-stretta", full_page=True)
        pagina.set_viewport_size(LARGA)
        esamina(pagina)

    prima = correnti()
    pagina.goto(f"{live_server.url}/accedi/")
    pagina.get_by_label("Nome utente").fill("anna.prova")
    pagina.get_by_label("Password").fill(PASSWORD)
    pagina.get_by_role("button", name="Accedi").click()
    pagina.get_by_role("link", name="Importazioni").first.click()
    guarda("elenco")
    pagina.get_by_role("link", name="Risultati degli indicatori").click()
    guarda("nuova")

    sbagliata = carica(pagina, foglio("3,9 %o"))
    titolo = pagina.get_by_label("Dove va «Struttura»")
    expect(titolo.locator("option:checked")).to_have_text("Unità o CdR")
    atteso = pagina.get_by_label("Dove va «Valore atteso»")
    expect(atteso.locator("option:checked")).to_have_text("Non importare")
    pagina.get_by_label("Dove va «Sigla»").select_option(label="Codice indicatore")
    pagina.get_by_label("Ricorda questo abbinamento per la fonte").fill("Cruscotto di budget")
    guarda("abbina")
    letto(pagina, sbagliata)
    expect(pagina.get_by_role("alert")).to_contain_text("C’è 1 riga da correggere")
    riga = pagina.get_by_role("row").filter(has_text="3,9 %o")
    expect(riga.locator(".cella-errata .errore")).to_have_text("Non è un numero.")
    expect(pagina.get_by_role("button", name="Scrivi tutto")).to_have_count(0)
    guarda("anteprima-sbagliata")
    pagina.get_by_role("button", name="Scarta questo file").click()
    expect(pagina.locator(".messaggi")).to_contain_text("è stato scartato")

    pagina.get_by_role("link", name="Risultati degli indicatori").click()
    corretta = carica(pagina, foglio("3,9"))
    sigla = pagina.get_by_label("Dove va «Sigla»")
    expect(sigla.locator("option:checked")).to_have_text("Codice indicatore")
    expect(pagina.get_by_label("Ricorda questo abbinamento per la fonte")).to_have_value(
        "Cruscotto di budget"
    )
    letto(pagina, corretta)
    expect(pagina.locator("main")).to_contain_text("7 nuove, 1 al posto di una che c’è, 0 tolte")
    guarda("anteprima")
    assert correnti() == prima
    pagina.get_by_role("button", name="Scrivi tutto").click()
    al_lavoro(pagina, corretta)
    guarda("scritta")
    assert correnti() == {
        ("IND-1", "Cardiologia", "T1"): Decimal("3.8"),
        ("IND-1", "Cardiologia", "T2"): Decimal("3.9"),
        ("IND-1", CHIRURGIA, "T1"): Decimal("4.25"),
        ("IND-1", CHIRURGIA, "T2"): Decimal(4),
        ("IND-2", "Cardiologia", "T1"): Decimal("96.5"),
        ("IND-2", "Cardiologia", "T2"): None,
        ("IND-2", CHIRURGIA, "T1"): Decimal(91),
        ("IND-2", CHIRURGIA, "T2"): Decimal("93.5"),
    }

    pagina.get_by_role("link", name="Annulla l’importazione").click()
    expect(pagina.locator("main")).to_contain_text("torna com’era prima")
    guarda("annulla")
    pagina.get_by_role("main").get_by_role("button").first.click()
    al_lavoro(pagina, corretta)
    expect(pagina.locator("main")).to_contain_text("Annullato il")
    apri_tutto(pagina)
    guarda("annullata")
    assert correnti() == prima
