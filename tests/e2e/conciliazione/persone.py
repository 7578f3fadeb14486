# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who sits at the browser."""

from playwright.sync_api import Page

from piani.models import Utente
from tests.factories import PASSWORD

PAZIENZA = 30_000
"""Milliseconds for a page of a busy machine."""


def entra(pagina: Page, sito: str, chi: Utente) -> None:
    """Somebody else sits down and logs in."""
    pagina.set_default_timeout(PAZIENZA)
    pagina.context.clear_cookies()
    pagina.goto(f"{sito}/accedi/")
    pagina.get_by_label("Nome utente").fill(chi.username)
    pagina.get_by_label("Password").fill(PASSWORD)
    pagina.get_by_role("button", name="Accedi").click()
    pagina.wait_for_url(f"{sito}/")
