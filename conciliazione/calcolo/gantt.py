# SPDX-License-Identifier: AGPL-3.0-or-later
"""A plan of work by month: which months there are, and where each bar begins and ends."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

MESI_MASSIMI = 120  # a longer table would say nothing


@dataclass(frozen=True)
class Lavoro:
    """Something that takes time; ``livello`` 1 is a piece of the one above it."""

    nome: str
    dal: date | None
    al: date | None
    livello: int = 0


@dataclass(frozen=True)
class Barra:
    """A row of the table: empty months, months of work, empty months."""

    lavoro: Lavoro
    prima: int
    mesi: int
    dopo: int


@dataclass(frozen=True)
class Gantt:
    """The months from the first start to the last end, with a bar for each work that has both."""

    mesi: tuple[date, ...]
    anni: tuple[tuple[int, int], ...]
    barre: tuple[Barra, ...]


def gantt(lavori: Iterable[Lavoro]) -> Gantt | None:
    """The table; None if nothing has a start and an end, or they are too far apart."""
    con_date = [uno for uno in lavori if uno.dal and uno.al]
    if not con_date:
        return None
    primo = min(_mese(uno.dal) for uno in con_date if uno.dal)
    ultimo = max(_mese(uno.al) for uno in con_date if uno.al)
    quanti = ultimo - primo + 1
    if quanti > MESI_MASSIMI:
        return None
    mesi = tuple(date(n // 12, n % 12 + 1, 1) for n in range(primo, ultimo + 1))
    anni = tuple((anno, len(list(gruppo))) for anno, gruppo in groupby(m.year for m in mesi))
    return Gantt(mesi, anni, tuple(_barra(uno, primo, quanti) for uno in con_date))


def _barra(lavoro: Lavoro, primo: int, quanti: int) -> Barra:
    inizio = _mese(lavoro.dal) - primo if lavoro.dal else 0
    fine = _mese(lavoro.al) - primo if lavoro.al else inizio
    lunga = fine - inizio + 1
    return Barra(lavoro, inizio, lunga, quanti - inizio - lunga)


def _mese(giorno: date) -> int:
    """Months since year 0: neighbours differ by one."""
    return giorno.year * 12 + giorno.month - 1
