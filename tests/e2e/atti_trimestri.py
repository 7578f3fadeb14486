# SPDX-License-Identifier: AGPL-3.0-or-later
"""The four quarters: Gaia certifies, Paola reports, Nora looks; one late, one scheda revised."""

import re
from datetime import date
from typing import Any

from django.core import mail
from django.urls import reverse
from playwright.sync_api import Page, expect

from obiettivi import azioni
from obiettivi.models import RevisioneScheda, SchedaBudget
from piani.azioni import avvisa
from tests.e2e.atti_negoziazione import NOME, cambia_l_atteso
from tests.e2e.passi_pagina import apri, file_di_prova, guarda, premi, trova
from tests.e2e.scena_ciclo import ANNA, ANNO, DARIO, DINO, GAIA, NORA, PAOLA, TULLIO, Scena

# From the start of the year to the end of the quarter: numerator and denominator of what Paola
# reports, the percentage that Gaia certifies.
FORMAZIONE = {"T1": "20", "T2": "32", "T3": "41", "T4": "48"}
RICHIESTE = {"T1": (160, 200), "T2": (328, 400), "T3": (480, 600), "T4": (648, 800)}
ALTRE: dict[str, dict[str, tuple[int, int]]] = {
    "DIM-01": {"T1": (6, 6), "T2": (9, 9), "T3": (12, 12), "T4": (15, 15)},
    "DIM-02": {"T1": (44, 45), "T2": (89, 90), "T3": (134, 135), "T4": (178, 180)},
    "DIM-03": {"T1": (72, 90), "T2": (153, 180), "T3": (229, 270), "T4": (306, 360)},
}
PERIODI = {"T1": "1° trimestre", "T2": "2° trimestre", "T3": "3° trimestre", "T4": "4° trimestre"}
RICHIESTA = "Chiudere le richieste nei tempi"


def primo_trimestre(scena: Scena) -> None:
    scena.il_giorno(date(ANNO, 4, 13))
    promemoria(scena)
    certificato(scena, "T1")
    pagina = scrive(scena, "T1")
    pagina.get_by_label("Documenti che lo provano").set_input_files(file_di_prova("verbale.pdf"))
    guarda(scena, pagina, "da scrivere")
    premi(pagina, "Trasmetti", "Rendicontazione trasmessa")
    expect(pagina.locator("#monitoraggio")).to_contain_text("80 % (160 / 200)")
    guarda(scena, pagina, "in monitoraggio")
    assert scena.rendicontazione("DIM-04", "T1").prove.get().nome == "verbale.pdf"
    resto(scena, "T1")


def promemoria(scena: Scena) -> None:
    """A week before the deadline it is said by e-mail, and once."""
    paola = scena.persona(PAOLA)
    avvisa(paola)
    (messaggio,) = [uno for uno in mail.outbox if uno.to == [paola.email]]
    assert f"Rendiconta il 1° trimestre {ANNO}: Ufficio Tecnico" in messaggio.body
    avvisa(paola)
    assert len([uno for uno in mail.outbox if uno.to == [paola.email]]) == 1


def secondo_trimestre(scena: Scena) -> None:
    """Then the Nucleo writes its percentage beside the declared one."""
    scena.il_giorno(date(ANNO, 7, 8))
    certificato(scena, "T2")
    premi(scrive(scena, "T2"), "Trasmetti", "Rendicontazione trasmessa")
    resto(scena, "T2")
    pagina = trova(scena, NORA, f"Guarda 5 righe rendicontate: {PERIODI['T2']} {ANNO}")
    guarda(scena, pagina)
    pagina.get_by_role("link", name="Ufficio Tecnico", exact=True).click()
    cella(pagina, "T2").click()
    pagina.get_by_role("textbox", name="Percentuale validata").fill("85,5")
    pagina.get_by_label("Nota").fill("Due richieste risultano riaperte.")
    guarda(scena, pagina, "da validare")
    premi(pagina, "Registra la percentuale validata", "Percentuale validata registrata")
    expect(pagina.locator("main")).to_contain_text(re.compile("differenza .4,5"))
    questa = scena.rendicontazione("DIM-04", "T2")
    assert (str(questa.dichiarato), str(questa.validato)) == ("90.00", "85.50")
    assert scena.deve(NORA, f"Guarda 4 righe rendicontate: {PERIODI['T2']} {ANNO}")


def riveduta(scena: Scena) -> None:
    """An act of July changes a target: the scheda is negotiated, signed and read again."""
    scena.il_giorno(date(ANNO, 7, 21))
    pagina = apri(scena, ANNA, scena.scheda.get_absolute_url())
    pagina.locator("summary", has_text="Apri una revisione").click()
    modulo = pagina.locator("details", has_text="Apri una revisione")
    modulo.get_by_label("Motivo").fill("Il percorso comincia a giugno.")
    modulo.get_by_label("Tipo di atto").fill("determina")
    modulo.get_by_label("Numero dell'atto").fill("210")
    modulo.get_by_label("Data dell'atto").fill(f"{ANNO}-07-20")
    premi(pagina, "Apri la revisione", "Revisione aperta")
    cambia_l_atteso(scena, "≥ 60%", "almeno 60")
    expect(pagina.locator("main")).to_contain_text("determina n. 210")
    pagina.get_by_label("Che cosa cambia").fill("Formazione: 60% invece di 75%")
    premi(pagina, "Invia la nuova versione", "versione 3")
    # Direzione and Dipartimento sign as they did in February: not shown again.
    for nome, ruolo in ((DARIO, "direzione"), (TULLIO, "dipartimento")):
        assert scena.deve(nome, f"Firma la scheda budget: {NOME}")
        azioni.firma(scena.scheda, ruolo=ruolo, versione_vista=3, da=scena.persona(nome))
    pagina = trova(scena, PAOLA, f"Firma la scheda budget: {NOME}")
    premi(pagina, re.compile("^Firma la versione 3"), "Firma registrata.")
    premi(pagina, "Divulga al personale", "Scheda divulgata")
    expect(pagina.locator("main")).to_contain_text("dalla versione 2 alla 3")
    assert scena.deve(DINO, f"Prendi visione della scheda budget: {NOME}")
    azioni.prendi_visione(scena.scheda, da=scena.persona(DINO))
    assert RevisioneScheda.objects.get().alla.numero == 3
    assert scena.scheda.stato == SchedaBudget.Stato.IN_MONITORAGGIO


def terzo_trimestre(scena: Scena) -> None:
    """The term passes while the head writes: refused, the draft kept; anna gives more time."""
    scena.il_giorno(date(ANNO, 10, 12))
    certificato(scena, "T3")
    scena.il_giorno(date(ANNO, 10, 20))
    pagina = scrive(scena, "T3")
    scena.il_giorno(date(ANNO, 10, 21))
    pagina.get_by_role("button", name="Trasmetti").click()
    expect(pagina.locator("main")).to_contain_text(f"il termine è scaduto il 20/10/{ANNO}")
    expect(pagina.locator("main")).to_contain_text(
        "Una proroga la concede il controllo di gestione"
    )
    expect(pagina.get_by_label("Numeratore")).to_have_value("480")
    assert not scena.rendicontazione("DIM-04", "T3").trasmessa
    prorogata(scena)
    pagina = trova(scena, PAOLA, f"Rendiconta il {PERIODI['T3']} {ANNO}: Ufficio Tecnico")
    cella(pagina, "T3").click()
    expect(pagina.locator("main")).to_contain_text("prorogata")
    premi(pagina, "Trasmetti", "Rendicontazione trasmessa")
    resto(scena, "T3")
    assert not scena.deve(ANNA, "in ritardo con la rendicontazione")


def prorogata(scena: Scena) -> None:
    pagina = trova(scena, ANNA, "1 CdR in ritardo con la rendicontazione")
    expect(pagina.locator("main")).to_contain_text("0 completi su 1, 1 in ritardo")
    finestre = reverse("finestre", args=[scena.azienda.codice])
    apri(scena, ANNA, f"{finestre}?anno={ANNO}")
    riga = pagina.locator("tr", has_text="3° trimestre")
    riga.locator("summary", has_text="Concedi una proroga").click()
    unita = riga.get_by_label("Unità")
    unita.select_option(unita.locator("option", has_text="Ufficio Tecnico").get_attribute("value"))
    riga.get_by_label("Fino al").fill(f"{ANNO}-10-27")
    riga.get_by_label("Motivo").fill("Flusso arrivato tardi")
    riga.get_by_role("button", name="Concedi").click()
    expect(pagina.locator("main")).to_contain_text("Flusso arrivato tardi")


def quarto_trimestre(scena: Scena) -> None:
    scena.il_giorno(date(ANNO + 1, 1, 11))
    certificato(scena, "T4")
    premi(scrive(scena, "T4"), "Trasmetti", "Rendicontazione trasmessa")
    resto(scena, "T4")
    quarto = f"{reverse('monitoraggio')}?azienda={scena.azienda.codice}&anno={ANNO}&frazione=T4"
    pagina = apri(scena, ANNA, quarto)
    expect(pagina.locator("main")).to_contain_text("1 completi su 1, 0 in ritardo")


def certificato(scena: Scena, frazione: str) -> None:
    """Gaia writes the figure of the unit that certifies it."""
    pagina = trova(scena, GAIA, f"Rileva DIM-05, {PERIODI[frazione]} {ANNO}")
    guarda(scena, pagina)
    pagina.get_by_label("Valore, Ufficio Tecnico").fill(FORMAZIONE[frazione])
    premi(pagina, "Registra tutti i risultati", "1 risultato registrato.")
    assert not scena.deve(GAIA, "Rileva DIM-05")


def scrive(scena: Scena, frazione: str) -> Page:
    """Paola writes what she reports of the requests closed in time."""
    pagina = trova(scena, PAOLA, f"Rendiconta il {PERIODI[frazione]} {ANNO}: Ufficio Tecnico")
    cella(pagina, frazione).click()
    numeratore, denominatore = RICHIESTE[frazione]
    pagina.get_by_label("Numeratore").fill(str(numeratore))
    pagina.get_by_label("Denominatore").fill(str(denominatore))
    pagina.get_by_label("Azioni svolte").fill("Uno sportello in più.")
    pagina.get_by_label("Percentuale raggiunta").fill("90")
    pagina.get_by_label("raggiungibile al 31/12").select_option("si")
    return pagina


def cella(pagina: Page, frazione: str) -> Any:
    """The link to a quarter of that row, in the page of the scheda."""
    nome = re.compile(f"{RICHIESTA}, {frazione}$")
    return pagina.locator("#monitoraggio").get_by_role("link", name=nome)


def resto(scena: Scena, frazione: str) -> None:
    """The other rows, in the same way and not shown: then Paola owes nothing."""
    for codice, cifre in ALTRE.items():
        numeratore, denominatore = map(str, cifre[frazione])
        scena.riferisce(codice, frazione, numeratore=numeratore, denominatore=denominatore)
    scena.riferisce("DIM-05", frazione)
    assert not scena.deve(PAOLA, f"Rendiconta il {PERIODI[frazione]}")
