# SPDX-License-Identifier: AGPL-3.0-or-later
"""How far a job is: kept beside the tables, because its transaction is seen only at the end."""

from django.core.cache import cache

ORE = 3600


def segna(importazione: int, fatte: int, totale: int) -> None:
    """So many rows out of so many."""
    cache.set(_chiave(importazione), (fatte, totale), ORE)


def quanto(importazione: int) -> tuple[int, int]:
    """Rows done and in all; (0, 0) if the job has not begun to count."""
    fatte, totale = cache.get(_chiave(importazione)) or (0, 0)
    return fatte, totale


def dimentica(importazione: int) -> None:
    """The job is over."""
    cache.delete(_chiave(importazione))


def _chiave(importazione: int) -> str:
    return f"importazione-{importazione}"
