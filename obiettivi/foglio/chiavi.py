# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a row of the sheet speaks of, in the hidden cell that says it."""

import re
from dataclasses import dataclass

from obiettivi.models import Frazione, Rilevazione

_SCRITTA = re.compile(r"(\d{4})-(A|[TS]\d)/(\d{1,18})/(\d{1,18})/(.{0,60})", re.DOTALL)
ANNO_INTERO = "A"


@dataclass(frozen=True)
class Chiave:
    """Period, indicator, CdR (None: the whole azienda) and sede of a result."""

    anno: int
    frazione: str
    indicatore: int
    unita: int | None = None
    sede: str = ""

    @classmethod
    def di(cls, una: Rilevazione) -> "Chiave":
        return cls(una.anno, una.frazione, una.indicatore_id, una.unita_id, una.sede)

    @classmethod
    def leggi(cls, testo: str) -> "Chiave | None":
        """The key that a cell says; None if it says none."""
        trovata = _SCRITTA.fullmatch(testo.strip())
        if trovata is None:
            return None
        anno, frazione, indicatore, unita, sede = trovata.groups()
        frazione = "" if frazione == ANNO_INTERO else frazione
        if frazione not in Frazione.values:
            return None
        return cls(int(anno), frazione, int(indicatore), int(unita) or None, sede)

    def __str__(self) -> str:
        periodo = f"{self.anno}-{self.frazione or ANNO_INTERO}"
        return f"{periodo}/{self.indicatore}/{self.unita or 0}/{self.sede}"
