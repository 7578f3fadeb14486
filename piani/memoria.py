# SPDX-License-Identifier: AGPL-3.0-or-later
"""Memory: given back to the system, and looked through less often."""

import ctypes
import gc
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache


def restituisci() -> None:
    """Give the free pages of the heap back, those in the middle too: a third of a millisecond.

    What a long job frees is otherwise kept for ever, in pieces that the next one does not fill.
    C libraries without ``malloc_trim`` (musl, macOS) give memory back in their own way.
    """
    libreria = _libreria()
    if libreria is not None:
        libreria.malloc_trim(0)


@contextmanager
def senza_cercare_cicli() -> Iterator[None]:
    """Do not look meanwhile for objects that hold each other: those of a job of columns and trees
    seldom do, and to look through them takes an eighth of its time. One job at a time.
    """
    si_cercava = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if si_cercava:
            gc.enable()


@cache
def _libreria() -> ctypes.CDLL | None:
    try:
        libreria = ctypes.CDLL(None)
        libreria.malloc_trim  # noqa: B018 -- asked for: it may not be there
    except (AttributeError, OSError):
        return None
    return libreria
