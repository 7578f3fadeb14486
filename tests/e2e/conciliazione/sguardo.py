# SPDX-License-Identifier: AGPL-3.0-or-later
"""Looking at a page in the acts of the conciliation, where a journey has one page at a time."""

from urllib.parse import urlsplit
from weakref import WeakKeyDictionary

from axe_playwright_python.sync_playwright import Axe
from django.urls import resolve
from playwright.sync_api import BrowserContext, Page

from tests.e2e.passi_pagina import DOPPIONI, LARGHI, STRETTA
from tests.e2e.scena_ciclo import LARGA

_VISTE: WeakKeyDictionary[BrowserContext, set[str]] = WeakKeyDictionary()


def guarda(pagina: Page, come: str = "") -> None:
    """The page, the first time that a journey is on it (``come``: as it is now): no id given
    twice, on a phone nothing wider than the screen, nothing that axe finds.
    """
    viste = _VISTE.setdefault(pagina.context, set())
    quale = f"{resolve(urlsplit(pagina.url).path).view_name} {come}"
    if quale in viste:
        return
    viste.add(quale)
    assert not (doppi := pagina.evaluate(DOPPIONI)), f"{pagina.url}: {doppi}"
    pagina.set_viewport_size(STRETTA)
    for _volta in range(20):  # the page may still be settling in the narrow window
        if not (larghi := pagina.evaluate(LARGHI)):
            break
        pagina.wait_for_timeout(100)
    assert not larghi, f"{pagina.url}: {larghi}"
    pagina.set_viewport_size(LARGA)
    trovati = Axe().run(pagina).response["violations"]
    dove = [(v["id"], v["nodes"][0]["html"][:120]) for v in trovati]
    assert not dove, f"{pagina.url}: {dove}"
