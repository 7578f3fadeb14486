# SPDX-License-Identifier: AGPL-3.0-or-later
"""A run done at once, for the tests of the pages."""

from typing import Any

from obiettivi import azioni
from obiettivi.models import Calcolo
from piani.models import Piano


def calcola(piano: Piano) -> Calcolo:
    calcolo = azioni.avvia_calcolo(
        piano, prospettiva="consuntivo", anno=2022, da=None, in_coda=False
    )
    azioni.esegui(calcolo.pk)
    calcolo.refresh_from_db()
    return calcolo


def codici(risposta: Any) -> list[str]:
    """The indicators that a tree shows, in order."""
    return [
        misura["codice"]
        for area in risposta.context["albero"].aree
        for obiettivo in area["obiettivi"]
        for misura in obiettivo["misure"]
    ]
