# SPDX-License-Identifier: AGPL-3.0-or-later
"""May of the next year: the scheda is scored, objected to, validated, closed, and all of them are
taken away in one archive.
"""

import io
import re
import zipfile
from datetime import date

from django.urls import reverse
from playwright.sync_api import expect

from obiettivi.models import ArchivioSchede, SchedaBudget
from obiettivi.tasks import prepara_archivio
from tests.e2e.atti_negoziazione import NOME
from tests.e2e.passi_pagina import apri, guarda, premi, scaricato, trova
from tests.e2e.scena_ciclo import ANNA, ANNO, NORA, PAOLA, Scena

Stato = SchedaBudget.Stato
MAGGIO = ANNO + 1, 5


def valutata_e_chiusa(scena: Scena) -> None:
    """Scores worked by hand. Area «P. Economica», weight 30: costs 178/180, within 100 %: 100. The
    other three, weight 70 together: questionnaires 306/360 = 85 %, as expected: 100, weight 30;
    requests 648/800 = 81 % of 90 %: 90, weight 45; training 48 % of the 60 % of the revision: 80,
    weight 25. The pre-requisite is met: 15/15.

    0,30 × 100 + 0,70 × (0,30 × 100 + 0,45 × 90 + 0,25 × 80) = 93,35. Once the objection is allowed
    training is 54/60 = 90, and the scheda 0,30 × 100 + 0,70 × (30 + 40,5 + 22,5) = 95,1.
    """
    avviata(scena)
    controdedotta(scena)
    validata(scena)
    scena.il_giorno(date(*MAGGIO, 24))
    pagina = trova(scena, ANNA, "Chiudi 1 scheda budget validata")
    premi(pagina, "Chiudi le schede validate", "1 scheda")
    assert scena.scheda.stato == Stato.CHIUSA
    pagina.get_by_role("link", name=re.compile("^perché")).first.click()
    expect(pagina.locator("main")).to_contain_text("95,1")
    guarda(scena, pagina)
    archiviate(scena)


def avviata(scena: Scena) -> None:
    scena.il_giorno(date(*MAGGIO, 4))
    pagina = trova(scena, ANNA, "Avvia la valutazione di 1 scheda budget")
    guarda(scena, pagina)
    premi(pagina, "Avvia la valutazione", "1 scheda")
    expect(pagina.locator("#quadro")).to_contain_text("93,35")
    assert scena.scheda.stato == Stato.IN_VALUTAZIONE
    assert not scena.deve(NORA, "Valida 1 scheda budget")  # not before its window


def controdedotta(scena: Scena) -> None:
    scena.il_giorno(date(*MAGGIO, 6))
    pagina = trova(scena, PAOLA, f"Guarda la valutazione di «{NOME}»")
    expect(pagina.locator("#valutazione .punteggio-grande")).to_contain_text("93,35")
    guarda(scena, pagina, "valutata")
    pagina.get_by_role("link", name="Controdeduci").click()
    pagina.get_by_label("Su che cosa").select_option(label="Formare il personale")
    pagina.get_by_role("textbox", name=re.compile("^Controdeduzione")).fill(
        "Chi ha finito a dicembre non è nel conto: sono il 54%."
    )
    guarda(scena, pagina)
    premi(pagina, "Presenta la controdeduzione", "Controdeduzione presentata")

    scena.il_giorno(date(*MAGGIO, 10))
    pagina = trova(scena, ANNA, "Rispondi alle controdeduzioni di 1 scheda")
    pagina.get_by_role("link", name="Ufficio Tecnico", exact=True).click()
    pagina.get_by_role("link", name=re.compile("^Rispondi")).click()
    pagina.get_by_label("Esito").select_option(label="Accolta")
    pagina.get_by_label("Motivazione").fill("Il registro della formazione lo conferma.")
    pagina.get_by_label("Periodo del risultato").select_option(label="4° trimestre")
    pagina.get_by_label("Nuovo valore").fill("54")
    guarda(scena, pagina)
    premi(pagina, "Registra la risposta", "Risposta registrata.")
    expect(pagina.locator("#valutazione .punteggio-grande")).to_contain_text("95,1")
    assert scena.scheda.stato == Stato.CONTRODEDOTTA
    assert not scena.deve(ANNA, "Rispondi alle controdeduzioni")


def validata(scena: Scena) -> None:
    scena.il_giorno(date(*MAGGIO, 20))
    assert not scena.deve(PAOLA, "Guarda la valutazione")  # the time to object is over
    pagina = trova(scena, NORA, "Valida 1 scheda budget")
    pagina.get_by_role("link", name="Ufficio Tecnico", exact=True).click()
    pagina.get_by_role("link", name="Valida o rinvia").click()
    expect(pagina.locator("main")).to_contain_text("95,1")
    pagina.get_by_label("Motivazione").fill("Dati e metodo verificati.")
    guarda(scena, pagina)
    premi(pagina, "Registra", "Registrato")
    assert scena.scheda.stato == Stato.VALIDATA
    assert not scena.deve(NORA, "Valida 1 scheda budget")


def archiviate(scena: Scena) -> None:
    """All the schede of the year in one ZIP: those that the screen lists."""
    pagina = apri(scena, ANNA, reverse("schede_archivi"))
    azienda = pagina.get_by_label("Azienda")
    azienda.select_option(str(scena.azienda.pk))
    guarda(scena, pagina)
    pagina.get_by_role("button", name="Prepara l’archivio").click()
    expect(pagina.locator("#archivio")).to_contain_text("0 di 3")
    prepara_archivio(ArchivioSchede.objects.get().pk)  # the worker
    expect(pagina.locator("#archivio")).to_contain_text("Scarica lo ZIP")
    guarda(scena, pagina)
    with zipfile.ZipFile(io.BytesIO(scaricato(scena, pagina, "Scarica lo ZIP"))) as zip_:
        nomi = zip_.namelist()
        pdf = [nome for nome in nomi if nome.endswith(".pdf")]
        assert (len(pdf), len(nomi)) == (3, 7)
        assert all(zip_.read(nome).startswith(b"%PDF") for nome in pdf)
