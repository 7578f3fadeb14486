# SPDX-License-Identifier: AGPL-3.0-or-later
"""Numbers of a spreadsheet: Italian (``1.205,3``, ``96,65``) or plain (``1205.3``, ``96.65``).

``1.205`` can be both: 1205 or 1,205. The other numbers of the file decide: one written surely the
Italian way makes it 1205, one surely plain makes it 1,205. If none does, the separator of the
columns does: with semicolons or tabs (Italian spreadsheets, where the comma is taken by decimals)
it is 1205, with commas (programs) 1,205. A file with both ways must write it in a clear one.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from obiettivi.espressioni.numeri import unita as unita_scritta

CIFRE_MASSIME = 30
"""Digits of the longest number that is read: what a program prints of a quotient still fits."""

_CIFRA = re.compile(
    r"(?P<prima>€|eur|euro|n\.?)?\s*(?P<segno>[+\-−–]?)\s*(?P<corpo>\d[\d.,]*)\s*(?P<unita>[^\d]{0,30})",
    re.IGNORECASE,
)
_INTERO = re.compile(r"\d+")
_ITALIANO = re.compile(r"\d+,\d+|[1-9]\d{0,2}(?:\.\d{3})+,\d+|[1-9]\d{0,2}(?:\.\d{3}){2,}")
_DUBBIO = re.compile(r"[1-9]\d{0,2}\.\d{3}")
_SEMPLICE = re.compile(r"\d+\.\d+")
_CORPO = re.compile(r"\d[\d.,]*")


class Illeggibile(ValueError):
    """A cell that is not what its column wants; the message is for people."""


class Grafia(StrEnum):
    """How the numbers of a file are written; ``mista`` refuses the doubtful ones."""

    ITALIANA = "italiana"
    SEMPLICE = "semplice"
    MISTA = "mista"


@dataclass(frozen=True)
class Cifra:
    """A number and the unit written beside it ("" if none)."""

    valore: Decimal
    unita: str = ""


def grafia_di(celle: Iterable[str], separatore: str) -> Grafia:
    """How numbers are written, from the cells that hold them and the separator of the columns."""
    corpi = [corpo for cella in celle for corpo in _CORPO.findall(cella)]
    italiani = any(_ITALIANO.fullmatch(corpo) for corpo in corpi)
    semplici = any(_SEMPLICE.fullmatch(corpo) and not _DUBBIO.fullmatch(corpo) for corpo in corpi)
    if italiani and semplici:
        return Grafia.MISTA
    if italiani or semplici:
        return Grafia.ITALIANA if italiani else Grafia.SEMPLICE
    return Grafia.SEMPLICE if separatore == "," else Grafia.ITALIANA


def cifra(testo: str, grafia: Grafia) -> Cifra:
    """A number with its unit (``92``, ``92,5%``, ``-3``, ``48 ore``, ``€ 1.205,30``).

    Raises ``Illeggibile`` when it is not a number, or can be read in two ways.
    """
    trovata = _CIFRA.fullmatch(testo.strip())
    if trovata is None:
        raise Illeggibile(f"«{testo}» non è un numero")
    corpo = trovata["corpo"]
    if len(re.sub(r"\D", "", corpo)) > CIFRE_MASSIME:
        raise Illeggibile(f"«{testo}» ha più di {CIFRE_MASSIME} cifre")
    valore = _valore(corpo, grafia)
    unita = trovata["unita"].strip() or (trovata["prima"] or "")
    return Cifra(-valore if trovata["segno"] in ("-", "−", "–") else valore, _unita(unita))


def _unita(scritta: str) -> str:
    return "" if scritta.casefold() in ("n", "n.") else unita_scritta(scritta)


def _valore(corpo: str, grafia: Grafia) -> Decimal:
    if _INTERO.fullmatch(corpo):
        return Decimal(corpo)
    if _ITALIANO.fullmatch(corpo):
        return Decimal(corpo.replace(".", "").replace(",", "."))
    if not _SEMPLICE.fullmatch(corpo):
        raise Illeggibile(f"«{corpo}» non è un numero scritto in modo chiaro")
    if not _DUBBIO.fullmatch(corpo) or grafia is Grafia.SEMPLICE:
        return Decimal(corpo)
    if grafia is Grafia.ITALIANA:
        return Decimal(corpo.replace(".", ""))
    intero, virgola = corpo.replace(".", ""), corpo.replace(".", ",")
    raise Illeggibile(f"«{corpo}» può essere {intero} o {virgola}: scriverlo in uno di questi modi")
