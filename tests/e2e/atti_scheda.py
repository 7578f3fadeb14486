# SPDX-License-Identifier: AGPL-3.0-or-later
"""The acts of a scheda budget, each lived by its people: agreed on, reported, evaluated."""

import re
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect

from obiettivi.models import FirmaScheda, PresaVisione, SchedaBudget
from tests.e2e.scena_ciclo import ANNO, Scena, Tipo, entra, file_di_prova, guarda, premi, trova

Stato = SchedaBudget.Stato
NOME = f"Cardiologia {ANNO}"
# Visits in time and visits, quarter by quarter: in the year 162 of 200, 81 %.
ATTESE = {"T1": (40, 50), "T2": (42, 50), "T3": (44, 50), "T4": (36, 50)}
CARTELLE = {"T1": "50", "T2": "55", "T3": "58", "T4": "60"}
COSTI = {"T1": "30", "T2": "35", "T3": "38", "T4": "40"}
PERIODI = {"T1": "1° trimestre", "T2": "2° trimestre", "T3": "3° trimestre", "T4": "4° trimestre"}


def proposta_e_inviata(pagina: Page, scena: Scena) -> None:
    """Anna opens the negotiation, makes the scheda from the template, puts the weights right."""
    entra(pagina, scena, "anna")
    pagina.get_by_role("link", name="Schede budget", exact=True).click()
    pagina.get_by_role("link", name="Calendario del ciclo").click()
    pagina.goto(f"{scena.sito}{reverse('finestre', args=[scena.azienda.codice])}?anno={ANNO}")
    oggi = timezone.localdate()
    fissa = pagina.locator("section", has=pagina.locator("#nuova"))
    fissa.get_by_label("Che cosa").select_option("Negoziazione delle schede budget")
    fissa.get_by_label("Si apre il").fill(str(oggi - timedelta(days=10)))
    fissa.get_by_label("Scade il").fill(str(oggi + timedelta(days=20)))
    fissa.get_by_role("button", name="Fissa").click()
    expect(pagina.get_by_role("region", name="Finestre")).to_contain_text("Aperta oggi")
    guarda(pagina)

    trova(pagina, scena, "anna", f"1 CdR senza scheda budget {ANNO}")
    pagina.get_by_label("Da che cosa partire").select_option(f"Reparto medico {ANNO}")
    expect(pagina.get_by_label("Cardiologia")).to_be_checked()
    guarda(pagina)
    premi(pagina, "Crea le schede", "Proposta 1 scheda.")
    expect(pagina.locator("#elenco")).to_contain_text("non fanno 100")
    guarda(pagina)

    trova(pagina, scena, "anna", f"1 scheda budget {ANNO} da inviare in negoziazione")
    guarda(pagina)
    pagina.goto(f"{scena.sito}{scena.scheda.get_absolute_url()}")
    pagina.get_by_role("button", name="Invia in negoziazione").click()
    expect(pagina.locator("main")).to_contain_text("Non ancora: prima va rimediato")
    expect(pagina.locator("main")).to_contain_text("90 e non 100")
    assert scena.scheda.stato == Stato.PROPOSTA
    pagina.goto(f"{scena.sito}{scena.scheda.get_absolute_url()}")
    guarda(pagina)
    pagina.get_by_role("link", name="Matrice dei pesi").click()
    somme = pagina.locator(".matrice-somma td")
    expect(somme.nth(1)).to_contain_text("90 non fa 100")
    pagina.get_by_label("CARTELLE, Cardiologia").fill("40")
    expect(somme.nth(1)).not_to_contain_text("non fa 100")
    guarda(pagina)
    premi(pagina, "Salva i pesi", "1 peso cambiato.")
    pagina.goto(f"{scena.sito}{scena.scheda.get_absolute_url()}")
    premi(pagina, "Invia in negoziazione", "versione 1")
    assert scena.scheda.stato == Stato.IN_NEGOZIAZIONE


def negoziata_e_firmata(pagina: Page, scena: Scena) -> None:
    """The head asks, anna changes a target; three sign the second version, the staff read it."""
    trova(pagina, scena, "elena", f"Firma la scheda budget: {NOME}")
    guarda(pagina)
    pagina.get_by_role("textbox", name=re.compile("^Messaggio")).fill("Il 100% non è alla portata.")
    premi(pagina, "Invia il messaggio", "Messaggio inviato.")

    trova(pagina, scena, "anna", f"Rispondi al messaggio sulla scheda budget: {NOME}")
    expect(pagina.locator("main")).to_contain_text("Il 100% non è alla portata.")
    pagina.get_by_role("link", name="Scrivi la scheda").click()
    guarda(pagina)
    pagina.get_by_role("link", name="Modifica Chiudere le cartelle").click()
    pagina.get_by_label("Valore atteso").fill("≥ 80%")
    expect(pagina.locator("#lettura-atteso")).to_contain_text("almeno 80")
    guarda(pagina)
    pagina.get_by_role("button", name="Salva", exact=True).last.click()
    pagina.goto(f"{scena.sito}{scena.scheda.get_absolute_url()}")
    expect(pagina.locator("main")).to_contain_text("Il contenuto è cambiato")
    pagina.get_by_label("Che cosa cambia").fill("Cartelle: 80% invece di 100%")
    premi(pagina, "Invia la nuova versione", "versione 2")
    pagina.get_by_role("link", name="Confronta due versioni").click()
    expect(pagina.locator("main")).to_contain_text("≥ 80%")
    guarda(pagina)

    for nome in ("dario", "franca", "elena"):
        trova(pagina, scena, nome, f"Firma la scheda budget: {NOME}")
        premi(pagina, re.compile("^Firma la versione 2"), "Firma registrata.")
    assert FirmaScheda.objects.filter(versione__numero=2).count() == 3
    assert scena.scheda.stato == Stato.SOTTOSCRITTA

    trova(pagina, scena, "elena", f"Divulga la scheda budget: {NOME}")
    premi(pagina, "Divulga al personale", "Scheda divulgata")
    trova(pagina, scena, "gino", f"Prendi visione della scheda budget: {NOME}")
    guarda(pagina)
    premi(pagina, "Ne ho preso visione", "Presa visione registrata.")
    assert PresaVisione.objects.get().utente.username == "gino"
    assert scena.scheda.stato == Stato.IN_MONITORAGGIO


def quattro_trimestri(pagina: Page, scena: Scena) -> None:
    """The head reports, the rilevatrice fills her indicator, the Nucleo looks at a quarter."""
    for frazione in ATTESE:
        scena.adesso(Tipo.RENDICONTAZIONE, frazione)
        rilevato(pagina, scena, frazione)
        if frazione == "T3":
            rendicontato_in_ritardo(pagina, scena)
        else:
            rendicontato(pagina, scena, frazione)
        scena.trasmessa("COSTI", frazione, 80, stato="numero", valore=COSTI[frazione])
        scena.trasmessa("CARTELLE", frazione, 75)
        if frazione == "T2":
            validata_una_percentuale(pagina, scena)
    entra(pagina, scena, "anna")
    pagina.goto(f"{scena.sito}{reverse('monitoraggio')}?anno={ANNO}&frazione=T4")
    expect(pagina.locator("main")).to_contain_text("1 completi su 1, 0 in ritardo")
    guarda(pagina)


def rilevato(pagina: Page, scena: Scena, frazione: str) -> None:
    trova(pagina, scena, "rita", f"Rileva CARTELLE, {PERIODI[frazione]} {ANNO}")
    if frazione == "T1":
        guarda(pagina)
    pagina.get_by_label("Valore, Cardiologia").fill(CARTELLE[frazione])
    premi(pagina, "Registra tutti i risultati", "1 risultato registrato.")


def _scrive(pagina: Page, scena: Scena, frazione: str) -> None:
    trova(pagina, scena, "elena", f"Rendiconta il {PERIODI[frazione]} {ANNO}: Cardiologia")
    cella = re.compile(f"Ridurre le attese, {frazione}$")
    pagina.locator("#monitoraggio").get_by_role("link", name=cella).click()
    numeratore, denominatore = ATTESE[frazione]
    pagina.get_by_label("Numeratore").fill(str(numeratore))
    pagina.get_by_label("Denominatore").fill(str(denominatore))
    pagina.get_by_label("Azioni svolte").fill("Due sedute in più alla settimana.")
    pagina.get_by_label("Percentuale raggiunta").fill("90")
    pagina.get_by_label("raggiungibile al 31/12").select_option("si")


def rendicontato(pagina: Page, scena: Scena, frazione: str) -> None:
    _scrive(pagina, scena, frazione)
    if frazione == "T1":
        prove = pagina.get_by_label("Documenti che lo provano")
        prove.set_input_files(file_di_prova("verbale.pdf"))
        guarda(pagina)
    premi(pagina, "Trasmetti", "Rendicontazione trasmessa")
    if frazione == "T1":
        expect(pagina.locator("#monitoraggio")).to_contain_text("80 % (40 / 50)")
        guarda(pagina)
        assert scena.rendicontazione("ATTESE", "T1").prove.get().nome == "verbale.pdf"


def rendicontato_in_ritardo(pagina: Page, scena: Scena) -> None:
    """The term passes while the head writes: refused, the draft kept; anna gives more time."""
    _scrive(pagina, scena, "T3")
    ieri = scena.scaduta("T3")
    pagina.get_by_role("button", name="Trasmetti").click()
    expect(pagina.locator("main")).to_contain_text(f"il termine è scaduto il {ieri:%d/%m/%Y}")
    expect(pagina.locator("main")).to_contain_text(
        "Una proroga la concede il controllo di gestione"
    )
    expect(pagina.get_by_label("Numeratore")).to_have_value("44")
    assert not scena.rendicontazione("ATTESE", "T3").trasmessa
    guarda(pagina)

    trova(pagina, scena, "anna", "1 CdR in ritardo con la rendicontazione")
    expect(pagina.locator("main")).to_contain_text("0 completi su 1, 1 in ritardo")
    pagina.goto(f"{scena.sito}{reverse('finestre', args=[scena.azienda.codice])}?anno={ANNO}")
    pagina.locator("summary", has_text=re.compile("Concedi una proroga.*3° trimestre")).click()
    riga = pagina.locator("tr", has_text="3° trimestre")
    riga.get_by_label("Unità").select_option(label="Cardiologia")
    riga.get_by_label("Fino al").fill(str(timezone.localdate() + timedelta(days=5)))
    riga.get_by_label("Motivo").fill("Flusso arrivato tardi")
    riga.get_by_role("button", name="Concedi").click()
    expect(pagina.locator("main")).to_contain_text("Flusso arrivato tardi")

    trova(pagina, scena, "elena", f"Rendiconta il {PERIODI['T3']} {ANNO}: Cardiologia")
    cella = re.compile("Ridurre le attese, T3$")
    pagina.locator("#monitoraggio").get_by_role("link", name=cella).click()
    expect(pagina.locator("main")).to_contain_text("prorogata")
    premi(pagina, "Trasmetti", "Rendicontazione trasmessa")


def validata_una_percentuale(pagina: Page, scena: Scena) -> None:
    """The Nucleo writes its percentage beside the declared one."""
    entra(pagina, scena, "carla")
    pagina.get_by_role("link", name="Schede budget", exact=True).click()
    pagina.get_by_role("link", name="Cardiologia", exact=True).click()
    cella = re.compile("Ridurre le attese, T2$")
    pagina.locator("#monitoraggio").get_by_role("link", name=cella).click()
    pagina.get_by_role("textbox", name="Percentuale validata").fill("85,5")
    pagina.get_by_label("Nota").fill("Due sedute non risultano.")
    guarda(pagina)
    pagina.get_by_role("button", name="Registra la percentuale validata").click()
    expect(pagina.locator("main")).to_contain_text(re.compile("differenza .4,5"))
    questa = scena.rendicontazione("ATTESE", "T2")
    assert (str(questa.dichiarato), str(questa.validato)) == ("90.00", "85.50")


def valutata_e_chiusa(pagina: Page, scena: Scena) -> None:
    """Scores worked by hand: costs 40/50 = 80, waiting 81/90 = 90, records 60/80 = 75.

    0,30 × 80 + 0,70 × (0,60 × 90 + 0,40 × 75) = 82,8; once the objection is allowed records are
    70/80 = 87,5, and the scheda 0,30 × 80 + 0,70 × (0,60 × 90 + 0,40 × 87,5) = 86,3.
    """
    scena.adesso(Tipo.CONTRODEDUZIONI)
    trova(pagina, scena, "anna", "Avvia la valutazione di 1 scheda budget")
    guarda(pagina)
    premi(pagina, "Avvia la valutazione", "1 scheda")
    expect(pagina.locator("#quadro")).to_contain_text("82,8")

    trova(pagina, scena, "elena", f"Guarda la valutazione di «{NOME}»")
    expect(pagina.locator("#valutazione .punteggio-grande")).to_contain_text("82,8")
    guarda(pagina)
    pagina.get_by_role("link", name="Controdeduci").click()
    pagina.get_by_label("Su che cosa").select_option(label="Chiudere le cartelle")
    pagina.get_by_role("textbox", name=re.compile("^Controdeduzione")).fill(
        "A fine anno le cartelle chiuse erano il 70%."
    )
    guarda(pagina)
    premi(pagina, "Presenta la controdeduzione", "Controdeduzione presentata")

    trova(pagina, scena, "anna", "Rispondi alle controdeduzioni di 1 scheda")
    pagina.get_by_role("link", name="Cardiologia", exact=True).click()
    pagina.get_by_role("link", name=re.compile("^Rispondi")).click()
    pagina.get_by_label("Esito").select_option(label="Accolta")
    pagina.get_by_label("Motivazione").fill("Il flusso rettificato lo conferma.")
    pagina.get_by_label("Periodo del risultato").select_option(label="4° trimestre")
    pagina.get_by_label("Nuovo valore").fill("70")
    guarda(pagina)
    premi(pagina, "Registra la risposta", "Risposta registrata.")
    expect(pagina.locator("#valutazione .punteggio-grande")).to_contain_text("86,3")
    assert scena.scheda.stato == Stato.CONTRODEDOTTA

    scena.adesso(Tipo.VALIDAZIONE_SCHEDE)
    trova(pagina, scena, "carla", "Valida 1 scheda budget")
    pagina.get_by_role("link", name="Cardiologia", exact=True).click()
    pagina.get_by_role("link", name="Valida o rinvia").click()
    expect(pagina.locator("main")).to_contain_text("86,3")
    pagina.get_by_label("Motivazione").fill("Dati e metodo verificati.")
    guarda(pagina)
    premi(pagina, "Registra", "Registrato")
    assert scena.scheda.stato == Stato.VALIDATA

    trova(pagina, scena, "anna", "Chiudi 1 scheda budget validata")
    premi(pagina, "Chiudi le schede validate", "1 scheda")
    assert scena.scheda.stato == Stato.CHIUSA
    pagina.get_by_role("link", name=re.compile("^perché")).first.click()
    expect(pagina.locator("main")).to_contain_text("86,3")
    guarda(pagina)
