# SPDX-License-Identifier: AGPL-3.0-or-later
"""A thread of its own for what pyHanko does: it starts an event loop for each signature."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Fatto = TypeVar("Fatto")


def in_un_filo(fai: Callable[[], Fatto]) -> Fatto:
    """Do it elsewhere, and wait: a thread where a loop runs already (ASGI) takes no second one."""
    with ThreadPoolExecutor(1) as filo:
        return filo.submit(fai).result()
