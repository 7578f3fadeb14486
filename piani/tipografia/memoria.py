# SPDX-License-Identifier: AGPL-3.0-or-later
"""The memory of a print: the collector kept still while it grows, everything given back after."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from piani import memoria


@contextmanager
def memoria_ferma() -> Iterator[None]:
    """Keep the garbage collector still: the layout tree is large and dies all at once.

    Saves about a quarter of the time (12.8 s → 9.3 s on 112 pages).
    """
    accesa = gc.isenabled()
    gc.freeze()
    gc.disable()
    try:
        yield
    finally:
        gc.unfreeze()
        if accesa:
            gc.enable()


def restituisci() -> None:
    """Throw away the layout tree, all knots, and give its pages back to the system.

    Without it a worker keeps for ever the memory of its largest document.
    """
    gc.collect()
    memoria.restituisci()
