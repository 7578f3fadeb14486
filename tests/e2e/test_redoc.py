# SPDX-License-Identifier: AGPL-3.0-or-later
"""The description of the API to be read, in a browser: whole, and nothing that the policy refuses.

The page fails the test by itself if the console complains.
"""

from typing import Any

import pytest
from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_redoc_si_legge_e_niente_viene_da_altrove(live_server: Any, pagina: Page) -> None:
    chiesti: list[str] = []
    pagina.on("request", lambda una: chiesti.append(una.url))
    pagina.goto(f"{live_server.url}/api/v1/doc/redoc", wait_until="commit")
    pagina.locator("h1", has_text="Albero").wait_for(timeout=60_000)
    pagina.locator("label", has_text="webhook").first.wait_for()
    colore = "getComputedStyle(document.querySelector('.menu-content')).backgroundColor"
    assert pagina.evaluate(colore) == "rgb(250, 250, 250)"
    assert [una for una in chiesti if not una.startswith((live_server.url, "data:"))] == []
