# SPDX-License-Identifier: AGPL-3.0-or-later
"""A quarter in the browser: reported by the head, filled by who certifies, watched by who governs.

One person holds all the incarichi, so that the journey is one.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from obiettivi.models import Prova, Rendicontazione, Rilevazione, SchedaBudget
from piani.models import Ruolo, UnitaOrganizzativa, Utente
from tests.e2e.occhi import senza_scorrimento
from tests.factories import (
    PASSWORD,
    AreaSchedaFactory,
    AziendaFactory,
    FinestraFactory,
    IncaricoFactory,
    IndicatoreFactory,
    OrganigrammaFactory,
    RigaSchedaFactory,
    SchedaFactory,
    UnitaFactory,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
STRETTA = {"width": 375, "height": 800}
INCOLLA = """(testo) => {
  const dati = new DataTransfer();
  dati.setData("text/plain", testo);
  document.activeElement.dispatchEvent(
    new ClipboardEvent("paste", {clipboardData: dati, bubbles: true, cancelable: true}));
}"""


@pytest.fixture
def unita(transactional_db: None) -> list[UnitaOrganizzativa]:
    """Three CdR that report the same indicator, certified by the first of them."""
    azienda = AziendaFactory(codice="asst-prova", nome="ASST di prova")
    organigramma = OrganigrammaFactory(azienda=azienda)
    nomi = ("Cardiologia", "Chirurgia", "Pediatria")
    unita = [UnitaFactory(organigramma=organigramma, nome=nome, cdr=True) for nome in nomi]
    indicatore = IndicatoreFactory(
        azienda=azienda, codice="IND-1", tipo_formula="rapporto", rilevatore=unita[0]
    )
    for una in unita:
        scheda = SchedaFactory(azienda=azienda, unita=una, stato=SchedaBudget.Stato.IN_MONITORAGGIO)
        RigaSchedaFactory(
            area=AreaSchedaFactory(scheda=scheda, nome="Esito e appropriatezza"),
            indicatore=indicatore,
            obiettivo="Visite erogate nei tempi",
        )
    FinestraFactory(azienda=azienda)
    persona = Utente.objects.create_user("anna.prova", password=PASSWORD)
    for ruolo, dove in (
        (Ruolo.CONTROLLO_GESTIONE, None),
        (Ruolo.RESPONSABILE_CDR, unita[0]),
        (Ruolo.RILEVATORE, unita[0]),
    ):
        IncaricoFactory(utente=persona, azienda=azienda, ruolo=ruolo, unita=dove)
    return unita


def entra(pagina: Page, sito: str) -> None:
    pagina.goto(f"{sito}/accedi/")
    pagina.get_by_label("Nome utente").fill("anna.prova")
    pagina.get_by_label("Password").fill(PASSWORD)
    pagina.get_by_role("button", name="Accedi").click()
    pagina.wait_for_url(f"{sito}/")


def sta_nella_stretta(pagina: Page) -> None:
    pagina.set_viewport_size(STRETTA)
    senza_scorrimento(pagina)
    pagina.set_viewport_size({"width": 1280, "height": 900})


def test_dalla_home_si_trasmette_un_trimestre_con_i_suoi_documenti(
    unita: list[UnitaOrganizzativa],
    live_server: Any,
    pagina: Page,
    accessibile: Callable[[], None],
) -> None:
    entra(pagina, str(live_server.url))
    pagina.get_by_role("link", name="Rendiconta il 1° trimestre 2022: Cardiologia").click()
    expect(pagina.locator("#monitoraggio")).to_contain_text("da trasmettere")
    accessibile()
    pagina.get_by_role("link", name="da trasmettere").click()
    pagina.get_by_label("Azioni svolte").fill("Due sedute in più.")
    pagina.get_by_label("Numeratore").fill("190")
    pagina.get_by_label("Percentuale raggiunta").fill("80,5")
    pagina.get_by_label("Documenti che lo provano").set_input_files(
        [{"name": "verbale.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4\nprova"}]
    )
    pagina.get_by_role("button", name="Trasmetti").click()
    expect(pagina.locator("main")).to_contain_text("Di' se l'obiettivo è raggiungibile")
    expect(pagina.locator("#prove + ul")).to_contain_text("verbale.pdf")
    accessibile()
    sta_nella_stretta(pagina)
    pagina.get_by_label("raggiungibile al 31/12").select_option("si")
    pagina.get_by_role("button", name="Trasmetti").click()
    expect(pagina.locator("main")).to_contain_text("Manca questo valore.")
    pagina.get_by_label("Denominatore").fill("200")
    pagina.get_by_role("button", name="Trasmetti").click()
    expect(pagina.locator(".messaggi")).to_contain_text("Rendicontazione trasmessa")
    expect(pagina.locator("#monitoraggio")).to_contain_text("95 % (190 / 200)")
    assert Rendicontazione.objects.get().trasmessa
    assert Rilevazione.objects.get().unita == unita[0]
    pagina.get_by_role("link", name="trasmessa").click()
    accessibile()
    with pagina.expect_download() as scaricato:
        pagina.get_by_role("link", name="verbale.pdf").click()
    assert scaricato.value.suggested_filename == Prova.objects.get().nome


def test_la_griglia_si_riempie_con_la_tastiera_e_con_un_incolla(
    unita: list[UnitaOrganizzativa],
    live_server: Any,
    pagina: Page,
    accessibile: Callable[[], None],
) -> None:
    entra(pagina, str(live_server.url))
    pagina.get_by_role("link", name="Rileva IND-1, 1° trimestre 2022").click()
    pagina.get_by_label("Numeratore, Cardiologia").click()
    for tasto in ("9", "ArrowRight", "1", "2", "Enter", "4"):
        pagina.keyboard.press(tasto)
    expect(pagina.get_by_label("Denominatore, Chirurgia")).to_have_value("4")
    pagina.keyboard.press("ArrowLeft")  # inside the text: the cursor moves, the cell stays
    expect(pagina.get_by_label("Denominatore, Chirurgia")).to_be_focused()
    pagina.keyboard.press("ArrowLeft")
    expect(pagina.get_by_label("Numeratore, Chirurgia")).to_be_focused()
    pagina.get_by_role("button", name="Registra tutti i risultati").click()
    expect(pagina.locator("main")).to_contain_text("Non è stato registrato niente")
    assert not Rilevazione.objects.exists()
    accessibile()
    pagina.get_by_label("Numeratore, Chirurgia").click()
    pagina.evaluate(INCOLLA, "3\t4\n5\t10\n7\t7\n")
    pagina.get_by_role("button", name="Registra tutti i risultati").click()
    expect(pagina.locator(".messaggi")).to_contain_text("3 risultati registrati.")
    scritti = Rilevazione.objects.order_by("unita__nome").values_list("numeratore", "denominatore")
    assert list(scritti) == [(9, 12), (3, 4), (5, 10)]
    sta_nella_stretta(pagina)


def test_chi_governa_guarda_i_tassi_e_sposta_il_calendario(
    unita: list[UnitaOrganizzativa],
    live_server: Any,
    pagina: Page,
    accessibile: Callable[[], None],
) -> None:
    sito = str(live_server.url)
    entra(pagina, sito)
    pagina.goto(f"{sito}/schede/monitoraggio/?anno=2022&frazione=T1")
    expect(pagina.locator("main")).to_contain_text("0 completi su 3, 0 in ritardo")
    accessibile()
    sta_nella_stretta(pagina)
    pagina.goto(f"{sito}/aziende/asst-prova/finestre/?anno={date.today().year}")  # noqa: DTZ011
    pagina.get_by_role("button", name="Proponi le finestre solite").click()
    expect(pagina.locator(".messaggi")).to_contain_text("10 finestre proposte")
    pagina.locator("summary", has_text="Concedi una proroga").first.click()
    accessibile()
    sta_nella_stretta(pagina)
