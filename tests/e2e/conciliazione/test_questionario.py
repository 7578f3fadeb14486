# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who answers a questionnaire does it on a telephone, with no script and no account."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from piani.models import Compilazione
from piani.models.questionario import impronta_gettone
from tests.e2e.occhi import senza_ostacoli, senza_scorrimento
from tests.factories_conciliazione import (
    DomandaFactory,
    InvitoQuestionarioFactory,
    QuestionarioFactory,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def pagina(browser: Browser) -> Iterator[Page]:
    contesto = browser.new_context(
        viewport={"width": 375, "height": 800}, locale="it-IT", java_script_enabled=False
    )
    yield contesto.new_page()
    contesto.close()


def test_si_risponde_dal_telefono_senza_script(
    pagina: Page, live_server: Any, browser: Browser, scatta: Callable[..., None]
) -> None:
    questionario = QuestionarioFactory(presentazione="Bastano due minuti.")
    DomandaFactory(questionario=questionario, ordine=1)
    DomandaFactory(questionario=questionario, ordine=2, tipo="si_no", testo="Lo consiglieresti?")
    DomandaFactory(
        questionario=questionario, ordine=3, tipo="testo", testo="Altro?", obbligatoria=False
    )
    InvitoQuestionarioFactory(questionario=questionario, impronta=impronta_gettone("telefono"))
    indirizzo = f"{live_server.url}/q/telefono/"
    pagina.goto(indirizzo)
    pagina.get_by_label("4", exact=True).check()
    pagina.get_by_label("Altro?").fill("Grazie dei centri estivi")
    pagina.get_by_role("button", name="Invia le risposte").click()
    expect(pagina.get_by_text("A questa domanda serve una risposta.")).to_be_visible()
    expect(pagina.get_by_label("4", exact=True)).to_be_checked()
    expect(pagina.get_by_label("Altro?")).to_have_value("Grazie dei centri estivi")
    _accessibile_e_stretta(browser, indirizzo)
    scatta("impatto-questionario", full_page=True)
    pagina.get_by_label("Sì", exact=True).check()
    pagina.get_by_role("button", name="Invia le risposte").click()
    expect(pagina.get_by_role("heading", level=1)).to_have_text("Grazie, la risposta è arrivata")
    assert Compilazione.objects.count() == 1
    pagina.goto(indirizzo)
    expect(pagina.get_by_text("Con questo collegamento si è già risposto")).to_be_visible()


def _accessibile_e_stretta(browser: Browser, indirizzo: str) -> None:
    """The same page where axe can run: nothing found, nothing wider than the screen."""

    contesto = browser.new_context(viewport={"width": 375, "height": 800}, locale="it-IT")
    pagina = contesto.new_page()
    pagina.goto(indirizzo)
    senza_ostacoli(pagina)
    senza_scorrimento(pagina)
    contesto.close()
