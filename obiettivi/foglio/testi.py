# SPDX-License-Identifier: AGPL-3.0-or-later
"""Texts as the cells of the sheet hold them; refusals, cell by cell."""

from collections.abc import Collection

from django.core.exceptions import ValidationError


def pulito(testo: str) -> str:
    """A text as a cell can hold it: no control characters, no blanks at the ends."""
    righe = testo.replace("\r\n", "\n").splitlines()
    tenute = ["".join(c for c in riga if c.isprintable() or c == "\t") for riga in righe]
    return "\n".join(riga.rstrip() for riga in tenute).strip()


def in_celle(errore: ValidationError, celle: Collection[str]) -> dict[str, str]:
    """An error by cell; what is of no cell of the sheet is of the whole row."""
    if not hasattr(errore, "error_dict"):
        return {"": " ".join(errore.messages)}
    detti: dict[str, list[str]] = {}
    for campo, frasi in errore.message_dict.items():
        detti.setdefault(campo if campo in celle else "", []).extend(frasi)
    return {dove: " ".join(frasi) for dove, frasi in detti.items()}
