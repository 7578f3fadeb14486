# SPDX-License-Identifier: AGPL-3.0-or-later
"""Columns of whole numbers out of the database, without an object for each row.

On PostgreSQL the server packs the rows in one string of bytes and COPY brings it whole; NumPy
reads it as it is. On SQLite the rows are fetched. The same query serves both: a list of SQL
expressions that give whole numbers, and what follows FROM.
"""

from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from typing import Any

import numpy as np
from django.db import connection
from numpy.typing import NDArray

Interi = NDArray[np.int64]
_TESTATA = 19  # signature, flags, extension of the binary format


def intere(espressioni: Sequence[str], da: str, parametri: Sequence[Any]) -> Interi:
    """The rows of a query as a matrix: one column for each expression, all whole numbers."""
    if connection.vendor == "postgresql":
        return _impacchettate(espressioni, da, parametri)
    with connection.cursor() as cursore:
        cursore.execute(f"SELECT {', '.join(espressioni)} FROM {da}", parametri)  # noqa: S608 -- constants
        righe = cursore.fetchall()
    return np.array(righe, np.int64).reshape(-1, len(espressioni))


def intere_per(
    testo: str, espressioni: Sequence[str], da: str, parametri: Sequence[Any]
) -> list[tuple[str, Interi]]:
    """The same for each value of a text column, which is not null; the numbers may be in the order
    of bytes of the server: they are to be copied.
    """
    if connection.vendor == "postgresql":
        campi = f"{testo}, {_pacco(espressioni)}"
        copiate = _copiate(f"SELECT {campi} FROM {da} GROUP BY {testo}", parametri)  # noqa: S608 -- constants
        return [
            (str(nome, "utf-8"), _com_e_arrivata(campo, len(espressioni)))
            for nome, campo in _campi(copiate, 2)
        ]
    gruppi: dict[str, list[tuple[Any, ...]]] = {}
    for suo, *riga in tuple_di((testo, *espressioni), da, parametri):
        gruppi.setdefault(suo, []).append(tuple(riga))
    return [(suo, np.array(righe, np.int64)) for suo, righe in gruppi.items()]


def tuple_di(
    espressioni: Sequence[str], da: str, parametri: Sequence[Any] = ()
) -> list[tuple[Any, ...]]:
    """The rows of a query as they are, texts too."""
    with connection.cursor() as cursore:
        cursore.execute(f"SELECT {', '.join(espressioni)} FROM {da}", parametri)  # noqa: S608 -- constants
        righe: list[tuple[Any, ...]] = cursore.fetchall()
    return righe


def _impacchettate(espressioni: Sequence[str], da: str, parametri: Sequence[Any]) -> Interi:
    copiate = _copiate(f"SELECT {_pacco(espressioni)} FROM {da}", parametri)  # noqa: S608 -- constants
    (campo,) = next(_campi(copiate, 1))
    return _com_e_arrivata(campo, len(espressioni)).astype(np.int64)


def _pacco(espressioni: Sequence[str]) -> str:
    """All the rows in one string of bytes."""
    numeri = " || ".join(f"int8send(({una})::int8)" for una in espressioni)
    return f"string_agg({numeri}, ''::bytea)"


def _copiate(query: str, parametri: Sequence[Any]) -> memoryview:
    uscita = BytesIO()
    with connection.cursor() as cursore:
        completa = cursore.cursor.mogrify(query, parametri).decode()
        cursore.copy_expert(f"COPY ({completa}) TO STDOUT (FORMAT binary)", uscita)
    return uscita.getbuffer()


def _campi(byte: memoryview, quanti: int) -> Iterator[tuple[memoryview, ...]]:
    """The fields of each row that COPY gave; one that is null is empty."""
    posto = _TESTATA
    while int.from_bytes(byte[posto : posto + 2], "big", signed=True) == quanti:
        posto += 2
        campi = []
        for _campo in range(quanti):
            lunghezza = int.from_bytes(byte[posto : posto + 4], "big", signed=True)
            posto += 4
            campi.append(byte[posto : posto + max(lunghezza, 0)])
            posto += max(lunghezza, 0)
        yield tuple(campi)


def _com_e_arrivata(campo: memoryview, quanti: int) -> Interi:
    """The numbers where they are, without a copy."""
    return np.frombuffer(campo, ">i8").reshape(-1, quanti)


def decimali(colonna: str, quanti: int) -> str:
    """A decimal column as a whole number of its last decimals; no value is 0."""
    if connection.vendor == "postgresql":
        return f"coalesce({colonna} * {10**quanti}, 0)"
    return f"cast(round(coalesce({colonna}, 0) * {10**quanti}) AS integer)"


def intere_o_nulle(colonna: str, quanti: int) -> str:
    """A decimal column as a whole number of its last decimals; no value stays no value."""
    return f"CAST(round({colonna} * {10**quanti}) AS bigint)"


def in_elenco(colonna: str, chiavi: Iterable[int]) -> str:
    """A column among some keys; none of them is never."""
    return f"{colonna} IN ({', '.join(str(int(una)) for una in chiavi) or 'NULL'})"


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
