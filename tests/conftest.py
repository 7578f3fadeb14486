# SPDX-License-Identifier: AGPL-3.0-or-later
"""What every test may ask for."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client

from piani.models import Azienda, Ruolo, Utente
from tests.factories import AziendaFactory, IncaricoFactory

RADICE = Path(__file__).resolve().parent.parent


@pytest.fixture
def azienda(db: None) -> Azienda:
    return AziendaFactory()


@pytest.fixture
def incaricato(azienda: Azienda) -> Callable[..., Utente]:
    """A person with a ruolo, in the azienda of the test unless another is given."""

    def crea(ruolo: Ruolo = Ruolo.CONTROLLO_GESTIONE, dove: Azienda | None = None) -> Utente:
        return IncaricoFactory(ruolo=ruolo, azienda=dove or azienda).utente

    return crea


@pytest.fixture
def controllo(incaricato: Callable[..., Utente]) -> Utente:
    """Who does the controllo di gestione of the azienda of the test."""
    return incaricato(Ruolo.CONTROLLO_GESTIONE)


@pytest.fixture
def entra(client: Client) -> Callable[[Utente], Client]:
    """The test client, logged in as a person."""

    def come(utente: Utente) -> Client:
        client.force_login(utente)
        return client

    return come


@pytest.fixture(autouse=True)
def _cartelle_dei_documenti(settings: object, tmp_path: Path) -> None:
    """Documents of a test are written in a folder of its own."""
    settings.DOCUMENTI = tmp_path / "documenti"
    settings.MEDIA_ROOT = tmp_path / "archivio"
