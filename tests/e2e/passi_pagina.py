# SPDX-License-Identifier: AGPL-3.0-or-later
"""What each act of the story does in a page: find something to do, press, look, download."""

import re
from typing import Any
from urllib.parse import urldefrag, urlsplit

from axe_playwright_python.sync_playwright import Axe
from django.urls import resolve
from playwright.sync_api import Page, expect

from tests.e2e.scena_ciclo import LARGA, Scena

STRETTA = {"width": 375, "height": 800}
# What makes a page wider than the screen.
LARGHI = """() => document.documentElement.scrollWidth <= window.innerWidth ? [] :
  [document.documentElement.scrollWidth, ...[...document.querySelectorAll("body *")]
    .filter(e => e.getBoundingClientRect().right > window.innerWidth)
    .map(e => e.outerHTML.slice(0, 120)).slice(0, 9)]"""
# A label of a field whose id is given twice leads to the wrong one.
DOPPIONI = """() => [...document.querySelectorAll("[id]")].map(e => e.id)
  .filter((id, n, tutti) => tutti.indexOf(id) !== n)"""


def trova(scena: Scena, nome: str, cosa: str) -> Page:
    """A person finds something to do and opens it: the first time in the page of their own home,
    then straight to where the same list leads.
    """
    if nome not in scena.a_casa:
        scena.a_casa.add(nome)
        return trova_a_casa(scena, nome, cosa)
    dove = [una.url for una in scena.da_fare(nome) if cosa in una.titolo]
    assert dove, (nome, cosa, scena.cose(nome))
    return apri(scena, nome, dove[0])


def trova_a_casa(scena: Scena, nome: str, cosa: str) -> Page:
    """A person finds something to do in the page of their own home, and opens it."""
    pagina = apri(scena, nome, "/")
    pagina.locator(".cose").get_by_role("link", name=re.compile(re.escape(cosa))).first.click()
    return pagina


def apri(scena: Scena, nome: str, indirizzo: str) -> Page:
    """A person opens an address of the site, anew if they are there already."""
    pagina, dove = scena.di(nome), f"{scena.sito}{indirizzo}"
    if urldefrag(pagina.url).url == urldefrag(dove).url:
        pagina.reload()
    else:
        pagina.goto(dove)
    return pagina


def premi(pagina: Page, bottone: str | re.Pattern[str], detto: str) -> None:
    """Press a button, and read what the page says."""
    pagina.get_by_role("button", name=bottone).first.click()
    expect(pagina.locator(".messaggi")).to_contain_text(detto)


def guarda(scena: Scena, pagina: Page, come: str = "") -> None:
    """The page, the first time that it is seen (``come``: as it is now): no id given twice, on a
    phone nothing wider than the screen, nothing that axe finds.
    """
    quale = f"{resolve(urlsplit(pagina.url).path).view_name} {come}"
    if quale in scena.guardate:
        return
    scena.guardate.add(quale)
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


def scaricato(scena: Scena, pagina: Page, collegamento: str) -> bytes:
    """The bytes behind a link, asked for with the session of the page."""
    dove = pagina.get_by_role("link", name=collegamento).first.get_attribute("href")
    risposta = pagina.request.get(f"{scena.sito}{dove}")
    assert risposta.status == 200, dove
    return risposta.body()


def file_di_prova(nome: str) -> list[Any]:
    return [{"name": nome, "mimeType": "application/pdf", "buffer": b"%PDF-1.4\nprova"}]
