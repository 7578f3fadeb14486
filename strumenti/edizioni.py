# SPDX-License-Identifier: AGPL-3.0-or-later
"""The editions that come with the product, written as JSON files: ``python -m strumenti.edizioni``.

To be run again when an edition or its format changes; a test compares the files with the code.
"""

import json
from pathlib import Path

from obiettivi.calcolo.edizione import Edizione
from obiettivi.calcolo.edizione_dati import come_dati
from obiettivi.calcolo.predefinite import TUTTE
from strumenti.voce import RADICE

CARTELLA = RADICE / "fixtures" / "edizioni"


def contenuto(edizione: Edizione) -> str:
    """An edition as its file has it: readable, in the order of the fields."""
    return json.dumps(come_dati(edizione), ensure_ascii=False, indent=2) + "\n"


def scrivi(cartella: Path = CARTELLA) -> list[Path]:
    """Write a file for each edition, named after its code."""
    cartella.mkdir(parents=True, exist_ok=True)
    scritti = []
    for codice, edizione in TUTTE.items():
        percorso = cartella / f"{codice}.json"
        percorso.write_text(contenuto(edizione), encoding="utf-8")
        scritti.append(percorso)
    return scritti


if __name__ == "__main__":
    for percorso in scrivi():
        print(percorso.relative_to(RADICE))
