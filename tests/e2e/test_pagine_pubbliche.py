# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a citizen sees of a published document: on a phone, on a desk, on paper."""

from io import BytesIO
from typing import Any

import pytest
from playwright.sync_api import Page
from pypdf import PdfReader

from piani.models import Azienda, DocumentoPubblicato
from tests.factories import piano_pronto
from tests.piani.test_pubbliche import pubblicato

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SI_LEGGE_POCO = """() => {
  const parti = colore => colore.match(/[\\d.]+/g).map(Number);
  const luce = colore => {
    const [r, g, b] = parti(colore).slice(0, 3).map(v => v / 255)
      .map(v => v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4);
    return .2126 * r + .7152 * g + .0722 * b;
  };
  const sfondo = nodo => {
    for (; nodo; nodo = nodo.parentElement) {
      const colore = getComputedStyle(nodo).backgroundColor;
      if (parti(colore)[3] !== 0) return colore;
    }
    return "rgb(255, 255, 255)";
  };
  return [...document.querySelectorAll(".copertina h1, .copertina p, .copertina dt, .copertina dd")]
    .filter(nodo => {
      const [a, b] = [luce(getComputedStyle(nodo).color), luce(sfondo(nodo))];
      return (Math.max(a, b) + .05) / (Math.min(a, b) + .05) < 4.5;
    })
    .map(nodo => nodo.textContent.trim());
}"""
LARGA = "() => document.documentElement.scrollWidth - innerWidth"


@pytest.fixture
def documento(azienda: Azienda) -> DocumentoPubblicato:
    return pubblicato(piano_pronto(azienda, titolo="Piano che si legge 2022-2024", slug="si-legge"))


@pytest.mark.parametrize("larghezza", [375, 1280])
def test_la_copertina_si_legge_e_niente_esce_dalla_pagina(
    documento: DocumentoPubblicato, live_server: Any, pagina: Page, larghezza: int
) -> None:
    pagina.set_viewport_size({"width": larghezza, "height": 800})
    pagina.goto(f"{live_server.url}{documento.get_absolute_url()}")
    assert pagina.locator(".copertina h1").inner_text().startswith("Piano che si legge")
    assert pagina.evaluate(SI_LEGGE_POCO) == []
    assert pagina.evaluate(LARGA) == 0


def test_sulla_carta_la_copertina_sta_in_una_pagina_e_l_indice_comincia_la_sua(
    documento: DocumentoPubblicato, live_server: Any, pagina: Page
) -> None:
    pagina.goto(f"{live_server.url}{documento.get_absolute_url()}")
    fogli = PdfReader(BytesIO(pagina.pdf(format="A4"))).pages
    prima, seconda = (fogli[n].extract_text() for n in (0, 1))
    assert "Piano che si legge" in prima
    assert "Stato" in prima
    assert "Indice" not in prima
    assert seconda.strip().startswith("Indice")
