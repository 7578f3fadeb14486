# SPDX-License-Identifier: AGPL-3.0-or-later
"""The acts of the network: a body asks, confirms, is accepted, leaves; the composition of the
semester. Where the page is of somebody, it is already of who acts.
"""

import re
from datetime import timedelta

from django.core import mail
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from conciliazione.azioni.adesione import spedisci_conferma
from conciliazione.models import Adesione, EdizioneConciliazione, Ente
from tests.e2e.conciliazione.passi import guarda, premi


def chiesta(
    pagina: Page, sito: str, edizione: EdizioneConciliazione, *, nome: str, codice: str,
    tipo: str = "Soggetti privati (organizzazioni no profit)", email: str, referente: str,
) -> Adesione:  # fmt: skip
    """Anybody fills in the public module: first forgetting a declaration, then whole."""
    pagina.context.clear_cookies()
    pagina.goto(f"{sito}{reverse('rete_pubblica', args=[edizione.azienda.codice])}")
    guarda(pagina)
    pagina.get_by_role("link", name="Aderisci alla Rete").click()
    guarda(pagina)
    scritti = {
        "Legale rappresentante": "Ada Inventata", "Denominazione dell'ente": nome,
        "Codice fiscale": codice, "Comune della sede legale": "Lodi", "Provincia": "LO",
        "Via": "via delle Prove", "Numero civico": "3", "Posta elettronica dell'ente": email,
        "Telefono dell'ente": "02 0000000", "Nome del referente per la Rete": "Bice",
        "Cognome del referente": "Inventata", "Telefono del referente": "02 0000001",
        "Posta elettronica del referente": referente,
    }  # fmt: skip
    for etichetta, valore in scritti.items():
        pagina.get_by_label(re.compile(rf"^{etichetta}( \*)?$")).fill(valore)
    pagina.get_by_label("Tipologia").select_option(tipo)
    pagina.get_by_label(re.compile("manifesta il proprio interesse")).check()
    pagina.get_by_role("button", name="Invia la richiesta").click()
    expect(pagina.locator("main")).to_contain_text("Ciò che hai scritto è rimasto.")
    expect(pagina.get_by_label(re.compile("^Denominazione"))).to_have_value(nome)
    guarda(pagina, "con un errore")
    pagina.get_by_label(re.compile("preso visione del Regolamento")).check()
    pagina.get_by_label(re.compile("Ho letto l'informativa")).check()
    pagina.get_by_role("button", name="Invia la richiesta").click()
    expect(pagina.get_by_role("heading", level=1)).to_have_text("Manca la conferma")
    guarda(pagina)
    return Adesione.objects.get(denominazione=nome)


def confermata(pagina: Page, sito: str, adesione: Adesione) -> None:
    """Who reads the mail of the body opens the link and presses the button."""
    spedisci_conferma(adesione)
    trovato = re.search(r"https?://[^/\s]+(/\S+)", str(mail.outbox[-1].body))
    assert trovato
    pagina.goto(f"{sito}{trovato.group(1)}")
    guarda(pagina)
    pagina.get_by_role("button", name="Conferma la richiesta").click()
    expect(pagina.get_by_role("heading", level=1)).to_have_text("Richiesta confermata")
    guarda(pagina)


def accolta(pagina: Page, sito: str, adesione: Adesione) -> Ente:
    """The office finds it among the things to do, and writes that the Comitato accepts it."""
    pagina.goto(f"{sito}/")
    pagina.locator(".cose").get_by_role("link", name=re.compile("da valutare")).first.click()
    guarda(pagina)
    pagina.get_by_role("main").get_by_role("link", name=adesione.denominazione).click()
    guarda(pagina)
    pagina.get_by_role("link", name="Accogli la richiesta").click()
    guarda(pagina)
    premi(pagina, "Accogli la richiesta", "l'ente fa parte della Rete")
    guarda(pagina)
    pagina.get_by_role("link", name="La pagina dell’ente").click()
    expect(pagina.locator("main")).to_contain_text("Nella Rete")
    guarda(pagina)
    adesione.refresh_from_db()
    assert adesione.ente is not None
    return adesione.ente


def composizione_approvata(pagina: Page, sito: str, edizione: EdizioneConciliazione) -> None:
    """The office prepares the composition of the semester and approves it."""
    pagina.goto(f"{sito}{reverse('conciliazione_rete', args=[edizione.slug])}")
    guarda(pagina)
    pagina.get_by_role("main").get_by_role("link", name="Composizione", exact=True).click()
    guarda(pagina)
    pagina.get_by_role("link", name="Prepara la composizione").click()
    guarda(pagina)
    pagina.get_by_label("Totale stampato").fill("3")
    premi(pagina, "Salva", "La bozza è pronta")
    pagina.get_by_role("main").get_by_role("link", name=re.compile("semestre")).first.click()
    guarda(pagina)
    premi(pagina, "Approva", "i suoi numeri non cambiano più")
    guarda(pagina)


def rinunciata(
    pagina: Page, sito: str, adesione: Adesione, edizione: EdizioneConciliazione
) -> None:
    """Who represents the body asks to leave."""
    pagina.goto(f"{sito}{reverse('rete_adesione', args=[edizione.slug, adesione.pk])}")
    pagina.get_by_role("link", name="Rinuncia alla Rete").click()
    guarda(pagina)
    pagina.get_by_label("Perché l'ente rinuncia").fill("Ha altre priorità.")
    decorre = timezone.localdate() + timedelta(days=30)
    pagina.get_by_label("Decorre dal").fill(str(decorre))
    premi(pagina, "Presenta la rinuncia", "resta nella Rete fino alla presa d'atto")
    guarda(pagina)


def presa_d_atto(pagina: Page, sito: str, edizione: EdizioneConciliazione) -> None:
    """The office finds the renunciation and takes note of it."""
    pagina.goto(f"{sito}/")
    pagina.locator(".cose").get_by_role("link", name=re.compile("prendere atto")).first.click()
    pagina.get_by_role("table").get_by_role("link").first.click()
    pagina.get_by_role("link", name="Prendi atto").click()
    guarda(pagina)
    premi(pagina, "Prendi atto", "Presa d'atto registrata")
    guarda(pagina)
