# SPDX-License-Identifier: AGPL-3.0-or-later
"""Blocks of runs done here, two at a time: the server reads or writes one while we judge another.

Each lane is a thread with a connection of its own; the blocks share nothing but what is known of
the rules, that one thread at a time may touch (``regolario.uno_alla_volta``).
"""

from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from queue import SimpleQueue

from django.db import connection

from obiettivi.azioni.esecuzione import Resoconto, esegui_blocco

CORSIE = 2
"""More would only wait for each other: the judging is of one thread at a time."""

Fatto = tuple[list[int], Resoconto]
"""A block, and what was done of it."""


def in_corsie(blocchi: Sequence[list[int]]) -> Iterator[Fatto]:
    """Do the blocks, and say of each how it went as soon as it is done, in any order.

    One after the other on SQLite, that has one writer, and inside a transaction, that another
    connection would not see.
    """
    if len(blocchi) < CORSIE or connection.vendor != "postgresql" or connection.in_atomic_block:
        yield from ((blocco, esegui_blocco(blocco)) for blocco in blocchi)
        return
    da_fare, fatti = deque(blocchi), SimpleQueue[Fatto | None]()
    with ThreadPoolExecutor(CORSIE) as corsie:
        corse = [corsie.submit(_corri, da_fare, fatti) for _corsia in range(CORSIE)]
        for _corsa in corse:
            yield from iter(fatti.get, None)
        for corsa in corse:
            corsa.result()


def _corri(da_fare: deque[list[int]], fatti: SimpleQueue[Fatto | None]) -> None:
    """A lane: block after block while there are; ``None`` says that it stops."""
    try:
        while da_fare:
            try:
                blocco = da_fare.popleft()
            except IndexError:  # the other lane took the last one
                return
            fatti.put((blocco, esegui_blocco(blocco)))
    finally:
        connection.close()
        fatti.put(None)
