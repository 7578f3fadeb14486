# SPDX-License-Identifier: AGPL-3.0-or-later
"""The acts of the impact; the page is already of who acts."""

import re
from datetime import date

from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from conciliazione.models import EdizioneConciliazione, Progetto
from tests.e2e.scena_ciclo import guarda, premi


def vai(pagina: Page, sito: str, edizione: EdizioneConciliazione) -> None:
    """Through the edition to its impact."""
    pagina.goto(f"{sito}{edizione.get_absolute_url()}")
    pagina.get_by_role("navigation", name="Parti della conciliazione").get_by_role(
        "link", name="Impatto", exact=True
    ).click()


def mappa_scritta(pagina: Page, sito: str, progetto: Progetto) -> None:
    """The capofila writes a row of the map of its project."""
    vai(pagina, sito, progetto.edizione)
    guarda(pagina)
    pagina.get_by_role("link", name=progetto.titolo, exact=True).first.click()
    pagina.get_by_role("link", name="Scrivi la mappa").click()
    for nome, testo in (
        ("Obiettivo", "Più tempo per chi lavora"), ("Beneficiari", "Dipendenti con figli"),
        ("Input", "Due educatrici"), ("Attività", "Centro estivo"),
        ("Output", "120 posti"), ("Outcome", "Meno stress"),
    ):  # fmt: skip
        pagina.get_by_label(f"{nome}, riga 1").fill(testo)
    guarda(pagina)
    premi(pagina, "Salva la mappa", "Mappa salvata.")


def kpi_rilevato(pagina: Page, *, base: str, atteso: str, valore: str, giorno: date) -> None:
    """From the map: a KPI with its baseline, and a value."""
    pagina.get_by_role("link", name=re.compile("^Aggiungi un KPI")).first.click()
    pagina.get_by_label("indicatore").fill("Ore di lavoro perse al mese")
    pagina.get_by_label("unità di misura").fill("ore")
    pagina.get_by_label("verso").select_option("diminuisce")
    pagina.get_by_label("Partenza", exact=True).fill(base)
    pagina.get_by_label("Partenza al").fill("2021-01-01")
    pagina.get_by_label("Atteso").fill(atteso)
    premi(pagina, "Salva", "KPI salvato.")
    pagina.get_by_role("link", name="Ore di lavoro perse al mese").click()
    pagina.get_by_label(re.compile(r"^Al\b")).fill(giorno.isoformat())
    pagina.get_by_label("Valore").fill(valore)
    premi(pagina, "Registra", "Valore registrato.")
    guarda(pagina)


def questionario_aperto(
    pagina: Page, sito: str, edizione: EdizioneConciliazione, *, titolo: str, quanti: int
) -> list[str]:
    """The office prepares a questionnaire with the proposed questions, opens it, and has links."""
    vai(pagina, sito, edizione)
    pagina.get_by_role("link", name="Prepara un questionario").click()
    pagina.get_by_label("Titolo").fill(titolo)
    pagina.get_by_label("rivolto a").select_option("beneficiari")
    guarda(pagina)
    premi(pagina, "Prepara la bozza", "Bozza pronta")
    guarda(pagina)
    oggi = timezone.localdate().isoformat()
    pagina.get_by_role("link", name="Apri il questionario").click()
    pagina.get_by_label("Si apre il").fill(oggi)
    pagina.get_by_label("Si chiude il").fill(oggi)
    premi(pagina, "Apri", "Questionario aperto")
    pagina.get_by_role("link", name="Prepara gli inviti").click()
    pagina.get_by_label("Quanti collegamenti").fill(str(quanti))
    guarda(pagina)
    pagina.get_by_role("button", name="Prepara gli inviti").click()
    collegamenti = pagina.locator(".collegamenti a").all_inner_texts()
    assert len(collegamenti) == quanti
    return collegamenti


def risposto(browser: Browser, sito: str, collegamento: str, *, grado: int) -> None:
    """Somebody, who is nobody, answers on a telephone with no script."""
    contesto = browser.new_context(
        viewport={"width": 375, "height": 800}, locale="it-IT", java_script_enabled=False
    )
    pagina = contesto.new_page()
    pagina.goto(sito + collegamento[collegamento.index("/q/") :])
    for domanda in pagina.get_by_role("group").all():
        quello = domanda.get_by_label(str(grado), exact=True)
        (quello if quello.count() else domanda.get_by_label("Sì", exact=True)).check()
    pagina.get_by_role("button", name="Invia le risposte").click()
    expect(pagina.get_by_role("heading", level=1)).to_have_text("Grazie, la risposta è arrivata")
    contesto.close()


def questionario_chiuso(pagina: Page, sito: str, questionario: int) -> None:
    """The office closes it, and reads what came out."""
    pagina.goto(sito + reverse("questionario", args=[questionario]))
    pagina.get_by_role("link", name="Chiudi il questionario").click()
    premi(pagina, "Chiudi il questionario", "Questionario chiuso")
    expect(pagina.get_by_role("heading", name="Medie per dimensione")).to_be_visible()
    guarda(pagina)
