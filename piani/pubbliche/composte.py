# SPDX-License-Identifier: AGPL-3.0-or-later
"""Questions that every look at a page asks again: Django takes longer to write them than the
tables to answer, so they are written once.
"""

from collections.abc import Callable
from datetime import date
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import QuerySet

Scritta = tuple[str, tuple[Any, ...]]


class Posto(str):
    """Where a value of the question goes, by its name."""

    __slots__ = ()


class Composta:
    """A question written once for each kind of database and each year.

    :param scrivi: the question, for a day; its values are each a :class:`Posto`. What is asked
        depends on the day by its year only, as the time in which documents are public does.
    """

    def __init__(self, scrivi: Callable[[date], QuerySet[Any, Any]]) -> None:
        self._scrivi = scrivi
        self._scritta = cache(self._scritta_per)

    def righe(self, oggi: date, **valori: str) -> list[tuple[Any, ...]]:
        """The rows as the driver gives them: to compare, or to read what every driver gives the
        same way (texts, whole numbers).
        """
        sql, parametri = self._scritta(connection.vendor, oggi.year)
        messi = [valori[uno] if isinstance(uno, Posto) else uno for uno in parametri]
        with connection.cursor() as cursore:
            cursore.execute(sql, messi)
            return list(cursore.fetchall())

    def _scritta_per(self, vendor: str, anno: int) -> Scritta:
        sql, parametri = self._scrivi(date(anno, 1, 1)).query.sql_with_params()
        return sql, tuple(parametri)
