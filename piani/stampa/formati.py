# SPDX-License-Identifier: AGPL-3.0-or-later
"""Italian forms of figures and dates, and plain-text identifiers for the printed document."""

import re
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

MESI = (
    "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre"
).split()


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


def quota_in_percento(quota: Decimal | None) -> str:
    """Write a share between 0 and 1 as a percentage; a share short of 1 never shows as 100 %."""
    if quota is None:
        return ""
    percento = Decimal(quota) * 100
    testo = numero_italiano(percento, 0)
    if testo == "100" and percento < 100:
        return "99 %"
    return f"{testo} %"


def data_italiana(testo: str | date | None) -> str:
    """Write an ISO date in words (``2022-03-31`` → ``31 marzo 2022``); other text stays as it is."""
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
