# SPDX-License-Identifier: AGPL-3.0-or-later
"""What every test may ask for."""

from collections import Counter
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate
from django.test import Client
from whitenoise.middleware import WhiteNoiseMiddleware

from lavoro_agile.models import SogliaDiLegge
from obiettivi.models import CriterioValidazione
from piani.models import Azienda, ObbligoDiPubblicazione, Ruolo, TermineAdozione, Utente
from tests.factories import AziendaFactory, IncaricoFactory

RADICE = Path(__file__).resolve().parent.parent
DI_LEGGE = (
    ("piani", "0010_termini_e_pareri_di_legge", TermineAdozione),
    ("piani", "0019_obblighi_di_pubblicazione", ObbligoDiPubblicazione),
    ("obiettivi", "0012_termini_e_criteri_relazione", CriterioValidazione),
    ("lavoro_agile", "0002_legge", SogliaDiLegge),
)
"""Rows of the law that migrations write: app, migration, table."""


def rimetti_la_legge(sender: AppConfig, **altro: object) -> None:
    """Write again what the law says, after a test that emptied the tables: Django tells then, and
    says no plan of migrations.
    """
    for app, migrazione, modello in DI_LEGGE:
        if "plan" not in altro and sender.name == app and not modello.objects.exists():
            import_module(f"{app}.migrations.{migrazione}").scrivi(apps, None)


post_migrate.connect(rimetti_la_legge)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Shared among processes, begin with what lasts: the stories, the browser, then the files with
    more tests. A long file that begins last keeps one process at work and the others idle.
    """
    if not hasattr(config, "workerinput"):
        return
    quante = Counter(prova.path for prova in items)

    def dopo(prova: pytest.Item) -> tuple[bool, bool, int]:
        storia = prova.path.name.startswith("test_storia")
        return not storia, prova.get_closest_marker("browser") is None, -quante[prova.path]

    items.sort(key=dopo)


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
