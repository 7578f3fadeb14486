# SPDX-License-Identifier: AGPL-3.0-or-later
"""Programs that use the API, with a token in hand."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from oauth2_provider.models import get_access_token_model, set_token_value

from conciliazione.models import Progetto
from piani import azioni
from piani.models import Azienda, ClienteApi, Ruolo
from piani.models.cliente import ambiti as tutti
from tests.api.passi import entrato
from tests.factories_conciliazione import (
    AdesioneFactory,
    EdizioneConciliazioneFactory,
    PartnerFactory,
    ProgettoFactory,
    ReferenteFactory,
)


@pytest.fixture(autouse=True)
def _contatori_a_zero() -> None:
    """The counts of the requests of the tests before this one."""
    cache.clear()


def client_di(cliente: ClienteApi, *ambiti: str) -> Client:
    """A test client that sends a token of the client with some scopes (all its own if unsaid)."""
    chiave = f"gettone-{cliente.pk}-{len(ambiti)}"
    gettone = get_access_token_model()(
        application=cliente,
        expires=timezone.now() + timedelta(hours=1),
        scope=" ".join(ambiti or cliente.ambiti),
    )
    set_token_value(gettone, chiave)
    gettone.save()
    return Client(headers={"Authorization": f"Bearer {chiave}"})


@pytest.fixture
def programma(azienda: Azienda) -> Callable[..., Client]:
    """A program of the azienda of the test (unless another is given), with its token."""

    def crea(
        ruolo: Ruolo = Ruolo.CONTROLLO_GESTIONE, dove: Azienda | None = None, *ambiti: str
    ) -> Client:
        ente = dove or azienda
        nome = f"{ruolo} {ente.clienti_api.count()}"
        cliente, _segreto = azioni.crea_cliente(
            ente, nome=nome, ruolo=ruolo, ambiti=list(ambiti or tutti()), da=None
        )
        return client_di(cliente)

    return crea


@pytest.fixture
def api(programma: Callable[..., Client]) -> Client:
    """The program of the controllo di gestione."""
    return programma()


@pytest.fixture
def progetto(azienda: Azienda) -> Progetto:
    """A project under way of an Alleanza, whose capofila is in the network."""
    edizione = EdizioneConciliazioneFactory(azienda=azienda)
    nuovo: Progetto = ProgettoFactory(proposta__manifestazione__edizione=edizione)
    AdesioneFactory(ente=nuovo.capofila)
    return nuovo


@pytest.fixture
def capofila(progetto: Progetto) -> Client:
    """Who represents the capofila of the project, from the pages."""
    return entrato(ReferenteFactory(ente=progetto.capofila).utente)


@pytest.fixture
def partner(progetto: Progetto) -> Client:
    """Who represents a partner of the project, from the pages."""
    return entrato(ReferenteFactory(ente=PartnerFactory(proposta=progetto.proposta).ente).utente)


@pytest.fixture
def ufficio(programma: Callable[..., Client]) -> Client:
    """The program of the office of the ATS that leads the network."""
    return programma(Ruolo.CAPOFILA)
