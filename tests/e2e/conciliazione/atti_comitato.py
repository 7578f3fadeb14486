# SPDX-License-Identifier: AGPL-3.0-or-later
"""The acts of a meeting of the Comitato; the page is already of who acts."""

from collections.abc import Mapping
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from conciliazione.models import EdizioneConciliazione, Seduta, Seggio
from tests.e2e.scena_ciclo import guarda, premi


def vai(pagina: Page, sito: str, seduta: Seduta) -> None:
    """Through the edition to the page of the meeting."""
    pagina.goto(f"{sito}{seduta.edizione.get_absolute_url()}")
    pagina.get_by_role("navigation", name="Parti della conciliazione").get_by_role(
        "link", name="Comitato", exact=True
    ).click()
    pagina.get_by_role("main").get_by_role("link", name=seduta.oggetto, exact=True).click()


def convocata(
    pagina: Page, sito: str, edizione: EdizioneConciliazione, *, oggetto: str, punti: list[str]
) -> Seduta:
    """The office calls it: too late first, then with due notice."""
    pagina.goto(f"{sito}{reverse('conciliazione_comitato', args=[edizione.slug])}")
    guarda(pagina)
    pagina.get_by_role("link", name="Nuova seduta").click()
    guarda(pagina)
    pagina.get_by_label("Oggetto").fill(oggetto)
    pagina.get_by_label("Sede").fill("Sala grande, corso Italia")
    presto = timezone.localtime() + timedelta(days=2)
    pagina.get_by_label("Giorno e ora").fill(f"{presto:%Y-%m-%dT10:00}")
    premi(pagina, "Salva la seduta", "Seduta in preparazione")
    for n, punto in enumerate(punti):
        if n:
            pagina.get_by_text("Aggiungi un punto").first.click()
        pagina.get_by_label("Argomento").fill(punto)
        pagina.get_by_label("Genere").select_option("Decisione")
        premi(pagina, "Aggiungi il punto", "Punto aggiunto.")
    guarda(pagina)
    pagina.get_by_role("button", name="Convoca").click()
    expect(pagina.get_by_role("alert")).to_contain_text("La convocazione parte troppo tardi")
    guarda(pagina)
    pagina.get_by_role("link", name="Modifica", exact=True).click()
    pagina.get_by_label("Giorno e ora").fill(f"{presto + timedelta(days=5):%Y-%m-%dT10:00}")
    premi(pagina, "Salva la seduta", "Seduta modificata.")
    premi(pagina, "Convoca", "Seduta convocata")
    guarda(pagina)
    return Seduta.objects.get(edizione=edizione, oggetto=oggetto)


def nel_suo_giorno(seduta: Seduta) -> None:
    """The days of the notice go by."""
    Seduta.objects.filter(pk=seduta.pk).update(quando=timezone.now())


def aperta(pagina: Page, sito: str, seduta: Seduta, presenti: Mapping[Seggio, str]) -> None:
    """The office marks who is there, by seat «titolare» or «supplente», and opens it."""
    vai(pagina, sito, seduta)
    pagina.get_by_role("link", name="Segna le presenze").click()
    for seggio, come in presenti.items():
        segno = "t" if come == "titolare" else "s"
        pagina.locator(f"#{segno}-{seggio.pk}").check()
    guarda(pagina)
    premi(pagina, "Salva le presenze", "Presenze segnate.")
    guarda(pagina)
    premi(pagina, "Apri la seduta", "Seduta aperta.")


def messa_ai_voti(pagina: Page, sito: str, seduta: Seduta, punto: str, quesito: str) -> None:
    """The office puts a question to the vote under an item."""
    vai(pagina, sito, seduta)
    scheda = pagina.get_by_role("article").filter(has=pagina.get_by_role("heading", name=punto))
    scheda.get_by_text("Scrivi l’esito").click()
    scheda.get_by_label("quesito").fill(quesito)
    guarda(pagina)
    premi(pagina, "Metti ai voti", "Si vota")


def votata(pagina: Page, sito: str, quesito: str, voto: str) -> None:
    """Who sits finds the question in their own page, and votes."""
    pagina.goto(f"{sito}{reverse('mie_sedute')}")
    guarda(pagina)
    pagina.get_by_role("link", name=quesito).click()
    pagina.get_by_label(voto, exact=True).check()
    guarda(pagina)
    premi(pagina, "Vota", "Il voto è registrato.")


def decisa(pagina: Page, sito: str, seduta: Seduta, esito: str) -> None:
    """The office counts the votes and ends the meeting."""
    vai(pagina, sito, seduta)
    premi(pagina, "Chiudi la votazione", "Votazione chiusa")
    expect(pagina.get_by_role("main")).to_contain_text(esito)
    guarda(pagina)
    premi(pagina, "Chiudi la seduta", "Seduta chiusa")


def verbale_inviato(pagina: Page, sito: str, seduta: Seduta) -> None:
    """The office takes the text that is proposed and sends it."""
    vai(pagina, sito, seduta)
    premi(pagina, "Proponi il verbale", "Il testo è proposto")
    guarda(pagina)
    premi(pagina, "Salva il verbale", "Verbale salvato.")
    guarda(pagina)
    premi(pagina, "Invia ai componenti per la validazione", "Verbale inviato")
    guarda(pagina)


def verbale_validato(pagina: Page, sito: str, seduta: Seduta) -> None:
    """Who sits says that they are right."""
    pagina.goto(f"{sito}{reverse('mie_sedute')}")
    pagina.get_by_role("region", name="Verbali da validare").get_by_role("link").first.click()
    pagina.get_by_label("È conforme").check()
    guarda(pagina)
    premi(pagina, "Rispondi", "la tua risposta è registrata")


def verbale_definitivo(pagina: Page, sito: str, seduta: Seduta) -> None:
    """The office ends the validation."""
    pagina.goto(f"{sito}{reverse('verbale', args=[seduta.pk])}")
    premi(pagina, "Concludi la validazione", "Verbale definitivo")
    guarda(pagina)
