# SPDX-License-Identifier: AGPL-3.0-or-later
"""The cards of two people: the head's, with objectives of her own, and that of one of her staff,
who does not share it and is conciliated. The result of the scheda feeds both.
"""

import re
from datetime import date
from decimal import Decimal

from django.urls import reverse
from playwright.sync_api import Page, expect

from obiettivi import azioni
from obiettivi.azioni.individuale.contenuto import Esito, Giudizio, Proposto
from obiettivi.models import ValutazioneIndividuale
from tests.e2e.passi_pagina import apri, guarda, premi, scaricato, trova
from tests.e2e.scena_ciclo import (
    ANNO,
    DARIO,
    DINO,
    FABIO,
    ILARIA,
    PAOLA,
    REMO,
    TULLIO,
    Scena,
)

Stato = ValutazioneIndividuale.Stato
GIUGNO = ANNO + 1, 6
SCALA = {"Adeguato": "3", "Buono": "4", "Eccellente": "5"}  # 70, 85, 100


def passo(pagina: Page, nome: str, bottone: str, detto: str) -> None:
    pagina.locator(f"#passo-{nome}").get_by_role("button", name=bottone, exact=True).click()
    expect(pagina.locator(".messaggi")).to_contain_text(detto)


def apre(scena: Scena, nome: str, cosa: str, di_chi: str) -> Page:
    """Who evaluates finds what to do, and in the list of people the one it is about."""
    pagina = trova(scena, nome, cosa)
    pagina.get_by_role("link", name=re.compile(f"^{di_chi}")).click()
    return pagina


def con_obiettivi(scena: Scena) -> None:
    """In March, back from his leave, Tullio gives Paola her objectives; she takes note."""
    scena.il_giorno(date(ANNO, 3, 16))
    pagina = apre(scena, TULLIO, "Assegna gli obiettivi a 1 persona", "Paola")
    modulo = pagina.locator("#passo-obiettivi")
    for n, (testo, peso) in enumerate((("Riordinare l'archivio", "60"), ("Un corso", "30"))):
        gruppo = modulo.get_by_role("group", name=f"Obiettivo {n + 1}")
        gruppo.get_by_label("Obiettivo", exact=True).fill(testo)
        gruppo.get_by_label("Peso %").fill(peso)
    modulo.get_by_role("group", name="Obiettivo 1").get_by_label(
        "Dalla scheda budget"
    ).select_option(label="Chiudere le richieste nei tempi")
    modulo.get_by_role("button", name="Salva gli obiettivi").click()
    expect(modulo).to_contain_text("fanno 90: devono fare 100")
    gruppo = pagina.get_by_role("group", name="Obiettivo 2")
    expect(gruppo.get_by_label("Obiettivo", exact=True)).to_have_value("Un corso")
    gruppo.get_by_label("Peso %").fill("40")
    passo(pagina, "obiettivi", "Salva gli obiettivi", "Obiettivi salvati")
    assert not scena.deve(TULLIO, "Assegna gli obiettivi")
    pagina = trova(scena, PAOLA, f"Autovalutati per il {ANNO}")
    passo(pagina, "visione", "Ho letto", "Presa visione registrata.")


def valutata_la_responsabile(scena: Scena) -> None:
    """Worked by hand, «Dirigenza» (70/30; in the results 60 the scheda, 40 the objectives).

    Objectives 0,60 × 100 + 0,40 × 50 = 80; results 0,60 × 95,1 + 0,40 × 80 = 89,06; behaviours
    0,30 × 85 + 0,20 × 100 + 0,25 × 70 + 0,25 × 85 = 84,25; score 0,70 × 89,06 + 0,30 × 84,25 =
    87,617, that is 87,62.
    """
    scena.il_giorno(date(*GIUGNO, 3))
    pagina = trova(scena, PAOLA, f"Autovalutati per il {ANNO}")
    livelli = pagina.locator("#passo-autovaluta").get_by_label("Livello")
    for n in range(4):
        livelli.nth(n).select_option(label="Buono")
    passo(pagina, "autovaluta", "Salva e invia", "Autovalutazione")
    assert scena.valutazione(PAOLA).stato == Stato.IN_VALUTAZIONE

    scena.il_giorno(date(*GIUGNO, 8))
    pagina = apre(scena, TULLIO, "Valuta 1 persona", "Paola")
    modulo = pagina.locator("#passo-valuta")
    esiti = modulo.get_by_label("Raggiungimento %")
    esiti.nth(0).fill("100")
    esiti.nth(1).fill("50")
    for n, livello in enumerate(("Buono", "Eccellente", "Adeguato", "Buono")):
        modulo.get_by_label("Livello").nth(n).select_option(label=livello)
    guarda(scena, pagina, "da valutare")
    passo(pagina, "valuta", "Salva la valutazione", "Valutazione salvata.")
    conto = pagina.locator("section[aria-labelledby=conto]")
    expect(conto).to_contain_text("89,06")
    expect(conto).to_contain_text("84,25")
    pagina.locator("#passo-colloquio").get_by_label("Che cosa si è detto").fill("Come crescere.")
    passo(pagina, "colloquio", "Registra il colloquio", "Colloquio registrato")
    assert scena.deve(TULLIO, "Firma 1 valutazione")
    passo(pagina, "firma", "Firma", "Valutazione firmata: ora tocca alla persona.")

    pagina = trova(scena, PAOLA, f"Leggi e firma la tua valutazione del {ANNO}")
    expect(pagina.locator("main")).to_contain_text(f"Ufficio Tecnico {ANNO}: 95,1")
    expect(pagina.locator(".punteggio-grande")).to_contain_text("87,62")
    guarda(scena, pagina, "da firmare")
    pagina.get_by_label("La condividi?").select_option("si")
    passo(pagina, "firma-persona", "Firma", "Valutazione firmata.")
    questa = scena.valutazione(PAOLA)
    assert (questa.stato, str(questa.risultato_scheda)[:4]) == (Stato.FIRMATA_VALUTATO, "95.1")
    assert scaricato(scena, pagina, "Scarica il PDF").startswith(b"%PDF")


def conciliata(scena: Scena) -> None:
    """Worked by hand, «Comparto» (60/40; the results are the scheda's): behaviours 0,30 × 85 +
    0,30 × 70 + 0,20 × 85 + 0,20 × 70 = 77,5; score 0,60 × 95,1 + 0,40 × 77,5 = 88,06. The
    conciliation makes it 90.
    """
    firma_chi_valuta(scena, DINO, PAOLA, ("Buono", "Adeguato", "Buono", "Adeguato"))
    scena.il_giorno(date(*GIUGNO, 10))
    pagina = trova(scena, DINO, f"Leggi e firma la tua valutazione del {ANNO}")
    expect(pagina.locator(".punteggio-grande")).to_contain_text("88,06")
    pagina.get_by_label("La condividi?").select_option("no")
    pagina.locator("#passo-firma-persona").get_by_role("button", name="Firma", exact=True).click()
    expect(pagina.locator("#passo-firma-persona")).to_contain_text("Scrivi perché non la condividi")
    pagina.get_by_label("Perché non la condividi").fill("Lo sportello nuovo l'ho tenuto io.")
    passo(pagina, "firma-persona", "Firma", "Valutazione firmata.")
    pagina.get_by_label("Che cosa chiedi, e perché").fill("Che si guardi di nuovo l'impegno.")
    guarda(scena, pagina, "non condivisa")
    passo(pagina, "concilia", "Chiedi la conciliazione", "Richiesta inviata.")

    scena.il_giorno(date(*GIUGNO, 14))
    assert not scena.deve(DARIO, "Decidi una conciliazione")  # first the evaluator answers
    pagina = trova(scena, PAOLA, "Rispondi alla conciliazione chiesta da Dino")
    pagina.get_by_label("Risposta").fill("È vero: lo sportello lo ha tenuto da solo.")
    passo(pagina, "rispondi", "Registra la risposta", "Risposta registrata.")
    assert not scena.deve(PAOLA, "Rispondi alla conciliazione")

    scena.il_giorno(date(*GIUGNO, 16))
    pagina = trova(scena, DARIO, f"Decidi una conciliazione sulle valutazioni del {ANNO}")
    pagina.get_by_label("Esito").select_option(label="Modifico il punteggio")
    pagina.get_by_label("Nuovo punteggio").fill("90")
    pagina.get_by_label("Motivazione").fill("Impegno oltre il dovuto, per un anno.")
    passo(pagina, "decidi", "Registra la decisione", "Decisione registrata.")
    expect(pagina.locator(".punteggio-grande")).to_contain_text("90")
    expect(pagina.locator("main")).to_contain_text("il punteggio firmato è 88,06")
    assert not scena.deve(DARIO, "Decidi una conciliazione")


def chiuse(scena: Scena) -> None:
    """The other three are signed too; Ilaria closes all five once nobody has time left."""
    for nome in (FABIO, TULLIO, REMO):
        firma_chi_valuta(scena, nome, DARIO, ("Buono",) * 4)
        azioni.firma_valutato(scena.valutazione(nome), condivide=True, da=scena.persona(nome))
    assert not scena.deve(ILARIA, "Chiudi 5 valutazioni")
    scena.il_giorno(date(*GIUGNO, 28))
    pagina = trova(scena, ILARIA, "Chiudi 5 valutazioni")
    guarda(scena, pagina)
    premi(pagina, "Chiudi le concluse", "5")
    aggregati = reverse("aggregati", args=[scena.azienda.codice, ANNO])
    pagina = apri(scena, ILARIA, aggregati)
    expect(pagina.locator("main")).to_contain_text("non mostrato: troppo poche persone")
    expect(pagina.locator("main")).not_to_contain_text("Dino")
    guarda(scena, pagina)
    assert not scena.deve(ILARIA, "Chiudi")


def firma_chi_valuta(scena: Scena, nome: str, chi: str, livelli: tuple[str, ...]) -> None:
    """A card up to the evaluator's signature, as the one of Paola: not shown again."""
    valutatore, questa = scena.persona(chi), scena.valutazione(nome)
    categoria = questa.regola_categoria
    if categoria.individuali:
        tutto = Proposto("Guidare la propria unità", "", Decimal(100))
        azioni.assegna_obiettivi(questa, [tutto], da=valutatore)
    giudizi = {
        regola.codice: Giudizio(SCALA[livello])
        for regola, livello in zip(categoria.comportamenti, livelli, strict=True)
    }
    if date(*GIUGNO, 10) >= scena.oggi:
        azioni.autovaluta(questa, giudizi=giudizi, invia=True, da=scena.persona(nome))
    else:
        azioni.avvia_senza_autovalutazione(questa, da=valutatore)
    esiti = {uno.pk: Esito(Decimal(90)) for uno in questa.obiettivi.all()}
    azioni.valuta_persona(questa, esiti=esiti, giudizi=giudizi, da=valutatore)
    azioni.registra_colloquio(questa, giorno=scena.oggi, da=valutatore)
    azioni.firma_valutatore(questa, da=valutatore)
