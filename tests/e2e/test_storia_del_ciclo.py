# SPDX-License-Identifier: AGPL-3.0-or-later
"""The cycle of a year in one story: from the template of a scheda to the Relazione published.

Each takes their steps with their own login, starting from their own list of things to do. What
each page says of a number is worked out by hand here.
"""

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.e2e import atti_persona, atti_relazione, atti_scheda
from tests.e2e.scena_ciclo import prepara

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_dal_modello_alla_relazione_pubblicata(live_server: Any, pagina: Page) -> None:
    scena = prepara(str(live_server.url))
    atti_scheda.proposta_e_inviata(pagina, scena)
    atti_scheda.negoziata_e_firmata(pagina, scena)
    atti_scheda.quattro_trimestri(pagina, scena)
    atti_scheda.valutata_e_chiusa(pagina, scena)
    atti_persona.valutata_una_persona(pagina, scena)
    atti_relazione.pubblicata_la_relazione(pagina, scena)
