# SPDX-License-Identifier: AGPL-3.0-or-later
"""Texts as the cells of the sheet hold them."""


def pulito(testo: str) -> str:
    """A text as a cell can hold it: no control characters, no blanks at the ends."""
    righe = testo.replace("\r\n", "\n").splitlines()
    tenute = ["".join(c for c in riga if c.isprintable() or c == "\t") for riga in righe]
    return "\n".join(riga.rstrip() for riga in tenute).strip()
