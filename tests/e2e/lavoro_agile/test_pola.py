# SPDX-License-Identifier: AGPL-3.0-or-later
"""The risorse umane begin a POLA, take indicators from the guideline, write a level; the Nucleo
reads it.
"""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from lavoro_agile.models import Pola
from piani.models import Azienda, Ruolo
from tests.e2e.conciliazione.passi import entra
from tests.e2e.occhi import STRETTA, senza_scorrimento
from tests.factories import AziendaFactory, IncaricoFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def azienda(transactional_db: None) -> Azienda:
    return AziendaFactory(nome="ASST di prova")


def test_dalla_linea_guida_al_livello_letto(
    pagina: Page, live_server: Any, azienda: Azienda,
    accessibile: Callable[[], None], scatta: Callable[..., None],
) -> None:  # fmt: skip
    sito = live_server.url
    entra(pagina, sito, IncaricoFactory(ruolo=Ruolo.RISORSE_UMANE, azienda=azienda).utente)
    pagina.goto(sito + reverse("lavoro_agile_pola", args=[azienda.codice]))
    accessibile()
    pagina.get_by_role("link", name="Comincia un POLA").click()
    pagina.get_by_label("Titolo").fill("POLA di prova")
    pagina.get_by_label("Primo anno").fill("2026")
    pagina.get_by_label("Ultimo anno").fill("2028")
    accessibile()
    pagina.get_by_role("button", name="Comincia").click()
    expect(pagina.get_by_text("Il programma non ha ancora indicatori.")).to_be_visible()
    accessibile()

    pagina.get_by_role("link", name="Prendi dalla linea guida").first.click()
    pagina.get_by_label("Accesso sicuro alla rete dall'esterno (VPN)").check()
    pagina.get_by_label("Lavoratori agili effettivi su quelli potenziali").check()
    accessibile()
    pagina.get_by_role("button", name="Prendi nel programma").click()
    expect(pagina.get_by_text("Presi 2 indicatori")).to_be_visible()

    pagina.get_by_role("link", name=re.compile("Livelli.*LA-ATT-LAVORATORI")).click()
    pagina.get_by_label("Fase di avvio 2026").press_sequentially("almeno il 30%")
    lettura = pagina.locator("#lettura-atteso_2026")
    expect(lettura).to_contain_text("Soglia")
    accessibile()
    pagina.get_by_role("button", name="Salva").click()
    expect(pagina.get_by_role("row", name="LA-ATT-LAVORATORI")).to_contain_text("almeno il 30%")
    accessibile()
    pagina.set_viewport_size(STRETTA)
    senza_scorrimento(pagina)
    scatta("pola-programma", full_page=True)

    pola = Pola.objects.get(piano__titolo="POLA di prova")
    indirizzo = sito + reverse("pola_piano", args=[pola.piano.slug])
    pagina.context.clear_cookies()
    entra(pagina, sito, IncaricoFactory(ruolo=Ruolo.NUCLEO, azienda=azienda).utente)
    pagina.goto(indirizzo)
    expect(pagina.get_by_text("È una bozza: la scrivono le risorse umane.")).to_be_visible()
    expect(pagina.get_by_role("link", name="Livelli")).to_have_count(0)
    expect(pagina.get_by_role("link", name="Prendi dalla linea guida")).to_have_count(0)
