# SPDX-License-Identifier: AGPL-3.0-or-later
"""The acts of the evaluation and of the allocation; the page is already of who acts."""

from collections.abc import Iterable, Mapping

from django.urls import reverse
from playwright.sync_api import Page, expect

from conciliazione.models import ManifestazioneInteresse, Seduta, Seggio
from tests.e2e.scena_ciclo import guarda, premi


def vai(pagina: Page, sito: str, parte: str, bando: ManifestazioneInteresse) -> None:
    """Through the edition to the page of the call in that part."""
    pagina.goto(f"{sito}{bando.edizione.get_absolute_url()}")
    pagina.get_by_role("navigation", name="Parti della conciliazione").get_by_role(
        "link", name=parte, exact=True
    ).click()
    pagina.get_by_role("main").get_by_role("link", name=bando.titolo).click()


def valutatori_nominati(
    pagina: Page, sito: str, bando: ManifestazioneInteresse, seggi: Iterable[Seggio]
) -> None:
    """The office calls these seats."""
    vai(pagina, sito, "Valutazione", bando)
    pagina.get_by_role("link", name="Nomina i valutatori").click()
    for seggio in seggi:
        pagina.get_by_label(str(seggio)).check()
    guarda(pagina)
    premi(pagina, "Nomina", "Valutatori nominati")
    guarda(pagina)


def senza_conflitti(pagina: Page, sito: str, bando: ManifestazioneInteresse) -> None:
    """Who holds a seat declares no conflict."""
    vai(pagina, sito, "Valutazione", bando)
    pagina.get_by_role("link", name="Dichiara i conflitti di interessi").click()
    pagina.get_by_label("Non ho conflitti con nessuna delle proposte").check()
    guarda(pagina)
    premi(pagina, "Dichiara", "Dichiarazione registrata")


def proposta_valutata(
    pagina: Page,
    sito: str,
    bando: ManifestazioneInteresse,
    proposta: str,
    punti: Mapping[str, str],
) -> None:
    """Who holds a seat gives the points of a proposal, by the name of the criterion."""
    vai(pagina, sito, "Valutazione", bando)
    riga = pagina.get_by_role("row").filter(has_text=proposta)
    riga.get_by_role("link", name="Valuta").click()
    for criterio, voto in punti.items():
        gruppo = pagina.get_by_role("group", name=criterio)
        gruppo.get_by_label("Punti").fill(voto)
    pagina.get_by_label("Giudizio").fill("Risponde ai bisogni del territorio.")
    guarda(pagina)
    premi(pagina, "Consegna la scheda", "Scheda consegnata")
    guarda(pagina)


def graduatoria_decisa(
    pagina: Page, sito: str, bando: ManifestazioneInteresse, seduta: Seduta
) -> None:
    """The office forms the ranking and records what the Comitato decided."""
    vai(pagina, sito, "Valutazione", bando)
    premi(pagina, "Forma la graduatoria", "Graduatoria formata")
    guarda(pagina)
    pagina.get_by_role("link", name="Registra la decisione del Comitato").click()
    pagina.get_by_label("Seduta del Comitato").select_option(str(seduta.pk))
    guarda(pagina)
    premi(pagina, "Registra", "Graduatoria decisa")


def scenario_calcolato(
    pagina: Page,
    sito: str,
    bando: ManifestazioneInteresse,
    nome: str,
    *,
    regola: str = "In proporzione a ciò che ognuno chiede",
    tagli: Mapping[str, str] | None = None,
) -> None:
    """The office makes a scenario; ``tagli``: by title of the project."""
    vai(pagina, sito, "Riparto", bando)
    pagina.get_by_role("link", name="Nuovo scenario").click()
    pagina.get_by_label("Nome dello scenario").fill(nome)
    pagina.get_by_label("Come si ripartisce").select_option(regola)
    for progetto, taglio in (tagli or {}).items():
        pagina.get_by_label(f"Taglio €, {progetto}").fill(taglio)
        pagina.get_by_label(f"Perché il taglio, {progetto}").fill("Azioni ripetute")
    guarda(pagina)
    premi(pagina, "Calcola e salva", "Scenario calcolato")
    guarda(pagina)


def scenario_scelto(
    pagina: Page, sito: str, bando: ManifestazioneInteresse, nome: str, motivo: str
) -> None:
    """The office or the Direzione puts a scenario in force; anybody then reads the results."""
    vai(pagina, sito, "Riparto", bando)
    pagina.get_by_role("region", name="Scenari").get_by_role("link", name=nome).first.click()
    guarda(pagina)
    pagina.get_by_role("link", name="Scegli questo scenario").click()
    pagina.get_by_label("Perché questo scenario").fill(motivo)
    guarda(pagina)
    premi(pagina, "Metti in vigore", "Scenario in vigore")
    pagina.goto(f"{sito}{reverse('riparto_risultati', args=[bando.edizione.slug, bando.numero])}")
    expect(pagina.get_by_role("main")).to_contain_text(motivo)
    guarda(pagina)
