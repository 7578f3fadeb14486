# SPDX-License-Identifier: AGPL-3.0-or-later
"""What each act of the conciliation does in a page; here the page is of one person at a time."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.e2e.passi_pagina import DOPPIONI, LARGHI, STRETTA, premi
from tests.e2e.scena_ciclo import LARGA

__all__ = ["guarda", "premi"]


def guarda(pagina: Page) -> None:
    """The page as it is: nothing that axe finds, no id given twice, on a phone nothing wider than
    the screen.
    """
    trovati = Axe().run(pagina).response["violations"]
    dove = [(v["id"], v["nodes"][0]["html"][:120]) for v in trovati]
    assert not dove, f"{pagina.url}: {dove}"
    assert not (doppi := pagina.evaluate(DOPPIONI)), f"{pagina.url}: {doppi}"
    pagina.set_viewport_size(STRETTA)
    for _volta in range(20):  # the page may still be settling in the narrow window
        if not (larghi := pagina.evaluate(LARGHI)):
            break
        pagina.wait_for_timeout(100)
    assert not larghi, f"{pagina.url}: {larghi}"
    pagina.set_viewport_size(LARGA)
