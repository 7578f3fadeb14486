# SPDX-License-Identifier: AGPL-3.0-or-later
"""The last act: the Relazione of the year, from the results to the page that anybody reads."""

from decimal import Decimal

from django.utils import timezone
from playwright.sync_api import Page, expect

from obiettivi import azioni
from obiettivi.models import Relazione, SezioneRelazione
from piani.models import DocumentoPubblicato
from piani.tasks import stampa_documento
from tests.e2e.scena_ciclo import ANNO, Scena, Tipo, guarda, premi, scaricato, trova

TESTO = "Un testo di prova, abbastanza lungo da dire qualcosa dell'anno."
Stato = Relazione.Stato


def pubblicata_la_relazione(pagina: Page, scena: Scena) -> None:
    """Worked by hand: visits 81/90 = 90, emergency room 90/90 = 100; the plan is their mean, 95."""
    rileva(scena, "ATTESE", 162)
    rileva(scena, "PS", 190)
    scena.adesso(Tipo.RELAZIONE)
    cominciata(pagina, scena)
    scritta(pagina, scena)
    approvata_e_validata(pagina, scena)
    pubblicata(pagina, scena)
    letta_da_tutti(pagina, scena)


def rileva(scena: Scena, codice: str, numeratore: int) -> None:
    """A result of the whole azienda, out of 200."""
    azioni.rileva(
        scena.azienda.indicatori.get(codice=codice), anno=ANNO,
        numeratore=Decimal(numeratore), denominatore=Decimal(200), da=scena.persona("anna"),
    )  # fmt: skip


def cominciata(pagina: Page, scena: Scena) -> None:
    trova(pagina, scena, "anna", f"Comincia la Relazione sulla performance {ANNO}")
    guarda(pagina)
    pagina.get_by_role("button", name="Comincia la relazione").click()
    expect(pagina.locator(".blocco-ferma")).to_contain_text("6 cose fermano il passo")
    guarda(pagina)
    # A result corrected afterwards: the tables wait to be made again.
    rileva(scena, "PS", 180)
    pagina.goto(f"{scena.sito}{scena.piano.get_absolute_url()}")
    expect(pagina.locator(".punteggi")).to_contain_text("95")


def scritta(pagina: Page, scena: Scena) -> None:
    trova(pagina, scena, "anna", f"Approva la relazione: Relazione sulla performance {ANNO}")
    premi(pagina, "Rigenera le tabelle", "Tabelle rigenerate")
    pagina.get_by_role("link", name="Scrivi cause e azioni correttive").click()
    expect(pagina.locator("main fieldset")).to_have_count(1)
    pagina.get_by_label("Causa").fill("Due cardiologi in meno da marzo.")
    pagina.get_by_label("Azione correttiva").fill("Concorso bandito.")
    guarda(pagina)
    premi(pagina, "Salva tutto", "")
    for tipo in SezioneRelazione.DA_SCRIVERE:
        capitoli = pagina.locator("section[aria-labelledby=capitoli]")
        capitoli.get_by_role("link", name=tipo.label, exact=True).click()
        if tipo == "presentazione":
            guarda(pagina)
        pagina.get_by_label("Testo").fill(TESTO)
        premi(pagina, "Salva il capitolo", "Capitolo salvato.")
    expect(pagina.locator(".blocco-ferma")).to_have_count(0)
    guarda(pagina)


def approvata_e_validata(pagina: Page, scena: Scena) -> None:
    trova(pagina, scena, "dario", "Approva la relazione")
    pagina.get_by_label("Numero").fill("12")
    pagina.get_by_label("Data dell'atto").fill(str(timezone.localdate()))
    pagina.get_by_label("Organo che approva").fill("Direttore Generale")
    avvertenze = pagina.locator("#avvertenze")
    if avvertenze.count():
        avvertenze.check()
    guarda(pagina)
    premi(pagina, "Approva la relazione", "Relazione approvata")
    trova(pagina, scena, "anna", "Manda la relazione al Nucleo")
    premi(pagina, "Manda la relazione al Nucleo", "Relazione mandata al Nucleo.")

    trova(pagina, scena, "carla", "Valida la relazione")
    pagina.get_by_role("link", name="Rispondi ai criteri").click()
    criteri = pagina.locator("main fieldset")
    for n in range(criteri.count() - 1):
        criteri.nth(n).get_by_label("Esito").select_option(label="Soddisfatto")
    pagina.get_by_label("Conclusione").select_option(label="Validata")
    guarda(pagina)
    pagina.get_by_role("button", name="Registra la valutazione").click()
    expect(pagina.locator("main")).to_contain_text("Non è stato registrato nulla")
    pagina.get_by_label("Motivazione complessiva").fill("Completa e chiara.")
    premi(pagina, "Registra la valutazione", "La tua valutazione è registrata.")


def pubblicata(pagina: Page, scena: Scena) -> None:
    trova(pagina, scena, "anna", "Pubblica la relazione")
    guarda(pagina)
    premi(pagina, "Pubblica la relazione", "Versione fissata")
    for documento in DocumentoPubblicato.objects.all():  # the worker
        stampa_documento(documento.pk)
    assert Relazione.objects.get().stato == Stato.PUBBLICATA


def letta_da_tutti(pagina: Page, scena: Scena) -> None:
    """Nobody logged in."""
    pagina.context.clear_cookies()
    pagina.goto(f"{scena.sito}/amministrazione-trasparente/{scena.azienda.codice}/")
    pagina.get_by_role("link", name="Relazione sulla Performance", exact=True).click()
    guarda(pagina)
    pagina.get_by_role("link", name=f"Relazione sulla performance {ANNO}").first.click()
    expect(pagina.get_by_role("heading", level=1).first).to_contain_text(str(ANNO))
    expect(pagina.locator("main")).to_contain_text("Due cardiologi in meno da marzo.")
    expect(pagina.locator("main")).to_contain_text("95")
    expect(pagina.locator("tr", has_text="Cardiologia")).to_contain_text("86,30")
    expect(pagina.locator("main")).not_to_contain_text("Gino")
    guarda(pagina)
    assert scaricato(pagina, scena, "Documento (PDF").startswith(b"%PDF")
