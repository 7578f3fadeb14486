# SPDX-License-Identifier: AGPL-3.0-or-later
"""Blocks of work done here, two at a time: the server reads or writes one while we judge another.

Each lane is a thread with a connection of its own; the blocks share nothing but what is known of
the rules, that one thread at a time may touch (``regolario.uno_alla_volta``).
"""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from queue import SimpleQueue
from typing import TypeVar

from django.db import connection

CORSIE = 2
"""More would only wait for each other: the judging is of one thread at a time."""

Blocco = TypeVar("Blocco")
Fatto = TypeVar("Fatto")


def in_corsie(blocchi: Sequence[Blocco], fai: Callable[[Blocco], Fatto]) -> Iterator[Fatto]:
    """Do the blocks, and give what comes of each as soon as it is done, in any order.

    One after the other on SQLite, that has one writer, and inside a transaction, that another
    connection would not see.
    """
    if len(blocchi) < CORSIE or connection.vendor != "postgresql" or connection.in_atomic_block:
        yield from map(fai, blocchi)
        return
    da_fare, fatti = deque(blocchi), SimpleQueue[Fatto | None]()
    with ThreadPoolExecutor(CORSIE) as corsie:
        corse = [corsie.submit(_corri, da_fare, fai, fatti) for _corsia in range(CORSIE)]
        for _corsa in corse:
            yield from iter(fatti.get, None)
        for corsa in corse:
            corsa.result()


def _corri(
    da_fare: deque[Blocco], fai: Callable[[Blocco], Fatto], fatti: SimpleQueue[Fatto | None]
) -> None:
    """A lane: block after block while there are; ``None`` says that it stops."""
    try:
        while da_fare:
            try:
                blocco = da_fare.popleft()
            except IndexError:  # the other lane took the last one
                return
            fatti.put(fai(blocco))
    finally:
        connection.close()
        fatti.put(None)
