# SPDX-License-Identifier: AGPL-3.0-or-later
"""What each does in the pages of the lavoro agile: asked by the journeys, one act at a time. The
page is already of who does it, and open where the act begins.
"""

from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import Page, expect


def prepara_la_mappatura(pagina: Page) -> None:
    """The risorse umane, from the home of the mapping: the words and the day of a round."""
    pagina.get_by_role("link", name="Nuova mappatura").click()
    pagina.get_by_label("Titolo").fill("Mappatura di prova")
    entro = timezone.localdate() + timedelta(days=20)
    pagina.get_by_label("Da compilare entro").fill(entro.isoformat())


def scrive_attivita_e_persone(pagina: Page) -> None:
    """The head of the unit, in the form: an activity that can be done so, ten people."""
    attivita = pagina.get_by_role("group", name="Attività 1")
    attivita.get_by_label("Attività o processo").fill("Registrazione")
    attivita.get_by_label("Autonomia").select_option("Alta")
    attivita.get_by_label("Interdipendenza").select_option("Bassa")
    attivita.get_by_label("Misurabilità").select_option("Media")
    profilo = pagina.get_by_role("group", name="Profilo 1")
    profilo.get_by_label("Profilo professionale").fill("Assistente")
    profilo.get_by_label("Area").select_option("Comparto")
    profilo.get_by_label("In servizio").fill("10")
    profilo.get_by_label("Coinvolgibili").fill("6")


def scrive_il_resto(pagina: Page) -> None:
    """The head of the unit: the other five fields of the form."""
    for nome in ("formative", "tecnologiche", "co-working", "Criticità"):
        pagina.get_by_label(nome).fill("Nessuna")
    for nome in ("PC da fornire", "Connessioni da fornire", "Giorni minimi"):
        pagina.get_by_label(nome).fill("2")


def scrive_la_domanda(pagina: Page) -> None:
    """Who works, from the page of the call: what is asked, and why."""
    pagina.get_by_role("link", name="Chiedi il lavoro agile").click()
    pagina.get_by_label("Giorni al mese").fill("6")
    pagina.get_by_label("Attività che faresti").fill("Istruttoria delle pratiche.")
    pagina.get_by_label("Stato di salute", exact=True).check()


def presenta_la_domanda(pagina: Page) -> None:
    pagina.get_by_role("button", name="Salva la bozza").click()
    pagina.get_by_role("button", name="Presenta la domanda").click()
    expect(pagina.locator("main")).to_contain_text("In attesa del parere")


def tiene_il_colloquio(pagina: Page) -> None:
    """The head, in the page of the request; then the opinion is to be written."""
    expect(pagina.locator("main")).not_to_contain_text("Stato di salute")
    pagina.get_by_role("link", name="Scrivi il colloquio").click()
    pagina.get_by_role("button", name="Salva il colloquio").click()
    pagina.get_by_role("link", name="Esprimi il parere").click()


def da_parere_favorevole(pagina: Page) -> None:
    pagina.get_by_label("Favorevole").check()
    pagina.get_by_label("Motivazione").fill("Le attività lo permettono.")
    pagina.get_by_role("button", name="Esprimi il parere").click()
    expect(pagina.locator("main")).to_contain_text("Parere favorevole")


def ammette(pagina: Page) -> None:
    """The risorse umane, in the page of the admission."""
    pagina.get_by_role("button", name="Ammetti le domande scelte").click()
    expect(pagina.locator("main")).to_contain_text("Nessuna domanda da ammettere.")


def scrive_l_accordo(pagina: Page) -> None:
    """The risorse umane, from the list of the agreements: what the law wants in it."""
    pagina.get_by_role("button", name="Prepara l'accordo").click()
    for nome, testo in (
        ("Obiettivi della prestazione", "Dieci pratiche alla settimana."),
        ("Come si misura la prestazione", "Ogni mese, con il responsabile."),
        ("Modalità e tempi di esecuzione", "Due giorni alla settimana, non fissi."),
        ("Rotazione con i colleghi", "A turno con l'ufficio."),
        ("Riposo e disconnessione", "Dalle 19 alle 8 e nei giorni festivi."),
        ("Misure per la riservatezza", "Collegamento protetto dell'azienda."),
        ("Esercizio del potere di controllo", "Sui risultati, mai a distanza."),
    ):
        pagina.get_by_label(nome).fill(testo)
    oggi = timezone.localdate().isoformat()
    pagina.get_by_label("Informativa sulla sicurezza consegnata il").fill(oggi)


def propone_l_accordo(pagina: Page) -> None:
    pagina.get_by_role("button", name="Salva", exact=True).click()
    expect(pagina.get_by_text("Accordo salvato.")).to_be_visible()
    pagina.get_by_role("button", name="Proponi alla firma").click()
    expect(pagina.get_by_text("Accordo proposto")).to_be_visible()


def recede_per_giustificato_motivo(pagina: Page) -> None:
    """The person, from the page of the agreement."""
    pagina.get_by_role("link", name="Recedi").click()
    pagina.get_by_label("Per giustificato motivo").check()
    pagina.get_by_label("Motivo", exact=True).fill("Mi trasferisco vicino alla sede.")
    pagina.get_by_role("button", name="Recedi dall'accordo").click()
    expect(pagina.get_by_text("Recesso registrato")).to_be_visible()
