# SPDX-License-Identifier: AGPL-3.0-or-later
"""Columns of whole numbers out of the database, without an object for each row.

On PostgreSQL the server packs the rows in strings of bytes and COPY brings them whole; NumPy
reads them as they are. On SQLite the rows are fetched. The same query serves both: a list of SQL
expressions that give whole numbers, and what follows FROM.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np
from django.db import connection
from numpy.typing import NDArray

Interi = NDArray[np.int64]
_FIRMA, _TESTATA = b"PGCOPY\n\xff\r\n\0", 19
"""How the binary format begins: the signature; with it, flags and extension."""


def intere(
    espressioni: Sequence[str], da: str, parametri: Sequence[Any], *, per: str = ""
) -> Interi:
    """The rows of a query as a matrix: one column for each expression, all whole numbers.

    ``per``: an expression of few values; the server sends the rows of each by themselves, and
    whoever receives them needs buffers as large as the largest part only.
    """
    pezzi = intere_per(per or "''", espressioni, da, parametri)
    matrice, fine = np.empty((sum(len(pezzo) for _, pezzo in pezzi), len(espressioni)), np.int64), 0
    while pezzi:
        _per, pezzo = pezzi.pop()
        inizio, fine = fine, fine + len(pezzo)
        matrice[inizio:fine] = pezzo
    return matrice


def intere_per(
    testo: str, espressioni: Sequence[str], da: str, parametri: Sequence[Any]
) -> list[tuple[str, Interi]]:
    """The same for each value of a text, which is not null; the numbers may be in the order of
    bytes of the server: they are to be copied.
    """
    if connection.vendor == "postgresql":
        query = f"SELECT ({testo})::text, {_pacco(espressioni)} FROM {da} GROUP BY 1"  # noqa: S608 -- constants
        return [
            (str(nome, "utf-8"), np.frombuffer(pacco, ">i8").reshape(-1, len(espressioni)))
            for nome, pacco in _copiate(query, parametri)
        ]
    gruppi: dict[str, list[tuple[Any, ...]]] = {}
    for suo, *riga in tuple_di((testo, *espressioni), da, parametri):
        gruppi.setdefault(str(suo), []).append(tuple(riga))
    return [(suo, np.array(righe, np.int64)) for suo, righe in gruppi.items()]


def tuple_di(
    espressioni: Sequence[str], da: str, parametri: Sequence[Any] = ()
) -> list[tuple[Any, ...]]:
    """The rows of a query as they are, texts too."""
    with connection.cursor() as cursore:
        cursore.execute(f"SELECT {', '.join(espressioni)} FROM {da}", parametri)  # noqa: S608 -- constants
        righe: list[tuple[Any, ...]] = cursore.fetchall()
    return righe


def _pacco(espressioni: Sequence[str]) -> str:
    """All the rows in one string of bytes."""
    numeri = " || ".join(f"int8send(({una})::int8)" for una in espressioni)
    return f"string_agg({numeri}, ''::bytea)"


def _copiate(query: str, parametri: Sequence[Any]) -> list[list[memoryview]]:
    """The fields of each row of a query, none of which is null."""
    messaggi = _Messaggi()
    with connection.cursor() as cursore:
        completa = cursore.cursor.mogrify(query, parametri).decode()
        cursore.copy_expert(f"COPY ({completa}) TO STDOUT (FORMAT binary)", messaggi)
    return messaggi.righe


class _Messaggi:
    """Takes what COPY sends: a message for each row, and one for the end.

    The server says so (PostgreSQL, Frontend/Backend Protocol, COPY Operations); the header comes
    before the first row, by itself or in its message.
    """

    def __init__(self) -> None:
        self.righe: list[list[memoryview]] = []

    def write(self, byte: bytes) -> None:
        """A message."""
        resto = memoryview(byte)
        if byte.startswith(_FIRMA):
            resto = resto[_TESTATA:]
        if len(resto) and (quanti := int.from_bytes(resto[:2], "big", signed=True)) >= 0:
            self.righe.append(_campi(resto[2:], quanti))


def _campi(resto: memoryview, quanti: int) -> list[memoryview]:
    """The fields of a row."""
    campi = []
    for _campo in range(quanti):
        fine = 4 + int.from_bytes(resto[:4], "big", signed=True)
        campi.append(resto[4:fine])
        resto = resto[fine:]
    return campi


def decimali(colonna: str, quanti: int) -> str:
    """A decimal column as a whole number of its last decimals; no value is 0."""
    if connection.vendor == "postgresql":
        return f"coalesce(({colonna} * {10**quanti})::int8, 0)"
    return f"cast(round(coalesce({colonna}, 0) * {10**quanti}) AS integer)"


def intere_o_nulle(colonna: str, quanti: int) -> str:
    """A decimal column as a whole number of its last decimals; no value stays no value."""
    return f"CAST(round({colonna} * {10**quanti}) AS bigint)"


def in_elenco(colonna: str, chiavi: Iterable[int]) -> str:
    """A column among some keys; none of them is never."""
    return f"{colonna} IN ({', '.join(str(int(una)) for una in chiavi) or 'NULL'})"


def fra_quelli(colonna: str, domanda: str) -> str:
    """A column among the keys that a query gives.

    PostgreSQL asks it once and looks its keys up one after the other, in order: a quarter less
    time than to join them. (It cannot tell how many they are: not for a column to join again.)
    """
    if connection.vendor == "postgresql":
        return f"{colonna} = ANY (ARRAY({domanda}))"
    return f"{colonna} IN ({domanda})"


def vero(condizione: str, bit: int) -> str:
    """A condition as a bit of a number."""
    return f"CASE WHEN {condizione} THEN {bit} ELSE 0 END"


def casi(colonna: str, valori: Sequence[str], altro: int) -> str:
    """A text column as the place of its value in a list."""
    scelte = " ".join(f"WHEN '{valore}' THEN {posto}" for posto, valore in enumerate(valori))
    return f"CASE {colonna} {scelte} ELSE {altro} END"


def in_uno(prima: str, *altre: tuple[str, int]) -> str:
    """Expressions in one number, each below the count that goes with it; the first has no bound."""
    uno = prima
    for espressione, quante in altre:
        uno = f"({uno}) * {quante} + ({espressione})"
    return uno


def da_uno(numeri: Interi, quante: Sequence[int]) -> Iterator[Interi]:
    """What ``in_uno`` put together, from the last to the first."""
    for una in reversed(quante):
        numeri, resto = np.divmod(numeri, una)
        yield resto
    yield numeri
