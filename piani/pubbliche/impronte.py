# SPDX-License-Identifier: AGPL-3.0-or-later
"""Marks of the program itself: what was made with other files of it is made again."""

import hashlib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from django.conf import settings

DI_STAMPA = (
    "templates/stampa/*.html", "templates/piani/_fotografia.html", "piani/stampa/*.py",
    "piani/templatetags/*.py", "*/stampa.py", "*/*/stampa.py", "*/disegno*.py",
)  # fmt: skip
"""What the frozen part of a page comes from, beside its photograph."""
DI_OGNI_PAGINA = (*DI_STAMPA, "templates/**/*.html", "static/**/*.*", "piani/**/*.py")


@cache
def della_stampa() -> str:
    """Of the templates and the code that turn a photograph into a page."""
    return _di(DI_STAMPA)


@cache
def delle_pagine() -> str:
    """Of all that a page of the ground floor comes from, style sheets included."""
    return _di(DI_OGNI_PAGINA)


def di(*valori: object) -> str:
    """The mark of some values, as they are written."""
    return hashlib.sha256(repr(valori).encode()).hexdigest()[:32]


def _di(parti: Iterable[str]) -> str:
    radice = Path(settings.BASE)
    tutto = hashlib.sha256(settings.ALBERO_VERSIONE.encode())
    for percorso in sorted({file for parte in parti for file in radice.glob(parte)}):
        tutto.update(f"{percorso.relative_to(radice)}".encode() + percorso.read_bytes())
    return tutto.hexdigest()[:16]
