# SPDX-License-Identifier: AGPL-3.0-or-later
"""What every test may ask for."""

import gc
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

import pytest
from django.db.models.signals import post_migrate
from django.test import Client, TransactionTestCase
from whitenoise.middleware import WhiteNoiseMiddleware

from piani.models import Azienda, Ruolo, Utente
from tests.factories import AziendaFactory, IncaricoFactory
from tests.svuota import rimetti_la_legge, svuota

RADICE = Path(__file__).resolve().parent.parent
post_migrate.connect(rimetti_la_legge)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Shared among processes, each begins with its part of what lasts most: the stories and the few
    tests that ask the whole API. Then the files with long tests, the browser, the files with more
    tests. A long test that begins last keeps one process at work and the others idle.
    """
    if not hasattr(config, "workerinput"):
        return
    quante = Counter(prova.path for prova in items)
    lunghe = {prova.path for prova in items if prova.get_closest_marker("lunga")}

    def dopo(prova: pytest.Item) -> tuple[bool, bool, int]:
        senza_browser = prova.get_closest_marker("browser") is None
        return prova.path not in lunghe, senza_browser, -quante[prova.path]

    storie = [
        una for una in items if una.path.name.startswith(("test_storia", "test_schemathesis"))
    ]
    altre = iter(sorted((una for una in items if una not in storie), key=dopo))
    processi = config.workerinput["workercount"]
    divise: list[pytest.Item] = []
    for numero in range(processi):  # as many to each as xdist will give
        parte = (len(items) - len(divise)) // (processi - numero)
        mie = storie[numero::processi]
        divise += [*mie, *islice(altre, max(parte - len(mie), 0))]
    items[:] = divise


def pytest_collection_finish() -> None:
    """What is there before the first test stays to the end: hundreds of thousands of objects, that
    looking for those to throw away would otherwise go through again every few tests.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 20)


@pytest.fixture(scope="session", autouse=True)
def _file_statici_elencati_una_volta() -> Iterator[None]:
    """Each client of a test makes the middleware anew, as a process that starts does: the folders
    of static files, hundreds of them, are walked once for all.
    """
    percorri = WhiteNoiseMiddleware.add_files_from_finders
    elencati: dict[str, object] = {}

    def una_volta(whitenoise: WhiteNoiseMiddleware) -> None:
        if not elencati:
            percorri(whitenoise)
            elencati.update(whitenoise.files)
        whitenoise.files.update(elencati)

    with pytest.MonkeyPatch.context() as al_suo_posto:
        al_suo_posto.setattr(WhiteNoiseMiddleware, "add_files_from_finders", una_volta)
        yield


@pytest.fixture(scope="session", autouse=True)
def _si_svuota_cio_che_e_pieno() -> Iterator[None]:
    """A test with more connections leaves the tables empty in twentieths of a second."""
    with pytest.MonkeyPatch.context() as al_suo_posto:
        al_suo_posto.setattr(TransactionTestCase, "_fixture_teardown", svuota)
        yield


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
def amministratore(incaricato: Callable[..., Utente]) -> Utente:
    """Who gives and takes the incarichi in the azienda of the test."""
    return incaricato(Ruolo.AMMINISTRATORE)


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
