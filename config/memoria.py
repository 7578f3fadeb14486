# SPDX-License-Identifier: AGPL-3.0-or-later
"""One heap for all the threads of a process."""

import ctypes

_ARENE = -8  # M_ARENA_MAX in malloc.h


def un_solo_mucchio() -> None:
    """Ask the C library not to give each thread a heap of its own.

    Python runs one thread at a time, so several heaps gain nothing: each keeps what its thread
    has freed, and a process that computes in two lanes grows with the work that it has done. C
    libraries without this setting (musl, macOS) are left as they are.
    """
    try:
        ctypes.CDLL(None).mallopt(_ARENE, 1)
    except (AttributeError, OSError):
        return
