# SPDX-License-Identifier: AGPL-3.0-or-later
"""The risorse umane open a mapping, the head of a unit fills it in, the office takes it."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from piani.models import Ruolo, UnitaOrganizzativa
from tests.e2e.conciliazione.passi import entra
from tests.e2e.lavoro_agile.atti import (
    prepara_la_mappatura,
    scrive_attivita_e_persone,
    scrive_il_resto,
)
from tests.e2e.occhi import STRETTA, senza_scorrimento
from tests.factories import IncaricoFactory, OrganigrammaFactory, UnitaFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def unita(transactional_db: None) -> UnitaOrganizzativa:
    organigramma = OrganigrammaFactory(valido_dal=date(2020, 1, 1))
    return UnitaFactory(organigramma=organigramma, nome="Ufficio protocollo")


def test_dalla_campagna_alla_scheda_acquisita(
    pagina: Page, live_server: Any, unita: UnitaOrganizzativa,
    accessibile: Callable[[], None], scatta: Callable[..., None],
) -> None:  # fmt: skip
    azienda, sito = unita.azienda, live_server.url
    ufficio = IncaricoFactory(ruolo=Ruolo.RISORSE_UMANE, azienda=azienda).utente
    capo = IncaricoFactory(ruolo=Ruolo.RESPONSABILE_CDR, azienda=azienda, unita=unita).utente
    entra(pagina, sito, ufficio)
    pagina.goto(sito + reverse("lavoro_agile_mappatura", args=[azienda.codice]))
    accessibile()
    prepara_la_mappatura(pagina)
    accessibile()
    pagina.get_by_role("button", name="Prepara").click()
    expect(pagina.get_by_label("Ufficio protocollo")).to_be_checked()
    accessibile()
    pagina.get_by_role("button", name="Apri la mappatura").click()
    expect(pagina.get_by_role("row", name="Ufficio protocollo")).to_contain_text(str(capo))
    accessibile()

    entra(pagina, sito, capo)
    pagina.get_by_role("link", name="Mappa le attività: «Ufficio protocollo»").click()
    accessibile()
    scrive_attivita_e_persone(pagina)
    pagina.get_by_role("button", name="Trasmetti").click()
    expect(pagina.get_by_text("Scrivi un numero, anche 0.").first).to_be_visible()
    accessibile()
    scrive_il_resto(pagina)
    pagina.set_viewport_size(STRETTA)
    senza_scorrimento(pagina)
    scatta("lavoro-agile-mappatura-compila-stretta", full_page=True)
    pagina.get_by_role("button", name="Trasmetti").click()
    expect(pagina.get_by_text("Scheda trasmessa")).to_be_visible()
    senza_scorrimento(pagina)

    entra(pagina, sito, ufficio)
    pagina.get_by_role("link", name="1 scheda da acquisire").click()
    pagina.get_by_role("link", name="Ufficio protocollo").first.click()
    accessibile()
    pagina.get_by_role("button", name="Acquisisci la scheda").click()
    expect(pagina.get_by_role("row", name="Ufficio protocollo")).to_contain_text("60,00%")
    accessibile()
    senza_scorrimento(pagina)
    scatta("lavoro-agile-mappatura", full_page=True)
