# SPDX-License-Identifier: AGPL-3.0-or-later
"""What each act of the story does in a page: find something to do, press, look, download."""

import re
from typing import Any
from urllib.parse import urldefrag, urlsplit

from django.urls import resolve
from playwright.sync_api import Page, expect

from tests.e2e.occhi import STRETTA, senza_doppioni, senza_ostacoli, senza_scorrimento
from tests.e2e.scena_ciclo import LARGA, Scena


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
    """Examine the page, the first time that it is seen (``come``: as it is now)."""
    quale = f"{resolve(urlsplit(pagina.url).path).view_name} {come}"
    if quale in scena.guardate:
        return
    scena.guardate.add(quale)
    esamina(pagina)


def esamina(pagina: Page) -> None:
    """The page as it is: no id given twice, on a phone nothing wider than the screen, nothing that
    axe finds.
    """
    senza_doppioni(pagina)
    pagina.set_viewport_size(STRETTA)
    senza_scorrimento(pagina)
    pagina.set_viewport_size(LARGA)
    senza_ostacoli(pagina)


def scaricato(scena: Scena, pagina: Page, collegamento: str) -> bytes:
    """The bytes behind a link, asked for with the session of the page."""
    dove = pagina.get_by_role("link", name=collegamento).first.get_attribute("href")
    risposta = pagina.request.get(f"{scena.sito}{dove}")
    assert risposta.status == 200, dove
    return risposta.body()


def file_di_prova(nome: str) -> list[Any]:
    return [{"name": nome, "mimeType": "application/pdf", "buffer": b"%PDF-1.4\nprova"}]
