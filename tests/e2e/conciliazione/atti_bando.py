# SPDX-License-Identifier: AGPL-3.0-or-later
"""The acts of a call, from its draft to the version that comes out of the co-progettazione; the
page is already of who acts.
"""

from datetime import datetime, timedelta

from django.utils import timezone
from playwright.sync_api import Page, expect

from conciliazione.models import EdizioneConciliazione, ManifestazioneInteresse, Proposta
from tests.e2e.conciliazione.passi import guarda, premi


def vai(pagina: Page, sito: str, edizione: EdizioneConciliazione) -> None:
    """Through the edition to its calls."""
    pagina.goto(f"{sito}{edizione.get_absolute_url()}")
    pagina.get_by_role("navigation", name="Parti della conciliazione").get_by_role(
        "link", name="Bandi", exact=True
    ).click()


def bando_pubblicato(
    pagina: Page, sito: str, edizione: EdizioneConciliazione, *, dotazione: str = "726.507,00"
) -> ManifestazioneInteresse:
    """The office writes the call, its criteria, and publishes it: it is open."""
    vai(pagina, sito, edizione)
    pagina.get_by_role("link", name="Nuova manifestazione di interesse").click()
    pagina.get_by_label("Titolo").fill("Alleanze locali")
    pagina.get_by_label("Risorse a disposizione").fill(dotazione)
    pagina.get_by_label("Si apre il").fill(_locale(timezone.now() - timedelta(hours=1)))
    pagina.get_by_label("Si chiude il").fill(_locale(timezone.now() + timedelta(days=20)))
    pagina.get_by_label("Testo").fill("## Chi partecipa\n\nLe Alleanze di enti della Rete.")
    guarda(pagina)
    premi(pagina, "Conferma", "Bozza scritta")
    pagina.get_by_label("Criteri").fill(
        "coerenza;Coerenza con i bisogni;60;no;Art. 1\ntempi;Sinergia con i tempi;10;sì;Art. 2"
    )
    guarda(pagina)
    premi(pagina, "Conferma", "Fatto")
    guarda(pagina)
    premi(pagina, "Pubblica", "Pubblicata")
    guarda(pagina)
    return ManifestazioneInteresse.objects.get(edizione=edizione, titolo="Alleanze locali")


def _locale(quando: datetime) -> str:
    return timezone.localtime(quando).strftime("%Y-%m-%dT%H:%M")


def proposta_scritta(
    pagina: Page, sito: str, bando: ManifestazioneInteresse, titolo: str, *, partner: str = ""
) -> Proposta:
    """Who represents a body writes a proposal whole: 150.000,00 of cost, 105.000,00 asked."""
    vai(pagina, sito, bando.edizione)
    pagina.get_by_role("link", name=bando.titolo).click()
    pagina.get_by_role("link", name="Comincia una proposta").click()
    pagina.get_by_label("Titolo").fill(titolo)
    premi(pagina, "Conferma", "Bozza cominciata")
    anno = bando.edizione.anno_inizio
    pagina.get_by_role("group", name="Finalità").get_by_role("checkbox").first.check()
    pagina.get_by_label("Bisogni a cui risponde").fill("Molti genitori lavorano lontano.")
    pagina.get_by_label("Comincia il").fill(f"{anno}-02-01")
    pagina.get_by_label("Finisce il").fill(f"{anno}-11-30")
    guarda(pagina)
    premi(pagina, "Salva la bozza", "Salvata")
    guarda(pagina)
    if partner:
        _sezione(pagina, "Alleanza")
        pagina.get_by_label("Ente da invitare").select_option(label=partner)
        pagina.get_by_label("Ruolo nell'Alleanza").fill("Tiene lo sportello")
        guarda(pagina)
        premi(pagina, "Invita", "Invitato")
        guarda(pagina)
    _sezione(pagina, "Aggiungi un'azione")
    pagina.get_by_label("Titolo").fill("Centri estivi")
    pagina.get_by_label("Intervento del catalogo").select_option("b2")
    pagina.get_by_label("Persone previste").fill("120")
    pagina.get_by_label("Imprese ed enti previsti").fill("8")
    pagina.get_by_label("Personale", exact=True).fill("90.000")
    pagina.get_by_label("Servizi, consulenze").fill("60.000")
    guarda(pagina)
    premi(pagina, "Salva l'azione", "Salvata")
    _sezione(pagina, "Risorse")
    pagina.get_by_label("Contributo richiesto").fill("105.000")
    pagina.get_by_label("Costo complessivo dichiarato").fill("140.000")
    pagina.get_by_label("Denaro").first.fill("45.000")
    guarda(pagina)
    premi(pagina, "Salva le risorse", "Salvata")
    return Proposta.objects.get(manifestazione=bando, titolo=titolo)


def _sezione(pagina: Page, nome: str) -> None:
    sezioni = pagina.get_by_role("navigation", name="Sezioni della proposta")
    sezioni.get_by_role("link", name=nome, exact=True).click()


def partner_confermato(pagina: Page, sito: str, proposta: Proposta) -> None:
    """Who represents an invited body reads the proposal and says yes."""
    pagina.goto(f"{sito}/")
    pagina.locator(".cose").get_by_role("link", name="invitato in un'Alleanza").first.click()
    expect(pagina.get_by_role("heading", level=1)).to_have_text(proposta.titolo)
    guarda(pagina)
    premi(pagina, "Conferma la partecipazione", "Hai confermato")


def proposta_presentata(pagina: Page, sito: str, proposta: Proposta) -> None:
    """Refused while the costs do not sum, then sent; the receipt is there."""
    _apri(pagina, sito, proposta)
    _accetta(pagina)
    pagina.get_by_role("button", name="Presenta la proposta").click()
    rifiuto = pagina.get_by_role("alert")
    expect(rifiuto).to_contain_text("dichiarato 140.000,00 €, le righe fanno 150.000,00 €")
    guarda(pagina)
    _sezione(pagina, "Risorse")
    expect(pagina.get_by_label("Contributo richiesto")).to_have_value("105.000,00")
    pagina.get_by_label("Costo complessivo dichiarato").fill("150.000")
    premi(pagina, "Salva le risorse", "Salvata")
    _accetta(pagina)
    premi(pagina, "Presenta la proposta", "Proposta presentata")
    expect(pagina.get_by_role("heading", level=1)).to_have_text("Ricevuta")
    expect(pagina.get_by_role("main")).to_contain_text("Impronta (sha256)")
    guarda(pagina)


def proposta_ammessa(pagina: Page, sito: str, proposta: Proposta) -> None:
    """The call has closed: the office opens the envelopes and admits a proposal."""
    vai(pagina, sito, proposta.manifestazione.edizione)
    pagina.get_by_role("link", name=proposta.manifestazione.titolo).first.click()
    apri = pagina.get_by_role("button", name="Apri le proposte")
    if apri.count():
        premi(pagina, "Apri le proposte", "Le proposte sono aperte")
    guarda(pagina)
    pagina.get_by_role("link", name=proposta.titolo).click()
    guarda(pagina)
    pagina.get_by_role("link", name="Istruttoria").click()
    guarda(pagina)
    premi(pagina, "Conferma", "Ammessa alla valutazione")


def versione_rivista(pagina: Page, sito: str, proposta: Proposta) -> None:
    """In co-progettazione the capofila lowers a cost and gives the new version back."""
    _apri(pagina, sito, proposta)
    pagina.get_by_role("link", name="Centri estivi").click()
    pagina.get_by_label("Personale", exact=True).fill("70.000")
    premi(pagina, "Salva l'azione", "Salvata")
    _sezione(pagina, "Risorse")
    pagina.get_by_label("Contributo richiesto").fill("91.000")
    pagina.get_by_label("Costo complessivo dichiarato").fill("130.000")
    pagina.get_by_label("Denaro").first.fill("39.000")
    premi(pagina, "Salva le risorse", "Salvata")
    _accetta(pagina)
    premi(pagina, "Consegna la versione", "Versione consegnata")
    pagina.get_by_role("link", name="Confronta le versioni").click()
    importi = pagina.get_by_role("region", name="Importi, in euro")
    expect(importi.get_by_role("row", name="Costo")).to_contain_text("-20.000,00")
    guarda(pagina)


def coprogettazione_aperta(pagina: Page, sito: str, proposta: Proposta) -> None:
    """The office gives an admitted proposal back to be worked on together."""
    _apri(pagina, sito, proposta)
    pagina.get_by_role("link", name="Apri la co-progettazione").click()
    pagina.get_by_label("Motivo").fill("Ridurre i costi di personale.")
    premi(pagina, "Conferma", "In co-progettazione")


def _apri(pagina: Page, sito: str, proposta: Proposta) -> None:
    vai(pagina, sito, proposta.manifestazione.edizione)
    pagina.get_by_role("link", name=proposta.titolo, exact=True).click()


def _accetta(pagina: Page) -> None:
    """The next question of the page is answered yes."""
    pagina.once("dialog", lambda domanda: domanda.accept())
