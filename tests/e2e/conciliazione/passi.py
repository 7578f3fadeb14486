# SPDX-License-Identifier: AGPL-3.0-or-later
"""What each act of the conciliation does in a page; here the page is of one person at a time."""

from urllib.parse import urlsplit
from weakref import WeakKeyDictionary

from django.urls import resolve
from playwright.sync_api import BrowserContext, Page

from piani.models import Utente
from tests.e2e.passi_pagina import esamina, premi
from tests.factories import PASSWORD

__all__ = ["entra", "guarda", "premi"]
PAZIENZA = 30_000
"""Milliseconds for a page of a busy machine."""
_guardate: WeakKeyDictionary[BrowserContext, set[tuple[str, ...]]] = WeakKeyDictionary()


def entra(pagina: Page, sito: str, chi: Utente) -> None:
    """Somebody else sits down and logs in."""
    pagina.set_default_timeout(PAZIENZA)
    pagina.context.clear_cookies()
    pagina.goto(f"{sito}/accedi/")
    pagina.get_by_label("Nome utente").fill(chi.username)
    pagina.get_by_label("Password").fill(PASSWORD)
    pagina.get_by_role("button", name="Accedi").click()
    pagina.wait_for_url(f"{sito}/")


def guarda(pagina: Page, come: str = "") -> None:
    """Examine the page, the first time that a test sees one of its kind with that heading
    (``come``: as it is now).
    """
    titolo = pagina.get_by_role("heading", level=1).first.inner_text()
    quale = resolve(urlsplit(pagina.url).path).view_name, titolo, come
    viste = _guardate.setdefault(pagina.context, set())
    if quale not in viste:
        viste.add(quale)
        esamina(pagina)
