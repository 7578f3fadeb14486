# SPDX-License-Identifier: AGPL-3.0-or-later
"""What each CSV of a document is made of, told to programs (W3C, CSV on the Web), from its own
columns: nothing to keep up to date beside them.
"""

import csv
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from piani.models import DocumentoPubblicato

LICENZA = "https://creativecommons.org/licenses/by/4.0/"
SUFFISSO = "-metadata.json"
TIPO = "application/csvm+json"
# The narrowest kind first; a code such as 007 is a text.
TIPI = (
    ("integer", re.compile(r"-?(0|[1-9]\d*)")),
    ("decimal", re.compile(r"-?(0|[1-9]\d*)(\.\d+)?")),
    ("date", re.compile(r"\d{4}-\d{2}-\d{2}")),
    ("boolean", re.compile(r"true|false")),
)


def descrittore(documento: DocumentoPubblicato, percorso: Path) -> dict[str, Any]:
    """The metadata of a table of a document, as its folder holds it."""
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "it"}],
        "url": percorso.name,
        "dc:title": f"{documento.nome}: {percorso.stem}",
        "dc:publisher": documento.piano.azienda.nome,
        "dc:license": {"@id": LICENZA},
        "dc:issued": f"{documento.pubblicato_il}",
        "dialect": {"delimiter": ",", "encoding": "utf-8", "header": True},
        "tableSchema": {"columns": colonne(percorso)},
    }


def colonne(percorso: Path) -> list[dict[str, Any]]:
    """Each column with its name, its heading, the kind of what it holds, whether it is always
    filled.
    """
    with percorso.open(encoding="utf-8", newline="") as file:
        intestazione, *righe = csv.reader(file)
    return [
        {
            "name": _nome(titolo, posto),
            "titles": titolo,
            "datatype": tipo_di(riga[posto] for riga in righe),
            "required": bool(righe) and all(riga[posto] for riga in righe),
        }
        for posto, titolo in enumerate(intestazione)
    ]


def tipo_di(celle: Iterable[str]) -> str:
    """The narrowest kind that holds every cell; a text where there is nothing to tell from."""
    valori = {cella for cella in celle if cella}
    if not valori:
        return "string"
    for nome, forma in TIPI:
        if all(forma.fullmatch(valore) for valore in valori):
            return nome
    return "string"


def _nome(titolo: str, posto: int) -> str:
    """A name that the standard allows: letters, digits, underscores; unique by its place."""
    nome = re.sub(r"\W+", "_", titolo, flags=re.ASCII).strip("_").lower()
    return nome or f"colonna_{posto + 1}"
