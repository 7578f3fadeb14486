# SPDX-License-Identifier: AGPL-3.0-or-later
"""A browser, a served site, and the pictures of the manual.

With ALBERO_IMMAGINI set to a folder the journeys leave their pictures there:
``ALBERO_IMMAGINI=docs/manuale/immagini ./prova tests/e2e``.
"""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.e2e.occhi import senza_ostacoli
from tests.e2e.scena_ciclo import Scena, a_gennaio

# Playwright runs an event loop in this thread; the tests' own queries are meant to be here.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

OPZIONI = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
LARGHEZZA = {"width": 1280, "height": 900}


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        aperto = playwright.chromium.launch(
            executable_path=os.environ.get("ALBERO_CHROMIUM", "/usr/bin/chromium"), args=OPZIONI
        )
        yield aperto
        aperto.close()


@pytest.fixture
def pagina(browser: Browser) -> Iterator[Page]:
    """A page of its own session; what the console complains of fails the test."""
    contesto = browser.new_context(viewport=LARGHEZZA, locale="it-IT")
    pagina = contesto.new_page()
    lamenti: list[str] = []
    pagina.on(
        "console",
        lambda m: lamenti.append(m.text) if m.type in ("error", "warning") else None,
    )
    pagina.on("pageerror", lambda errore: lamenti.append(str(errore)))
    yield pagina
    contesto.close()
    assert lamenti == []


@pytest.fixture
def ciclo(
    transactional_db: None, live_server: Any, browser: Browser, settings: Any
) -> Iterator[Scena]:
    """The scene of the story of the cycle, on a day of January."""
    with a_gennaio(str(live_server.url), browser, settings) as scena:
        yield scena


@pytest.fixture
def scatta(pagina: Page, tmp_path: Path) -> Callable[..., None]:
    """Take a picture of the window, or of the whole page."""
    cartella = Path(os.environ.get("ALBERO_IMMAGINI", tmp_path))

    def prendi(nome: str, **opzioni: Any) -> None:
        pagina.screenshot(path=cartella / f"{nome}.png", **opzioni)

    return prendi


@pytest.fixture
def accessibile(pagina: Page) -> Callable[[], None]:
    """Fail on whatever axe finds on the page as it is now."""

    return lambda: senza_ostacoli(pagina)
