# SPDX-License-Identifier: AGPL-3.0-or-later
"""The act of a person: the card of Gino, whose results come from the scheda of his CdR."""

import re

from django.urls import reverse
from playwright.sync_api import Page, expect

from obiettivi.models import ValutazioneIndividuale
from tests.e2e.scena_ciclo import ANNO, Scena, Tipo, entra, guarda, premi, scaricato, trova

Stato = ValutazioneIndividuale.Stato
LIVELLI = ("Buono", "Eccellente", "Adeguato")  # 85, 100, 70


def la_scheda_di(scena: Scena, nome: str) -> ValutazioneIndividuale:
    return ValutazioneIndividuale.objects.get(persona=scena.persona(nome), anno=ANNO)


def valutata_una_persona(pagina: Page, scena: Scena) -> None:
    """Worked by hand, «Incarichi di funzione» (70/30; in the results 70 the scheda, 30 the rest).

    Objectives 0,60 × 100 + 0,40 × 50 = 80; results 0,70 × 86,3 + 0,30 × 80 = 84,41; behaviours
    0,40 × 85 + 0,35 × 100 + 0,25 × 70 = 86,5; score 0,70 × 84,41 + 0,30 × 86,5 = 85,037.
    """
    regole_e_schede(pagina, scena)
    scena.adesso(Tipo.AUTOVALUTAZIONE)
    obiettivi(pagina, scena)
    autovalutazione(pagina, scena)
    scena.adesso(Tipo.VALUTAZIONE)
    valutazione(pagina, scena)
    firme(pagina, scena)


def regole_e_schede(pagina: Page, scena: Scena) -> None:
    entra(pagina, scena, "ilaria")
    pagina.get_by_role("link", name="Valutazioni", exact=True).click()
    pagina.get_by_role("link", name="Anni, regole e aggregati").click()
    guarda(pagina)
    pagina.get_by_role("spinbutton", name="Anno").fill(str(ANNO))
    pagina.get_by_label("Copiate da").select_option("modello")
    pagina.get_by_role("button", name="Copia e modifica").click()
    expect(pagina.get_by_role("heading", level=1)).to_contain_text(str(ANNO))
    guarda(pagina)
    dove = reverse("valutazioni_anno", args=[scena.azienda.codice, ANNO])
    pagina.goto(f"{scena.sito}{dove}")
    pagina.get_by_label("Categoria dei responsabili").select_option(label="Dirigenza")
    pagina.get_by_label("Categoria del personale").select_option(label="Incarichi di funzione")
    premi(pagina, "Assegna le schede", "Schede nuove: 3.")
    guarda(pagina)
    assert la_scheda_di(scena, "gino").valutatore == scena.persona("elena")
    assert la_scheda_di(scena, "elena").valutatore == scena.persona("franca")
    assert la_scheda_di(scena, "franca").valutatore == scena.persona("dario")


def _apre(pagina: Page, scena: Scena, cosa: str) -> None:
    """The head finds what to do, and in the list of people the one it is about."""
    trova(pagina, scena, "elena", cosa)
    pagina.get_by_role("link", name=re.compile("^Gino")).click()


def _passo(pagina: Page, nome: str, bottone: str, detto: str) -> None:
    pagina.locator(f"#passo-{nome}").get_by_role("button", name=bottone, exact=True).click()
    expect(pagina.locator(".messaggi")).to_contain_text(detto)


def obiettivi(pagina: Page, scena: Scena) -> None:
    _apre(pagina, scena, "Assegna gli obiettivi a 1 persona")
    guarda(pagina)
    passo = pagina.locator("#passo-obiettivi")
    for n, (testo, peso) in enumerate((("Seguire le visite rinviate", "60"), ("Un corso", "30"))):
        gruppo = passo.get_by_role("group", name=f"Obiettivo {n + 1}")
        gruppo.get_by_label("Obiettivo", exact=True).fill(testo)
        gruppo.get_by_label("Peso %").fill(peso)
    passo.get_by_role("group", name="Obiettivo 1").get_by_label(
        "Dalla scheda budget"
    ).select_option(label="Ridurre le attese")
    passo.get_by_role("button", name="Salva gli obiettivi").click()
    expect(pagina.locator("#passo-obiettivi")).to_contain_text("fanno 90: devono fare 100")
    gruppo = pagina.get_by_role("group", name="Obiettivo 2")
    expect(gruppo.get_by_label("Obiettivo", exact=True)).to_have_value("Un corso")
    gruppo.get_by_label("Peso %").fill("40")
    _passo(pagina, "obiettivi", "Salva gli obiettivi", "Obiettivi salvati")


def autovalutazione(pagina: Page, scena: Scena) -> None:
    trova(pagina, scena, "gino", f"Autovalutati per il {ANNO}")
    guarda(pagina)
    _passo(pagina, "visione", "Ho letto", "Presa visione registrata.")
    livelli = pagina.locator("#passo-autovaluta").get_by_label("Livello")
    for n in range(3):
        livelli.nth(n).select_option(label="Buono")
    _passo(pagina, "autovaluta", "Salva e invia", "Autovalutazione")
    assert la_scheda_di(scena, "gino").stato == Stato.IN_VALUTAZIONE


def valutazione(pagina: Page, scena: Scena) -> None:
    _apre(pagina, scena, "Valuta 1 persona")
    passo = pagina.locator("#passo-valuta")
    esiti = passo.get_by_label("Raggiungimento %")
    esiti.nth(0).fill("100")
    esiti.nth(1).fill("50")
    for n, livello in enumerate(LIVELLI):
        passo.get_by_label("Livello").nth(n).select_option(label=livello)
    guarda(pagina)
    _passo(pagina, "valuta", "Salva la valutazione", "Valutazione salvata.")
    conto = pagina.locator("section[aria-labelledby=conto]")
    expect(conto).to_contain_text("84,41")
    expect(conto).to_contain_text("86,5")
    pagina.locator("#passo-colloquio").get_by_label("Che cosa si è detto").fill("Come crescere.")
    _passo(pagina, "colloquio", "Registra il colloquio", "Colloquio registrato")


def firme(pagina: Page, scena: Scena) -> None:
    _apre(pagina, scena, "Firma 1 valutazione")
    _passo(pagina, "firma", "Firma", "Valutazione firmata: ora tocca alla persona.")
    trova(pagina, scena, "gino", f"Leggi e firma la tua valutazione del {ANNO}")
    expect(pagina.locator("main")).to_contain_text(f"Cardiologia {ANNO}: 86,3")
    expect(pagina.locator(".punteggio-grande")).to_contain_text("85,04")
    guarda(pagina)
    pagina.get_by_label("La condividi?").select_option("si")
    _passo(pagina, "firma-persona", "Firma", "Valutazione firmata.")
    questa = la_scheda_di(scena, "gino")
    assert (questa.stato, str(questa.risultato_scheda)[:4]) == (Stato.FIRMATA_VALUTATO, "86.3")
    assert scaricato(pagina, scena, "Scarica il PDF").startswith(b"%PDF")
