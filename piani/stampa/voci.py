# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a search finds in a document: its title, its chapters, its objectives and indicators, each
with the point of the page where it stands. From the photograph alone.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from .capitoli import Capitolo
from .generi import contesto_di

Dati = dict[str, Any]
DOCUMENTO, CAPITOLO, OBIETTIVO, INDICATORE = "documento", "capitolo", "obiettivo", "indicatore"
TRATTI = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True)
class VoceTrovabile:
    """``dove`` is what it is part of: the area of an objective, the objective of an indicator."""

    genere: str
    testo: str
    codice: str = ""
    dove: str = ""
    ancora: str = ""

    @property
    def cercabile(self) -> str:
        return semplice(f"{self.codice} {self.testo} {self.dove}")


def voci(foto: Dati) -> Iterator[VoceTrovabile]:
    """Every entry, in the order of the document; of what its page leaves out, none."""
    contesto = contesto_di(foto)
    capitoli: list[Capitolo] = contesto["capitoli"]
    yield VoceTrovabile(DOCUMENTO, contesto["titolo"], dove=contesto["descrizione"])
    punti: dict[str, str] = {}
    for capitolo in capitoli:
        yield VoceTrovabile(CAPITOLO, str(capitolo.titolo), ancora=capitolo.ancora)
        for voce in capitolo.voci:
            punti.setdefault(voce.titolo, voce.ancora)
            yield VoceTrovabile(
                CAPITOLO, voce.titolo, dove=str(capitolo.titolo), ancora=voce.ancora
            )
    yield from _obiettivi(foto, punti)


def _obiettivi(foto: Dati, punti: dict[str, str]) -> Iterator[VoceTrovabile]:
    """Those of the areas that the page prints."""
    for area in foto.get("aree", ()):
        if area["nome"] not in punti:
            continue
        punto = punti[area["nome"]]
        for obiettivo in area["obiettivi"]:
            yield VoceTrovabile(
                OBIETTIVO, obiettivo["nome"], obiettivo["codice"] or "", area["nome"], punto
            )
            for uno in obiettivo["indicatori"]:
                yield VoceTrovabile(
                    INDICATORE, uno["nome"], uno["codice"] or "", obiettivo["nome"], punto
                )


def semplice(testo: str) -> str:
    """Lower case, no accents, one blank between words: how a text is searched, and what for."""
    piano = unicodedata.normalize("NFKD", testo.casefold())
    return TRATTI.sub(" ", "".join(c for c in piano if not unicodedata.combining(c))).strip()
