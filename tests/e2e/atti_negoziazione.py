# SPDX-License-Identifier: AGPL-3.0-or-later
"""From January to March: a scheda is proposed from the template, negotiated, signed, made known."""

import re
from datetime import date

from django.urls import reverse
from playwright.sync_api import expect

from obiettivi.models import FirmaScheda, PresaVisione, SchedaBudget
from piani.models import Evento
from tests.e2e.passi_pagina import apri, guarda, premi, trova, trova_a_casa
from tests.e2e.scena_ciclo import ANNA, ANNO, DARIO, DINO, PAOLA, TULLIO, VERA, Scena

Stato = SchedaBudget.Stato
NOME = f"Ufficio Tecnico {ANNO}"
MODELLO = f"Aree tecniche e amministrative (dimostrazione) {ANNO}"


def proposta_dal_modello(scena: Scena) -> None:
    """Anna gives time until April, and makes the scheda of the Ufficio Tecnico."""
    finestre = reverse("finestre", args=[scena.azienda.codice])
    pagina = apri(scena, ANNA, f"{finestre}?anno={ANNO}")
    riga = pagina.locator("tr", has_text="Negoziazione delle schede budget")
    expect(riga).to_contain_text("Aperta oggi")
    riga.locator("summary", has_text="Cambia le date").click()
    riga.get_by_label("Scade il").fill(f"{ANNO}-04-30")
    riga.get_by_role("button", name="Cambia", exact=True).click()
    expect(riga).to_contain_text(f"30/04/{ANNO}")
    guarda(scena, pagina)

    pagina = trova(scena, ANNA, f"9 CdR senza scheda budget {ANNO}")
    pagina.get_by_label("Da che cosa partire").select_option(MODELLO)
    pagina.get_by_role("button", name="Nessuno").click()
    pagina.get_by_label("Ufficio Tecnico").check()
    guarda(scena, pagina)
    premi(pagina, "Crea le schede", "Proposta 1 scheda.")
    expect(pagina.locator("#elenco")).to_contain_text("non fanno 100")
    guarda(scena, pagina)
    assert scena.deve(ANNA, f"8 CdR senza scheda budget {ANNO}")


def inviata_in_negoziazione(scena: Scena) -> None:
    """Of two proposals one leaves; the other has a weight to mend, and says which."""
    pagina = trova(scena, ANNA, f"2 schede budget {ANNO} da inviare in negoziazione")
    guarda(scena, pagina)
    pagina.get_by_role("button", name="Invia le schede scelte").click()
    expect(pagina.locator("main")).to_contain_text("1 scheda inviata.")
    expect(pagina.locator(".blocco-ferma")).to_contain_text("Acquisti e Servizi")
    expect(pagina.locator(".blocco-ferma")).to_contain_text("95 e non 100")
    assert scena.scheda.stato == Stato.IN_NEGOZIAZIONE

    matrice = reverse("schede_matrice")
    apri(scena, ANNA, f"{matrice}?azienda={scena.azienda.codice}&anno={ANNO}")
    somme = pagina.locator(".matrice-somma td")
    expect(somme.filter(has_text="95 non fa 100")).to_have_count(1)
    pagina.get_by_label("DIM-02, Acquisti e Servizi").fill("100")
    expect(somme.filter(has_text="non fa 100")).to_have_count(0)
    guarda(scena, pagina)
    premi(pagina, "Salva i pesi", "1 peso cambiato.")
    assert scena.deve(ANNA, f"1 scheda budget {ANNO} da inviare in negoziazione")


def negoziata(scena: Scena) -> None:
    """The head asks for something, anna changes a target and sends the second version."""
    scena.il_giorno(date(ANNO, 2, 3))
    pagina = trova(scena, PAOLA, f"Firma la scheda budget: {NOME}")
    guarda(scena, pagina, "da firmare")
    pagina.get_by_role("textbox", name=re.compile("^Messaggio")).fill("L'80% non è alla portata.")
    premi(pagina, "Invia il messaggio", "Messaggio inviato.")

    pagina = trova(scena, ANNA, f"Rispondi al messaggio sulla scheda budget: {NOME}")
    expect(pagina.locator("main")).to_contain_text("L'80% non è alla portata.")
    cambia_l_atteso(scena, "≥ 75%", "almeno 75")
    expect(pagina.locator("main")).to_contain_text("Il contenuto è cambiato")
    pagina.get_by_label("Che cosa cambia").fill("Formazione: 75% invece di 80%")
    premi(pagina, "Invia la nuova versione", "versione 2")
    pagina.get_by_role("link", name="Confronta due versioni").click()
    expect(pagina.locator("main")).to_contain_text("≥ 75%")
    guarda(scena, pagina)
    assert not scena.deve(ANNA, f"Rispondi al messaggio sulla scheda budget: {NOME}")


def cambia_l_atteso(scena: Scena, atteso: str, letto: str) -> None:
    """Anna writes another target of the training, and is back on the scheda."""
    pagina = apri(scena, ANNA, reverse("scheda_modifica", args=[scena.scheda.pk]))
    guarda(scena, pagina)
    pagina.get_by_role("link", name="Modifica Formare il personale").click()
    pagina.get_by_label("Valore atteso").fill(atteso)
    expect(pagina.locator("#lettura-atteso")).to_contain_text(letto)
    guarda(scena, pagina)
    pagina.get_by_role("button", name="Salva", exact=True).last.click()
    expect(pagina.locator(".messaggi")).to_contain_text("Salvat")
    apri(scena, ANNA, scena.scheda.get_absolute_url())


def firmata_e_divulgata(scena: Scena) -> None:
    """Three signatures, one of them by who has been lent the incarico; then the staff read it."""
    scena.il_giorno(date(ANNO, 2, 9))
    delegata(scena)
    for nome in (DARIO, PAOLA):
        pagina = trova(scena, nome, f"Firma la scheda budget: {NOME}")
        premi(pagina, re.compile("^Firma la versione 2"), "Firma registrata.")
        assert not scena.deve(nome, f"Firma la scheda budget: {NOME}")
    assert FirmaScheda.objects.filter(versione__scheda=scena.scheda).count() == 3
    assert scena.scheda.stato == Stato.SOTTOSCRITTA

    scena.il_giorno(date(ANNO, 2, 16))
    pagina = trova(scena, PAOLA, f"Divulga la scheda budget: {NOME}")
    premi(pagina, "Divulga al personale", "Scheda divulgata")
    pagina = trova(scena, DINO, f"Prendi visione della scheda budget: {NOME}")
    premi(pagina, "Ne ho preso visione", "Presa visione registrata.")
    assert PresaVisione.objects.get().utente.username == DINO
    assert not scena.deve(DINO, "Prendi visione")
    assert scena.scheda.stato == Stato.IN_MONITORAGGIO


def delegata(scena: Scena) -> None:
    """Tullio is away for a month: Vera signs for him, and both names stay."""
    cosa = f"Firma la scheda budget: {NOME}"
    assert scena.deve(TULLIO, cosa)
    pagina = apri(scena, TULLIO, reverse("profilo"))
    pagina.get_by_text("Delega questo incarico").click()
    pagina.get_by_label("A chi").select_option(label="Vera Vicaria (dimostrazione)")
    pagina.get_by_label("Al *", exact=True).fill(f"{ANNO}-03-10")
    pagina.get_by_label("Motivo").fill("Congedo")
    premi(pagina, "Dai la delega", "Delega data a Vera Vicaria")
    guarda(scena, pagina)

    pagina = apri(scena, VERA, "/")
    assert not scena.deve(VERA, cosa)  # in her own right she has nothing to sign
    pagina.get_by_role("button", name="Agisci per conto").click()
    expect(pagina.locator(".per-conto")).to_contain_text("Agisci per conto di Tullio Dipartimento")
    trova_a_casa(scena, VERA, cosa)
    premi(pagina, re.compile("^Firma la versione 2"), "Firma registrata.")
    expect(pagina.locator("main")).to_contain_text(
        "Vera Vicaria (dimostrazione), per conto di Tullio Dipartimento (dimostrazione)"
    )
    pagina.get_by_role("button", name="Torna a te").click()
    expect(pagina.locator(".per-conto")).to_have_count(0)
    firma = FirmaScheda.objects.get(versione__scheda=scena.scheda, ruolo="dipartimento")
    assert (firma.utente.username, firma.per_conto_di.username) == (VERA, TULLIO)
    evento = Evento.objects.filter(tipo="scheda.firmata").latest("pk")
    assert (evento.da, evento.per_conto_di) == (scena.persona(VERA), scena.persona(TULLIO))
    assert not scena.deve(TULLIO, cosa)
