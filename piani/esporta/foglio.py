# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a sheet is: its name, its columns, and how a row becomes plain cells."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Choices, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import slugify

Testo = str | Promise
Cella = None | bool | int | Decimal | date | datetime | str
Via = str | Callable[[Any], Any]
INVISIBILI = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
"""What neither a sheet nor XML may hold."""
PER_VOLTA = 500


@dataclass(frozen=True)
class Colonna:
    """A column: its heading, and where its value is in a row.

    ``valore`` is a path of attributes, keys and positions (``"azienda.nome"``,
    ``"get_stato_display"``, ``"0.titolo"`` of the first of a pair) or a function of the row;
    ``decimali`` how many decimals are written at least (money: 2), with none lost.
    """

    nome: Testo
    valore: Via
    decimali: int = 0

    @property
    def chiave(self) -> str:
        """The name for programs: letters, figures and underscores."""
        return slugify(str(self.nome)).replace("-", "_") or "colonna"

    def di(self, riga: Any) -> Cella:
        """The value of a row as a plain cell; ``None`` where there is none."""
        trovato = segui(riga, self.valore) if isinstance(self.valore, str) else self.valore(riga)
        return semplice(trovato)


@dataclass(frozen=True)
class Foglio:
    """A list as a file: ``nome`` of the file, ``titolo`` for people, columns.

    ``personali``: the rows name people, and each export leaves a line in the register.
    """

    nome: str
    titolo: Testo
    colonne: tuple[Colonna, ...]
    personali: bool = False

    def celle(self, righe: Iterable[Any]) -> Iterator[list[Cella]]:
        """The rows as plain cells; of a QuerySet, some at a time."""
        scorse = righe.iterator(PER_VOLTA) if isinstance(righe, QuerySet) else righe
        for riga in scorse:
            yield [colonna.di(riga) for colonna in self.colonne]

    def chiavi(self) -> list[str]:
        """The names of the columns for programs, each once."""
        chiavi: list[str] = []
        for colonna in self.colonne:
            volte = sum(una == colonna.chiave or una.startswith(f"{colonna.chiave}__")
                        for una in chiavi)  # fmt: skip
            chiavi.append(f"{colonna.chiave}__{volte + 1}" if volte else colonna.chiave)
        return chiavi


def di_celle(
    nome: str,
    titolo: Testo,
    intestazioni: Sequence[Testo],
    *,
    personali: bool = False,
    decimali: int = 0,
) -> Foglio:
    """A sheet whose rows are already sequences of cells, in the order of the headings."""
    colonne = (Colonna(testo, str(i), decimali) for i, testo in enumerate(intestazioni))
    return Foglio(nome, titolo, tuple(colonne), personali)


def segui(riga: Any, via: str) -> Any:
    """What a row holds at the end of a path of attributes, keys or positions; ``None`` where it
    stops.
    """
    valore = riga
    for passo in via.split("."):
        if valore is None:
            return None
        valore = _passo(valore, passo)
        if callable(valore) and not isinstance(valore, type):
            valore = valore()
    return valore


def _passo(valore: Any, passo: str) -> Any:
    if isinstance(valore, Mapping):
        return valore[passo]
    if isinstance(valore, Sequence) and passo.isdecimal():
        return valore[int(passo)] if int(passo) < len(valore) else None
    return getattr(valore, passo)


def semplice(valore: Any) -> Cella:
    """A value as every format can write it: a moment in local time, many things in one text."""
    if valore is None or (isinstance(valore, bool | int | Decimal) and not _scelta(valore)):
        return None if isinstance(valore, Decimal) and not valore.is_finite() else valore
    if isinstance(valore, datetime):
        return timezone.localtime(valore) if timezone.is_aware(valore) else valore
    if isinstance(valore, date):
        return valore
    if isinstance(valore, float):
        return semplice(Decimal(repr(valore)))
    if _scelta(valore):
        return str(valore.label)
    if isinstance(valore, list | tuple | set | frozenset | QuerySet):
        return ", ".join(str(semplice(uno)) for uno in valore)
    return INVISIBILI.sub("", str(valore))


def _scelta(valore: Any) -> bool:
    return isinstance(valore, Choices)
