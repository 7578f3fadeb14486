# SPDX-License-Identifier: AGPL-3.0-or-later
"""From the map of a project to what its beneficiaries answered, in the browser."""

from datetime import date
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from conciliazione.models import Progetto, QuestionarioImpatto
from piani.models import Ruolo, Utente
from tests.e2e.conciliazione import atti_impatto as atti
from tests.factories import PASSWORD, IncaricoFactory
from tests.factories_conciliazione import (
    EdizioneConciliazioneFactory,
    ProgettoFactory,
    ReferenteFactory,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def progetto(transactional_db: None) -> Progetto:
    edizione = EdizioneConciliazioneFactory()
    return ProgettoFactory(proposta__manifestazione__edizione=edizione, titolo="Tempo prezioso")


def entra(pagina: Page, sito: str, chi: Utente) -> None:
    pagina.set_default_timeout(30_000)
    pagina.context.clear_cookies()
    pagina.goto(f"{sito}/accedi/")
    pagina.get_by_label("Nome utente").fill(chi.username)
    pagina.get_by_label("Password").fill(PASSWORD)
    pagina.get_by_role("button", name="Accedi").click()
    pagina.wait_for_url(f"{sito}/")


def test_dalla_mappa_alle_medie(
    pagina: Page, browser: Browser, live_server: Any, progetto: Progetto
) -> None:
    sito, edizione = live_server.url, progetto.edizione
    entra(pagina, sito, ReferenteFactory(ente=progetto.capofila).utente)
    atti.mappa_scritta(pagina, sito, progetto)
    atti.kpi_rilevato(pagina, base="40", atteso="30", valore="34", giorno=date(2022, 12, 31))
    expect(pagina.get_by_text("meglio della partenza")).to_be_visible()
    ufficio = IncaricoFactory(ruolo=Ruolo.CAPOFILA, azienda=edizione.azienda).utente
    entra(pagina, sito, ufficio)
    collegamenti = atti.questionario_aperto(
        pagina, sito, edizione, titolo="Che cosa è cambiato", quanti=5
    )
    for uno in collegamenti:
        atti.risposto(browser, sito, uno, grado=4)
    questo = QuestionarioImpatto.objects.get()
    atti.questionario_chiuso(pagina, sito, questo.questionario_id)
    expect(pagina.get_by_role("row", name="Totale 5 5 100,00")).to_be_visible()
