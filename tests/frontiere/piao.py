# SPDX-License-Identifier: AGPL-3.0-or-later
"""The routes of the PIAO."""

from typing import Any

from piani.models import Azienda
from tests.factories import PianoFactory

PUBBLICHE: set[str] = set()
PERSONALI: set[str] = set()
SCRITTURE: set[str] = {"ricevuta_portale"}
MODULI: set[str] = set()
NASCOSTE: set[str] = set()


def chiavi(azienda: Azienda) -> dict[str, dict[str, Any]]:
    piano = PianoFactory(azienda=azienda, tipo="piao", anno_inizio=2026, anno_fine=2028)
    return {"ricevuta_portale": {"slug": piano.slug}}
