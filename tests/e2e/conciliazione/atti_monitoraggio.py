# SPDX-License-Identifier: AGPL-3.0-or-later
"""The acts of monitoring and of the money; the page is already of who acts."""

import re
from collections.abc import Iterable
from datetime import date, timedelta

from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from conciliazione.models import EdizioneConciliazione, Progetto
from tests.e2e.conciliazione.passi import guarda, premi

FATTURA = {"name": "fattura.txt", "mimeType": "text/plain"}


def vai(pagina: Page, sito: str, edizione: EdizioneConciliazione) -> None:
    """Through the edition to its monitoring."""
    pagina.goto(f"{sito}{edizione.get_absolute_url()}")
    pagina.get_by_role("navigation", name="Parti della conciliazione").get_by_role(
        "link", name="Monitoraggio", exact=True
    ).click()


def al_progetto(pagina: Page, sito: str, progetto: Progetto) -> None:
    """To the money of a project."""
    vai(pagina, sito, progetto.edizione)
    pagina.get_by_role("link", name=re.compile(re.escape(progetto.titolo))).click()


def semestre_aperto(
    pagina: Page, sito: str, edizione: EdizioneConciliazione, *, anno: int, semestre: int = 1
) -> None:
    """The office opens a semester, whose window is open today."""
    oggi = timezone.localdate()
    vai(pagina, sito, edizione)
    guarda(pagina)
    pagina.get_by_role("link", name="Apri un semestre").click()
    pagina.get_by_label("Anno").fill(str(anno))
    pagina.get_by_label("Semestre").select_option(str(semestre))
    pagina.get_by_label("Si rileva dal").fill(str(oggi - timedelta(days=1)))
    pagina.get_by_label("Si rileva fino al").fill(str(oggi + timedelta(days=30)))
    guarda(pagina)
    premi(pagina, "Apri il semestre", "Semestre aperto")


def rilevazione_trasmessa(
    pagina: Page, sito: str, progetto: Progetto, *, persone: int, imprese: int
) -> None:
    """The capofila finds the report among the things to do, writes it and sends it."""
    pagina.goto(f"{sito}/")
    pagina.get_by_role("link", name=re.compile(f"^Rileva il .*{progetto.titolo}")).click()
    pagina.get_by_label("Che cosa si è fatto").fill("Aperti due centri estivi.")
    for campo in pagina.get_by_label(re.compile("^Persone, ")).all():
        campo.fill(str(persone))
    for campo in pagina.get_by_label(re.compile("^Imprese ed enti, ")).all():
        campo.fill(str(imprese))
    guarda(pagina)
    premi(pagina, "Trasmetti", "Rilevazione trasmessa all'ATS.")


def rilevazione_validata(pagina: Page, sito: str, progetto: Progetto) -> None:
    """The office looks at the report and validates it."""
    pagina.goto(f"{sito}/")
    pagina.get_by_role(
        "link", name=re.compile(f"^Guarda la rilevazione: .*{progetto.titolo}")
    ).click()
    guarda(pagina)
    premi(pagina, "Valida la rilevazione", "Rilevazione validata.")


def semestre_chiuso(pagina: Page) -> None:
    """From the page of the semester: its indicators are frozen."""
    guarda(pagina)
    pagina.on("dialog", lambda domanda: domanda.accept())
    premi(pagina, "Chiudi il semestre", "i suoi indicatori sono fissati")
    guarda(pagina)


def spesa_inserita(
    pagina: Page, sito: str, progetto: Progetto, *, importo: str, giorno: date, documento: str
) -> None:
    """A body of the Alleanza enters an expense with its paper."""
    al_progetto(pagina, sito, progetto)
    pagina.get_by_role("link", name="Inserisci una spesa").click()
    pagina.get_by_label("Voce di budget").select_option(index=1)
    pagina.get_by_label("Ente che l'ha sostenuta").select_option(index=1)
    pagina.get_by_label("Che cosa").fill("Educatori")
    pagina.get_by_label("Documento", exact=False).first.fill(documento)
    pagina.get_by_label("Data del documento").fill(str(giorno))
    pagina.get_by_label("Importo").fill(importo)
    pagina.get_by_label("Pagata il").fill(str(giorno))
    pagina.get_by_label("Documento di spesa (file)").set_input_files(
        files=[FATTURA | {"buffer": documento.encode()}]
    )
    guarda(pagina)
    premi(pagina, "Inserisci la spesa", "Spesa inserita con il suo documento.")
    guarda(pagina)


def personale_inserito(
    pagina: Page, sito: str, progetto: Progetto, *, ore: str, costo: str, conto: str
) -> None:
    """A body gives hours of its staff; ``conto`` is the arithmetic that the page must show."""
    al_progetto(pagina, sito, progetto)
    pagina.get_by_role("link", name="Inserisci un cofinanziamento").click()
    pagina.get_by_role("combobox", name="Ente").select_option(index=1)
    pagina.get_by_role("combobox", name="Forma").select_option(
        label="Personale dedicato al progetto"
    )
    pagina.get_by_label("Ore di personale").fill(ore)
    pagina.get_by_label("Costo di un'ora").fill(costo)
    guarda(pagina)
    premi(pagina, "Inserisci", "Cofinanziamento inserito.")
    expect(pagina.locator("main")).to_contain_text(conto)


def rata_chiesta(
    pagina: Page,
    sito: str,
    progetto: Progetto,
    *,
    rata: str,
    importo: str,
    conti: Iterable[str] = (),
) -> None:
    """The capofila asks for an instalment (``rata``: its name) with all its expenses; ``conti``
    are sentences of the ceilings that the page must show.
    """
    al_progetto(pagina, sito, progetto)
    premi(pagina, f"Chiedi la rata «{rata}»", "Rendiconto iniziato")
    for conto in conti:
        expect(pagina.locator("main")).to_contain_text(conto)
    pagina.get_by_label("Quanto si chiede").fill(importo)
    guarda(pagina)
    premi(pagina, "Trasmetti all'ATS", "Rendiconto trasmesso all'ATS.")
    guarda(pagina)


def rata_approvata(
    pagina: Page, sito: str, progetto: Progetto, *, importo: str, nota: str = ""
) -> None:
    """The office recognises every row in full, and an amount of what was asked."""
    pagina.goto(f"{sito}/")
    pagina.get_by_role(
        "link", name=re.compile(f"^Verifica il rendiconto: .*{progetto.titolo}")
    ).click()
    guarda(pagina)
    if pagina.get_by_role("button", name="Salva l'esame").count():
        pagina.get_by_label("Ammetti per intero le righe lasciate vuote").check()
        premi(pagina, "Salva l'esame", "Esame salvato.")
    pagina.get_by_label("Quanto si riconosce").fill(importo)
    pagina.locator("section", has=pagina.locator("#approva")).get_by_label("Nota").fill(nota)
    premi(pagina, "Approva il rendiconto", "Rendiconto approvato.")
    guarda(pagina)


def rata_pagata(pagina: Page, sito: str, progetto: Progetto, *, atto: str, importo: str) -> None:
    """Who disposes of the resources arranges the payment and marks it as made."""
    pagina.goto(f"{sito}/")
    pagina.get_by_role(
        "link", name=re.compile(f"^Disponi il pagamento: .*{progetto.titolo}")
    ).click()
    expect(pagina.locator("main")).to_contain_text(f"Restano da pagare {importo}")
    pagina.get_by_label("Atto di liquidazione").fill(atto)
    premi(pagina, "Disponi il pagamento", "Pagamento disposto.")
    pagina.goto(f"{sito}{reverse('pagamenti', args=[progetto.edizione.slug])}")
    riga = pagina.get_by_role("row").filter(has_text=atto)
    riga.locator("summary", has_text="Segna eseguito").click()
    guarda(pagina)
    riga.get_by_label("Mandato").fill("12")
    riga.get_by_role("button", name="Eseguito", exact=True).click()
    expect(pagina.locator(".messaggi")).to_contain_text("Pagamento eseguito.")
