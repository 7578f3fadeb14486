# SPDX-License-Identifier: AGPL-3.0-or-later
"""The risorse umane count the authorised; the Direzione reads them, without the small groups."""

from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from lavoro_agile.models import EdizioneLavoroAgile
from piani.models import Ruolo
from tests.e2e.conciliazione.passi import entra
from tests.e2e.occhi import STRETTA, senza_scorrimento
from tests.factories import IncaricoFactory
from tests.factories_lavoro_agile import (
    AccordoAgileFactory,
    EdizioneAgileFactory,
    GiornateFactory,
    PersonaleGenereFactory,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def edizione(transactional_db: None) -> EdizioneLavoroAgile:
    """Thirteen agreements in force: two people of a small unit, eleven of a large one."""
    edizione = EdizioneAgileFactory()
    PersonaleGenereFactory(azienda=edizione.azienda, femmine=150, maschi=50)
    for numero in range(13):
        AccordoAgileFactory(
            edizione=edizione,
            unita_stampata="Ufficio piccolo" if numero < 2 else "Ufficio grande",
            genere="F" if numero % 2 else "M",
        )
    for nome in ("Ufficio grande", "Ufficio medio"):
        GiornateFactory(azienda=edizione.azienda, unita_stampata=nome)
    return edizione


def test_dagli_accordi_alle_cifre(
    pagina: Page, live_server: Any, edizione: EdizioneLavoroAgile,
    accessibile: Callable[[], None], scatta: Callable[..., None],
) -> None:  # fmt: skip
    azienda, sito = edizione.azienda, live_server.url
    entra(pagina, sito, IncaricoFactory(ruolo=Ruolo.RISORSE_UMANE, azienda=azienda).utente)
    pagina.goto(sito + reverse("lavoro_agile_azienda", args=[azienda.codice]))
    accessibile()
    pagina.get_by_role("link", name="Cifre", exact=True).first.click()
    pagina.get_by_role("link", name="Nuova rilevazione").click()
    accessibile()
    expect(pagina.get_by_label("Dipendenti")).to_have_value("200")
    pagina.get_by_label("Di cui con attività").fill("40")
    pagina.get_by_role("button", name="Conta").click()
    expect(pagina.get_by_role("row", name="Ufficio piccolo 1 1 2")).to_be_visible()
    expect(pagina.get_by_role("definition").filter(has_text="6,50%")).to_be_visible()
    expect(pagina.get_by_role("definition").filter(has_text="32,50%")).to_be_visible()
    accessibile()

    entra(pagina, sito, IncaricoFactory(ruolo=Ruolo.DIREZIONE, azienda=azienda).utente)
    pagina.goto(sito + reverse("lavoro_agile_cifre", args=[azienda.codice]))
    accessibile()
    scatta("lavoro-agile-cifre", full_page=True)
    pagina.set_viewport_size(STRETTA)
    senza_scorrimento(pagina)
    scatta("lavoro-agile-cifre-stretta", full_page=True)
    pagina.locator("#ultima a").click()
    expect(pagina.get_by_role("definition").filter(has_text="6,50%")).to_be_visible()
    expect(pagina.get_by_role("row", name="Ufficio piccolo")).to_contain_text("non mostrato")
    senza_scorrimento(pagina)
    scatta("lavoro-agile-rilevazione-stretta", full_page=True)
    anno = reverse("cifre_giornate", args=[azienda.codice, 2021])
    pagina.goto(sito + anno)
    accessibile()
    expect(pagina.get_by_role("row", name="Ufficio medio")).to_contain_text("25,00%")
    senza_scorrimento(pagina)
    scatta("lavoro-agile-giornate-stretta", full_page=True)
