# SPDX-License-Identifier: AGPL-3.0-or-later
"""The routes of the sheet of a period."""

from typing import Any

from piani.models import Azienda
from tests.factories import PianoFactory

PUBBLICHE: set[str] = set()
PERSONALI: set[str] = set()
SCRITTURE: set[str] = set()
MODULI: set[str] = {"foglio_piano", "foglio_cdr"}
NASCOSTE: set[str] = set()


def chiavi(azienda: Azienda) -> dict[str, dict[str, Any]]:
    piano = {"slug": PianoFactory(azienda=azienda).slug}
    ente = {"azienda": azienda.codice}
    return {
        "foglio_piano": piano,
        "foglio_piano_xlsx": piano,
        "foglio_cdr": ente,
        "foglio_cdr_xlsx": ente,
    }
