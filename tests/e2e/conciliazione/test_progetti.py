# SPDX-License-Identifier: AGPL-3.0-or-later
"""Projects and money in the browser: from a proposal to its start; a plan of the past read."""

from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from conciliazione.carica.progetti import carica
from piani.models import Ruolo, Utente
from tests.conciliazione.progetti_fonte import edizione_2017, edizione_2020, finanziata
from tests.conftest import RADICE
from tests.e2e.conciliazione import atti_progetti as atti
from tests.e2e.scena_ciclo import guarda
from tests.factories import PASSWORD, IncaricoFactory
from tests.factories_conciliazione import PartnerFactory, ReferenteFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def entra(pagina: Page, sito: str, chi: Utente) -> None:
    pagina.set_default_timeout(30_000)
    expect.set_options(timeout=30_000)
    pagina.context.clear_cookies()
    pagina.goto(f"{sito}/accedi/")
    pagina.get_by_label("Nome utente").fill(chi.username)
    pagina.get_by_label("Password").fill(PASSWORD)
    pagina.get_by_role("button", name="Accedi").click()
    pagina.wait_for_url(f"{sito}/")


def test_un_progetto_nasce_si_firma_e_parte(
    pagina: Page, live_server: Any, transactional_db: None, scatta: Any
) -> None:
    sito, edizione = live_server.url, edizione_2020()
    ufficio = IncaricoFactory(ruolo=Ruolo.CAPOFILA, azienda=edizione.azienda).utente
    proposta = finanziata(edizione)
    socio = PartnerFactory(proposta=proposta).ente
    capofila = ReferenteFactory(ente=proposta.capofila).utente
    entra(pagina, sito, ufficio)
    atti.piano_finanziario_approvato(pagina, sito, edizione)
    progetto = atti.creato(pagina, sito, edizione, titolo=proposta.titolo)
    entra(pagina, sito, capofila)
    atti.accordo_alla_firma(pagina, sito, progetto)
    atti.firmato(pagina, sito, progetto, proposta.capofila)
    entra(pagina, sito, ReferenteFactory(ente=socio).utente)
    atti.firmato(pagina, sito, progetto, socio)
    entra(pagina, sito, ufficio)
    atti.avviato(pagina, sito, progetto, dal="2021-02-01", al="2022-12-31")
    scatta("progetto", full_page=True)
    atti.fra_le_concessioni(pagina, sito, progetto)
    scatta("concessioni", full_page=True)


def test_il_piano_del_2017_si_legge_con_le_sue_differenze(
    pagina: Page, live_server: Any, transactional_db: None, scatta: Any
) -> None:
    sito, edizione = live_server.url, edizione_2017()
    carica(edizione, RADICE / "fixtures" / "conciliazione_2017_2018")
    entra(
        pagina, sito, IncaricoFactory(ruolo=Ruolo.CAPOFILA, azienda=edizione.azienda).utente
    )  # fmt: skip
    for nome in (
        "conciliazione_finanziario", "finanze_riscontri", "conciliazione_progetti",
        "progetto_documenti",
    ):  # fmt: skip
        pagina.goto(f"{sito}{reverse(nome, args=[edizione.slug])}")
        guarda(pagina)
        scatta(nome.replace("_", "-"), full_page=True)
    pagina.get_by_role("link", name="Anteprima").click()
    expect(pagina.locator("main")).to_contain_text("Stampato e calcolato")
    guarda(pagina)
