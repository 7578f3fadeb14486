# SPDX-License-Identifier: AGPL-3.0-or-later
"""The acts of the projects: born, agreed on, signed, started; the financial plan; the grants.

The page is already of who acts.
"""

import re

from django.urls import reverse
from playwright.sync_api import Page, expect

from conciliazione.models import EdizioneConciliazione, Ente, Progetto
from tests.e2e.scena_ciclo import guarda, premi


def creato(pagina: Page, sito: str, edizione: EdizioneConciliazione, *, titolo: str) -> Progetto:
    """The office makes the project of a financed proposal."""
    pagina.goto(f"{sito}{reverse('conciliazione_progetti', args=[edizione.slug])}")
    guarda(pagina)
    riga = pagina.get_by_role("listitem").filter(has_text=titolo)
    riga.get_by_role("button", name=re.compile("^Crea il progetto")).click()
    expect(pagina.get_by_role("heading", level=1)).to_contain_text(titolo)
    guarda(pagina)
    return Progetto.objects.get(edizione=edizione, titolo=titolo)


def accordo_alla_firma(pagina: Page, sito: str, progetto: Progetto) -> None:
    """The capofila writes the agreement of the Alleanza and sends it to be signed."""
    _vai(pagina, sito, progetto)
    pagina.get_by_role("link", name="Scrivi: Accordo di partenariato").click()
    guarda(pagina)
    pagina.get_by_label("Testo").fill("Ogni ente mette il proprio personale e i propri spazi.")
    premi(pagina, "Salva il testo", "Testo salvato")
    premi(pagina, "Manda alla firma", "Accordo alla firma")
    expect(pagina.locator("main")).to_contain_text("da firmare")


def firmato(pagina: Page, sito: str, progetto: Progetto, ente: Ente) -> None:
    """The referente of a body signs for it."""
    _vai(pagina, sito, progetto)
    premi(pagina, f"Firma per {ente}", f"Firmato per {ente}.")


def avviato(pagina: Page, sito: str, progetto: Progetto, *, dal: str, al: str) -> None:
    """The office writes the act of the grant and the period, then starts the project."""
    _vai(pagina, sito, progetto)
    pagina.get_by_role("link", name="Modifica i dati").click()
    pagina.get_by_label("CUP").fill("B41B21000010002")
    pagina.get_by_label("Atto di concessione").fill("Deliberazione di prova n. 9")
    pagina.get_by_label("Dal", exact=True).fill(dal)
    pagina.get_by_label("Al", exact=True).fill(al)
    premi(pagina, "Salva", "Dati del progetto salvati.")
    pagina.get_by_role("link", name="Avvia", exact=True).click()
    guarda(pagina)
    pagina.get_by_label("Avviato il").fill(dal)
    premi(pagina, "Avvia il progetto", "Progetto avviato.")
    expect(pagina.locator("main")).to_contain_text("In corso")


def piano_finanziario_approvato(pagina: Page, sito: str, edizione: EdizioneConciliazione) -> None:
    """The office opens the financial plan from the rules of the edition and approves it."""
    pagina.goto(f"{sito}{reverse('conciliazione_finanziario', args=[edizione.slug])}")
    guarda(pagina)
    premi(pagina, "Apri la bozza", "Bozza aperta")
    guarda(pagina)
    expect(pagina.locator("main")).to_contain_text("Fonti e impieghi sono uguali")
    premi(pagina, "Approva il piano finanziario", "Piano finanziario approvato.")


def fra_le_concessioni(pagina: Page, sito: str, progetto: Progetto) -> None:
    """Anybody, with no login, reads the grant in the public list."""
    pagina.context.clear_cookies()
    codice = progetto.edizione.azienda.codice
    pagina.goto(f"{sito}{reverse('progetto_concessioni', args=[codice])}")
    guarda(pagina)
    expect(pagina.get_by_role("row").filter(has_text=progetto.titolo)).to_contain_text(
        "Deliberazione di prova n. 9"
    )


def _vai(pagina: Page, sito: str, progetto: Progetto) -> None:
    pagina.goto(f"{sito}{reverse('progetto', args=[progetto.pk])}")
