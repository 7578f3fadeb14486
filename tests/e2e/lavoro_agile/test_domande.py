# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who works asks, who leads the unit answers, the risorse umane admit."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from lavoro_agile.models import BandoLavoroAgile, DomandaLavoroAgile
from piani.models import Ruolo
from tests.e2e.conciliazione.passi import entra
from tests.e2e.passi_pagina import LARGHI, STRETTA
from tests.factories import IncaricoFactory, OrganigrammaFactory, UnitaFactory
from tests.factories_lavoro_agile import BandoAgileFactory, TrancheFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def bando(transactional_db: None) -> BandoLavoroAgile:
    bando = BandoAgileFactory()
    TrancheFactory(bando=bando, ordine=1, posti=2)
    return bando


def test_dalla_domanda_all_ammissione(
    pagina: Page, live_server: Any, bando: BandoLavoroAgile,
    accessibile: Callable[[], None], scatta: Callable[..., None],
) -> None:  # fmt: skip
    azienda, sito = bando.azienda, live_server.url
    organigramma = OrganigrammaFactory(azienda=azienda, valido_dal=date(2020, 1, 1))
    unita = UnitaFactory(organigramma=organigramma)
    del_bando = sito + reverse("agile_bando", args=[bando.pk])

    def come(ruolo: Ruolo, **altro: Any) -> None:
        entra(pagina, sito, IncaricoFactory(ruolo=ruolo, azienda=azienda, **altro).utente)

    come(Ruolo.DIPENDENTE, unita=unita)
    pagina.goto(del_bando)
    accessibile()
    pagina.get_by_role("link", name="Chiedi il lavoro agile").click()
    pagina.get_by_label("Giorni al mese").fill("6")
    pagina.get_by_label("Attività che faresti").fill("Istruttoria delle pratiche.")
    pagina.get_by_label("Stato di salute", exact=True).check()
    accessibile()
    pagina.set_viewport_size(STRETTA)
    assert pagina.evaluate(LARGHI) == []
    scatta("lavoro-agile-domanda-stretta", full_page=True)
    pagina.get_by_role("button", name="Salva la bozza").click()
    pagina.get_by_role("button", name="Presenta la domanda").click()
    expect(pagina.locator("main")).to_contain_text("In attesa del parere")
    domanda = sito + reverse("agile_domanda", args=[DomandaLavoroAgile.objects.get().pk])

    come(Ruolo.RESPONSABILE_CDR, unita=unita)
    pagina.goto(domanda)
    expect(pagina.locator("main")).not_to_contain_text("Stato di salute")
    pagina.get_by_role("link", name="Scrivi il colloquio").click()
    pagina.get_by_role("button", name="Salva il colloquio").click()
    pagina.get_by_role("link", name="Esprimi il parere").click()
    accessibile()
    pagina.get_by_label("Favorevole").check()
    pagina.get_by_label("Motivazione").fill("Le attività lo permettono.")
    pagina.get_by_role("button", name="Esprimi il parere").click()
    expect(pagina.locator("main")).to_contain_text("Parere favorevole")
    accessibile()

    come(Ruolo.RISORSE_UMANE)
    pagina.goto(sito + reverse("agile_bando_ammissione", args=[bando.pk]))
    accessibile()
    assert pagina.evaluate(LARGHI) == []
    scatta("lavoro-agile-ammissione-stretta", full_page=True)
    pagina.get_by_role("button", name="Ammetti le domande scelte").click()
    expect(pagina.locator("main")).to_contain_text("Nessuna domanda da ammettere.")
    pagina.goto(sito + reverse("agile_bando_cifre", args=[bando.pk]))
    accessibile()
    assert pagina.evaluate(LARGHI) == []
