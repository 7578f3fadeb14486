# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is asked of a page as it is, once the whole of it has come.

Following a link is over for Playwright when the answer begins: what is read from the page at once,
without waiting to find it, would be read from half of it.
"""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

STRETTA = {"width": 375, "height": 800}
# What makes a page wider than the screen.
LARGHI = """() => document.documentElement.scrollWidth <= window.innerWidth ? [] :
  [document.documentElement.scrollWidth, ...[...document.querySelectorAll("body *")]
    .filter(e => e.getBoundingClientRect().right > window.innerWidth)
    .map(e => e.outerHTML.slice(0, 120)).slice(0, 9)]"""
# A label of a field whose id is given twice leads to the wrong one.
DOPPIONI = """() => [...document.querySelectorAll("[id]")].map(e => e.id)
  .filter((id, n, tutti) => tutti.indexOf(id) !== n)"""
APRI = "document.querySelectorAll('details').forEach(d => { d.open = true; })"


def senza_doppioni(pagina: Page) -> None:
    """No id is given twice."""
    pagina.wait_for_load_state()
    assert not (doppi := pagina.evaluate(DOPPIONI)), f"{pagina.url}: {doppi}"


def senza_scorrimento(pagina: Page) -> None:
    """Nothing makes the page wider than the window, once it has settled there."""
    pagina.wait_for_load_state()
    for _volta in range(20):
        if not (larghi := pagina.evaluate(LARGHI)):
            break
        pagina.wait_for_timeout(100)
    assert not larghi, f"{pagina.url}: {larghi}"


def senza_ostacoli(pagina: Page) -> None:
    """Axe finds nothing."""
    pagina.wait_for_load_state()
    trovati = Axe().run(pagina).response["violations"]
    dove = [(v["id"], v["nodes"][0]["html"][:120]) for v in trovati]
    assert not dove, f"{pagina.url}: {dove}"


def apri_tutto(pagina: Page) -> None:
    """Open all that the page keeps folded."""
    pagina.wait_for_load_state()
    pagina.evaluate(APRI)
