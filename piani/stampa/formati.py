# SPDX-License-Identifier: AGPL-3.0-or-later
"""Italian forms of figures and dates, and plain-text identifiers for the printed document."""

import re
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

MESI = [
    "gennaio",
    "febbraio",
    "marzo",
    "aprile",
    "maggio",
    "giugno",
    "luglio",
    "agosto",
    "settembre",
    "ottobre",
    "novembre",
    "dicembre",
]


def numero_italiano(valore: Decimal | int | None, decimali: int | None = None) -> str:
    """Write a number the Italian way (``1.205,30``); "" for ``None``.

    Without ``decimali`` the digits are kept exactly as they are. Rounding is half up.
    """
    if valore is None:
        return ""
    numero = Decimal(valore)
    if decimali is not None:
        numero = numero.quantize(Decimal(1).scaleb(-decimali), rounding=ROUND_HALF_UP)
    return f"{numero:,f}".translate(str.maketrans(",.", ".,"))


def percento(quota: Decimal | None) -> str:
    """Write a percentage (0-100) with no decimals; what is short of 100 never shows as 100 %."""
    if quota is None:
        return ""
    testo = numero_italiano(Decimal(quota), 0)
    if testo == "100" and quota < 100:
        return "99 %"
    return f"{testo} %"


def data_italiana(testo: str | date | None) -> str:
    """Write an ISO date in words (``31 marzo 2022``); other text stays as it is."""
    if not testo:
        return ""
    try:
        giorno = date.fromisoformat(str(testo))
    except ValueError:
        return str(testo)
    ordinale = "1º" if giorno.day == 1 else str(giorno.day)
    return f"{ordinale} {MESI[giorno.month - 1]} {giorno.year}"


def ancora(*parti: object) -> str:
    """Join the parts into an identifier good for HTML ids and file names."""
    testo = "-".join(str(parte) for parte in parti)
    return re.sub(r"[^A-Za-z0-9_-]+", "-", testo).strip("-").lower() or "voce"
