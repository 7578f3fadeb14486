# SPDX-License-Identifier: AGPL-3.0-or-later
"""The formats made of text, a line at a time: CSV for Italian sheets, CSV and JSON for programs."""

import csv
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal

import simplejson
from django.utils import timezone
from django.utils.translation import gettext as _

from piani.esporta.foglio import Cella, Foglio

FORMULA = re.compile(r"'*[ \xa0]*[=+\-@\t\r\n]")
"""How a cell begins that a sheet would compute; quoted already, it is quoted again, so that who
reads it back takes one quote off.
"""
NUMERO = re.compile(r"[+-]?\d+([.,]\d+)*\s?%?")
"""What begins as a formula and can only be a figure."""
BOM = "\ufeff"


class _Eco:
    """A file that gives back what is written in it, for the writer of a stream."""

    def write(self, riga: str) -> str:
        return riga


def innocuo(testo: str) -> str:
    """A text that no sheet takes for a formula; negative figures stay as they are."""
    if FORMULA.match(testo) and not NUMERO.fullmatch(testo):
        return f"'{testo}"
    return testo


def in_cifre(valore: Decimal, decimali: int = 0) -> str:
    """All the digits of a number, without useless zeros, with at least so many decimals."""
    testo = f"{valore:f}"
    intera, _punto, resto = testo.partition(".")
    resto = resto.rstrip("0").ljust(decimali, "0")
    intera = "0" if intera == "-0" and not resto.strip("0") else intera
    return f"{intera}.{resto}" if resto else intera


def italiana(cella: Cella, decimali: int = 0) -> str:
    """A cell as an Italian sheet reads it: decimal comma, day first."""
    if isinstance(cella, bool):
        return _("sì") if cella else _("no")
    if isinstance(cella, datetime):
        return f"{cella:%d/%m/%Y %H:%M:%S}"
    if isinstance(cella, date):
        return f"{cella:%d/%m/%Y}"
    if isinstance(cella, Decimal):
        return in_cifre(cella, decimali).replace(".", ",")
    return _resto(cella)


def per_programmi(cella: Cella, decimali: int = 0) -> str:
    """A cell as programs read it: decimal dot, ISO dates with their offset."""
    if isinstance(cella, bool):
        return "true" if cella else "false"
    if isinstance(cella, date):
        return cella.isoformat()
    if isinstance(cella, Decimal):
        return in_cifre(cella, decimali)
    return _resto(cella)


def _resto(cella: int | str | None) -> str:
    if cella is None:
        return ""
    return str(cella) if isinstance(cella, int) else innocuo(cella)


def csv_italiano(foglio: Foglio, righe: Iterable[list[Cella]]) -> Iterator[str]:
    """Semicolons, and the mark that sheets know the encoding by."""
    intestazioni = [str(colonna.nome) for colonna in foglio.colonne]
    yield BOM
    yield from _csv(foglio, intestazioni, righe, ";", italiana)


def csv_per_programmi(foglio: Foglio, righe: Iterable[list[Cella]]) -> Iterator[str]:
    """Commas, no mark, columns with names for programs."""
    yield from _csv(foglio, foglio.chiavi(), righe, ",", per_programmi)


def _csv(
    foglio: Foglio,
    intestazioni: list[str],
    righe: Iterable[list[Cella]],
    separatore: str,
    scrivi: Callable[[Cella, int], str],
) -> Iterator[str]:
    scrittore = csv.writer(_Eco(), delimiter=separatore, lineterminator="\r\n")
    yield scrittore.writerow(intestazioni)
    decimali = [colonna.decimali for colonna in foglio.colonne]
    for riga in righe:
        yield scrittore.writerow(
            [scrivi(cella, quanti) for cella, quanti in zip(riga, decimali, strict=True)]
        )


def json(foglio: Foglio, righe: Iterable[list[Cella]]) -> Iterator[str]:
    """An object with its rows; figures with all their digits, dates in ISO."""
    chiavi = foglio.chiavi()
    testa = {
        "elenco": foglio.nome,
        "titolo": str(foglio.titolo),
        "generato_il": timezone.localtime().isoformat(timespec="seconds"),
        "colonne": dict(zip(chiavi, (str(una.nome) for una in foglio.colonne), strict=True)),
    }
    yield _json(testa)[:-1] + ', "righe": ['
    prima = True
    for riga in righe:
        yield ("\n" if prima else ",\n") + _json(
            {chiave: _valore(cella) for chiave, cella in zip(chiavi, riga, strict=True)}
        )
        prima = False
    yield "\n]}\n"


def _valore(cella: Cella) -> bool | int | Decimal | str | None:
    return cella.isoformat() if isinstance(cella, date) else cella


def _json(valore: object) -> str:
    return str(simplejson.dumps(valore, use_decimal=True, ensure_ascii=False))
