# SPDX-License-Identifier: AGPL-3.0-or-later
"""Columns of whole numbers out of the database, without an object for each row.

On PostgreSQL the server packs the rows in one string of bytes and COPY brings it whole; NumPy
reads it as it is. On SQLite the rows are fetched. The same query serves both: a list of SQL
expressions that give whole numbers, and what follows FROM.
"""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

import numpy as np
from django.db import connection
from numpy.typing import NDArray

Interi = NDArray[np.int64]
_TESTATA = 19  # signature, flags, extension of the binary format
_PRIMO_CAMPO = 6  # number of fields, length of the only one
_NULLO = -1


def intere(espressioni: Sequence[str], da: str, parametri: Sequence[Any]) -> Interi:
    """The rows of a query as a matrix: one column for each expression, all whole numbers."""
    if connection.vendor == "postgresql":
        return _impacchettate(espressioni, da, parametri)
    with connection.cursor() as cursore:
        cursore.execute(f"SELECT {', '.join(espressioni)} FROM {da}", parametri)  # noqa: S608 -- constants
        righe = cursore.fetchall()
    return np.array(righe, np.int64).reshape(-1, len(espressioni))


def tuple_di(
    espressioni: Sequence[str], da: str, parametri: Sequence[Any] = ()
) -> list[tuple[Any, ...]]:
    """The rows of a query as they are, texts too."""
    with connection.cursor() as cursore:
        cursore.execute(f"SELECT {', '.join(espressioni)} FROM {da}", parametri)  # noqa: S608 -- constants
        righe: list[tuple[Any, ...]] = cursore.fetchall()
    return righe


def _impacchettate(espressioni: Sequence[str], da: str, parametri: Sequence[Any]) -> Interi:
    pacco = " || ".join(f"int8send(({una})::int8)" for una in espressioni)
    uscita = BytesIO()
    with connection.cursor() as cursore:
        query = cursore.cursor.mogrify(
            f"SELECT string_agg({pacco}, ''::bytea) FROM {da}",  # noqa: S608 -- constants
            parametri,
        ).decode()
        cursore.copy_expert(f"COPY ({query}) TO STDOUT (FORMAT binary)", uscita)
    grezzi = uscita.getvalue()
    inizio = _TESTATA + _PRIMO_CAMPO
    lunghezza = int.from_bytes(grezzi[inizio - 4 : inizio], "big", signed=True)
    if lunghezza == _NULLO:
        return np.zeros((0, len(espressioni)), np.int64)
    campo = grezzi[inizio : inizio + lunghezza]
    return np.frombuffer(campo, ">i8").reshape(-1, len(espressioni)).astype(np.int64)


def decimali(colonna: str, quanti: int) -> str:
    """A decimal column as a whole number of its last decimals; no value is 0."""
    if connection.vendor == "postgresql":
        return f"coalesce({colonna} * {10**quanti}, 0)"
    return f"cast(round(coalesce({colonna}, 0) * {10**quanti}) AS integer)"


def vero(condizione: str, bit: int) -> str:
    """A condition as a bit of a number."""
    return f"CASE WHEN {condizione} THEN {bit} ELSE 0 END"


def casi(colonna: str, valori: Sequence[str], altro: int) -> str:
    """A text column as the place of its value in a list."""
    scelte = " ".join(f"WHEN '{valore}' THEN {posto}" for posto, valore in enumerate(valori))
    return f"CASE {colonna} {scelte} ELSE {altro} END"
