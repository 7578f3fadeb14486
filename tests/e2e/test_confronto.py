# SPDX-License-Identifier: AGPL-3.0-or-later
"""The map of the scores in the browser: as large as a region, on a desk and on a telephone."""

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from obiettivi.models import Raggiungimento
from piani.models import Ruolo, Utente
from tests.e2e.occhi import senza_scorrimento
from tests.factories import (
    PASSWORD,
    AreaFactory,
    AziendaFactory,
    IncaricoFactory,
    PianoFactory,
    UtenteFactory,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
AZIENDE, AREE = 40, 9
STRETTA = {"width": 375, "height": 800}
NOMI = (
    "Prevenzione e promozione della salute", "Cure primarie", "Accesso alle prestazioni",
    "Presa in carico della cronicità e della fragilità", "Rete ospedaliera e territoriale",
    "Economico-finanziaria", "Digitalizzazione", "Trasparenza e anticorruzione", "Personale",
)  # fmt: skip


@pytest.fixture
def lettrice(transactional_db: None) -> Utente:
    """Who reads for an invented region: forty bodies, each with a plan of up to nine areas."""
    utente = UtenteFactory(username="rita.regione")
    for numero in range(AZIENDE):
        azienda = AziendaFactory(nome=f"ASST inventata numero {numero + 1:02}")
        IncaricoFactory(utente=utente, azienda=azienda, ruolo=Ruolo.REGIONE)
        piano = PianoFactory(
            azienda=azienda, titolo="Piano della performance 2022-2024", slug=f"p-{numero}"
        )
        aree = [
            AreaFactory(piano=piano, codice=f"A{posto + 1}", ordine=posto, nome=NOMI[posto])
            for posto in range(AREE - numero % 4)
        ]
        if numero % 13 == 12:
            continue
        voti = [punteggio("P", piano.pk, numero * 7)]
        voti += [punteggio("A", area.pk, numero * 7 + area.ordine * 31) for area in aree]
        Raggiungimento.objects.bulk_create(
            Raggiungimento(piano=piano, prospettiva="consuntivo", anno=2022, **voto)
            for voto in voti
        )
    return utente


def punteggio(livello: str, oggetto: int, caso: int) -> dict[str, Any]:
    """A score of any kind, always the same for the same number."""
    chiave = {"livello": livello, "oggetto": oggetto}
    if livello == "A" and caso % 17 == 3:
        return chiave | {"stato": "N", "motivo": "Manca il risultato di tutti gli indicatori."}
    if livello == "A" and caso % 29 == 5:
        return chiave | {"stato": "E", "motivo": "Area sospesa per l'anno."}
    valore = Decimal(100) if caso % 5 == 0 else Decimal(caso * 37 % 6400) / 100 + 36
    copertura = Decimal(100) if caso % 4 else Decimal("62.5")
    return chiave | {
        "stato": "C", "punteggio": min(valore, Decimal(100)), "copertura": copertura,
        "dimostrativo": caso % 6 == 0,
    }  # fmt: skip


def entra(pagina: Page, sito: str) -> None:
    pagina.goto(f"{sito}/accedi/")
    pagina.get_by_label("Nome utente").fill("rita.regione")
    pagina.get_by_label("Password").fill(PASSWORD)
    pagina.get_by_role("button", name="Accedi").click()
    pagina.wait_for_url(f"{sito}/")


def test_una_regione_si_confronta_dalla_scrivania_e_dal_telefono(
    lettrice: Utente,
    live_server: Any,
    pagina: Page,
    scatta: Callable[..., None],
    accessibile: Callable[[], None],
) -> None:
    sito = str(live_server.url)
    entra(pagina, sito)
    pagina.get_by_role("link", name="Confronto", exact=True).click()
    expect(pagina.get_by_role("heading", level=1)).to_have_text("Confronto fra aziende")
    expect(pagina.locator("tbody tr")).to_have_count(AZIENDE)
    senza_scorrimento(pagina)
    accessibile()
    pagina.locator("#confronto").evaluate("uno => uno.scrollIntoView({behavior: 'instant'})")
    scatta("confronto")

    # The name of an area shows with the mouse and with the keyboard, and Escape puts it away.
    casella = pagina.locator("tbody tr:nth-child(2) td:nth-of-type(5) a")
    nome = casella.locator(".casella-nome")
    assert vista(nome) is False
    casella.hover()
    assert vista(nome) is True
    accessibile()
    pagina.keyboard.press("Escape")
    assert vista(nome) is False
    pagina.mouse.move(0, 0)
    pagina.locator("tbody tr:nth-child(2) td:nth-of-type(4) a").focus()
    pagina.keyboard.press("Tab")
    expect(casella).to_be_focused()
    assert vista(nome) is True

    # Sorted without a reload, the address says it.
    pagina.get_by_label("Ordina per").select_option("-punteggio")
    expect(pagina).to_have_url(re.compile("[?&]ordina=-punteggio"))
    expect(pagina.locator("tbody tr").first.locator(".calore-piano .cifra")).to_have_text("100,00")
    expect(pagina.locator("tbody tr").last.locator(".calore-piano .cifra")).to_have_text("–")

    pagina.set_viewport_size(STRETTA)
    senza_scorrimento(pagina)
    expect(pagina.get_by_text("Cure primarie").first).to_be_visible()
    accessibile()

    pagina.locator("tbody tr:nth-child(1) td:nth-of-type(3) a").click()
    expect(pagina).to_have_url(re.compile(r"\?punteggio=consuntivo-2022&area=A2#area-\d+$"))


def vista(nome: Locator) -> bool:
    """Whether a name has a size on the page, and is not only for who listens."""
    return bool(nome.evaluate("uno => uno.offsetHeight > 1"))
