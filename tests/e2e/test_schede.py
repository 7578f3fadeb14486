# SPDX-License-Identifier: AGPL-3.0-or-later
"""The schede budget in the browser: proposed, written from the plan, weighed in the matrix."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from obiettivi.models import RigaScheda, SchedaBudget
from piani.models import Azienda, Utente
from tests.e2e.occhi import senza_scorrimento
from tests.factories import (
    PASSWORD,
    AreaFactory,
    AziendaFactory,
    IncaricoFactory,
    MisuraFactory,
    ObiettivoFactory,
    OrganigrammaFactory,
    PianoFactory,
    TargetFactory,
    UnitaFactory,
    UtenteFactory,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
STRETTA = {"width": 375, "height": 800}
INCOLLA = """(testo) => {
  const dati = new DataTransfer();
  dati.setData("text/plain", testo);
  document.activeElement.dispatchEvent(
    new ClipboardEvent("paste", { clipboardData: dati, bubbles: true, cancelable: true }));
}"""


@pytest.fixture
def azienda(transactional_db: None) -> Azienda:
    """An invented body with two CdR and a plan with an indicator."""
    azienda = AziendaFactory(nome="ASST inventata")
    organigramma = OrganigrammaFactory(azienda=azienda)
    for nome in ("Cardiologia", "Pediatria"):
        UnitaFactory(organigramma=organigramma, cdr=True, nome=nome)
    piano = PianoFactory(azienda=azienda)
    obiettivo = ObiettivoFactory(area=AreaFactory(piano=piano), titolo="Ridurre le attese")
    TargetFactory(misura=MisuraFactory(obiettivo=obiettivo), stampato="circa 60%")
    return azienda


@pytest.fixture
def controllo(azienda: Azienda) -> Utente:
    utente = UtenteFactory(username="anna.controllo")
    IncaricoFactory(utente=utente, azienda=azienda)
    return utente


def test_dalla_proposta_ai_pesi(
    pagina: Page,
    live_server: Any,
    controllo: Utente,
    azienda: Azienda,
    accessibile: Callable[[], None],
) -> None:
    pagina.goto(f"{live_server.url}/schede/proponi/?azienda={azienda.codice}&anno=2022")
    pagina.locator("[name=login]").fill(controllo.username)
    pagina.locator("[name=password]").fill(PASSWORD)
    pagina.locator("main button[type=submit]").click()
    expect(pagina.get_by_label("Cardiologia")).to_be_checked()
    accessibile()
    pagina.get_by_role("button", name="Crea le schede").click()
    expect(pagina.get_by_text("Proposte 2 schede.")).to_be_visible()
    accessibile()

    pagina.get_by_role("link", name="Cardiologia").click()
    expect(pagina.get_by_text("Prima di inviarla al CdR")).to_be_visible()
    accessibile()
    pagina.get_by_role("link", name="Scrivi la scheda").click()
    accessibile()
    pagina.locator("a", has_text="Aggiungi un obiettivo: P. Economica").click()
    pagina.get_by_label("Nel piano della performance").select_option(index=1)
    pagina.get_by_role("button", name="Prendi dal piano").click()
    expect(pagina.get_by_label("Obiettivo", exact=False).first).to_have_value("Ridurre le attese")
    atteso = pagina.get_by_label("Valore atteso")
    expect(atteso).to_have_value("circa 60%")
    atteso.fill("circa 65%")
    conferma = pagina.get_by_label("Confermo: è questo che la scheda intende")
    expect(conferma).to_have_value("circa 65%")
    accessibile()
    conferma.check()
    pagina.get_by_role("button", name="Salva").last.click()
    expect(pagina.get_by_text("Obiettivo aggiunto alla scheda.")).to_be_visible()
    riga = RigaScheda.objects.get()
    assert (riga.atteso, riga.da_confermare) == ("circa 65%", False)

    pagina.goto(f"{live_server.url}/schede/matrice/?azienda={azienda.codice}&anno=2022")
    accessibile()
    codice = riga.indicatore.codice
    pagina.get_by_label("P. Economica, Cardiologia").focus()
    pagina.keyboard.press("Enter")
    expect(pagina.get_by_label(f"{codice}, Cardiologia")).to_be_focused()
    pagina.evaluate(INCOLLA, "100\t99,5\n")
    expect(pagina.get_by_label(f"{codice}, Pediatria")).to_have_value("99,5")
    somme = pagina.locator(".matrice-somma output")
    expect(somme.first).to_have_text("100")
    expect(pagina.locator(".matrice-somma td").nth(1)).to_contain_text("99,5 non fa 100")
    pagina.get_by_role("button", name="Salva i pesi").click()
    expect(pagina.get_by_text("2 pesi cambiati.")).to_be_visible()
    pesi = RigaScheda.objects.order_by("area__scheda__unita__nome").values_list("peso", flat=True)
    assert [str(peso) for peso in pesi] == ["100.00", "99.50"]


def test_al_telefono_niente_esce_dallo_schermo(
    pagina: Page, live_server: Any, controllo: Utente, azienda: Azienda
) -> None:
    pagina.set_viewport_size(STRETTA)
    pagina.goto(f"{live_server.url}/schede/proponi/?azienda={azienda.codice}&anno=2022")
    pagina.locator("[name=login]").fill(controllo.username)
    pagina.locator("[name=password]").fill(PASSWORD)
    pagina.locator("main button[type=submit]").click()
    pagina.get_by_role("button", name="Crea le schede").click()
    expect(pagina.get_by_text("Proposte 2 schede.")).to_be_visible()
    scheda = SchedaBudget.objects.first()
    assert scheda is not None
    for indirizzo in (
        "/schede/",
        scheda.get_absolute_url(),
        f"{scheda.get_absolute_url()}modifica/",
        f"/schede/matrice/?azienda={azienda.codice}&anno=2022",
        "/schede/modelli/",
    ):
        pagina.goto(f"{live_server.url}{indirizzo}")
        senza_scorrimento(pagina)
