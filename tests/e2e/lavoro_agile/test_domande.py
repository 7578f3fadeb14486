# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who works asks, who leads the unit answers, the risorse umane admit."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from lavoro_agile.models import BandoLavoroAgile, DomandaLavoroAgile
from piani.models import Ruolo
from tests.e2e.conciliazione.passi import entra
from tests.e2e.lavoro_agile.atti import (
    ammette,
    da_parere_favorevole,
    presenta_la_domanda,
    scrive_la_domanda,
    tiene_il_colloquio,
)
from tests.e2e.occhi import STRETTA, senza_scorrimento
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
    scrive_la_domanda(pagina)
    accessibile()
    pagina.set_viewport_size(STRETTA)
    senza_scorrimento(pagina)
    scatta("lavoro-agile-domanda-stretta", full_page=True)
    presenta_la_domanda(pagina)
    domanda = sito + reverse("agile_domanda", args=[DomandaLavoroAgile.objects.get().pk])

    come(Ruolo.RESPONSABILE_CDR, unita=unita)
    pagina.goto(domanda)
    tiene_il_colloquio(pagina)
    accessibile()
    da_parere_favorevole(pagina)
    accessibile()

    come(Ruolo.RISORSE_UMANE)
    pagina.goto(sito + reverse("agile_bando_ammissione", args=[bando.pk]))
    accessibile()
    senza_scorrimento(pagina)
    scatta("lavoro-agile-ammissione-stretta", full_page=True)
    ammette(pagina)
    pagina.goto(sito + reverse("agile_bando_cifre", args=[bando.pk]))
    accessibile()
    senza_scorrimento(pagina)
