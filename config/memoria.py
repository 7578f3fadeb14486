# SPDX-License-Identifier: AGPL-3.0-or-later
"""One small heap for all the threads of a process."""

import ctypes

_ARENE, _SOGLIA = -8, -3  # M_ARENA_MAX and M_MMAP_THRESHOLD in malloc.h
_GRANDI = 1 << 16


def un_solo_mucchio() -> None:
    """Ask the C library not to give each thread a heap of its own, and to keep large pieces out.

    Python runs one thread at a time, so several heaps gain nothing: each keeps what its thread
    has freed, and a process that computes in two lanes grows with the work that it has done. A
    large column that ends goes back to the system, and leaves no hole behind: by itself the
    library takes into the heap whatever is not larger than what was freed before. C libraries
    without these settings (musl, macOS) are left as they are.
    """
    try:
        libreria = ctypes.CDLL(None)
        libreria.mallopt(_ARENE, 1)
        libreria.mallopt(_SOGLIA, _GRANDI)
    except (AttributeError, OSError):
        return
