# SPDX-License-Identifier: AGPL-3.0-or-later
"""Interleaved rounds, medians, and figures with the mark that each has to reach."""

import gc
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from statistics import median

from django.db import connection

META = 2
"""A mark is lost when the figure is this many times worse."""


def niente() -> None:
    """Nothing to prepare."""


@dataclass
class Concorrente:
    """Something to time: ``prima`` prepares each round, out of the time."""

    nome: str
    fai: Callable[[], object]
    prima: Callable[[], object] = niente
    durate: list[float] = field(default_factory=list)

    @property
    def mediana(self) -> float:
        return median(self.durate)

    def __str__(self) -> str:
        estremi = f"min {secondi(min(self.durate))}, max {secondi(max(self.durate))}"
        return f"{self.nome:44} {secondi(self.mediana):>10} ({estremi})"


def a_giro(concorrenti: Sequence[Concorrente], giri: int) -> None:
    """Time them in turn, as many rounds as said, and print the medians."""
    for _giro in range(giri):
        for uno in concorrenti:
            uno.prima()
            gc.collect()
            inizio = time.perf_counter()
            uno.fai()
            uno.durate.append(time.perf_counter() - inizio)
    for uno in concorrenti:
        print(f"    {uno}")


def secondi(durata: float) -> str:
    return f"{durata:.2f} s" if durata >= 1 else f"{durata * 1000:.1f} ms"


@dataclass(frozen=True)
class Cifra:
    """A figure and its mark: at most that, or (``almeno``) at least."""

    nome: str
    valore: float
    traguardo: float
    unita: str = "×"
    almeno: bool = False

    @property
    def raggiunta(self) -> bool:
        if self.almeno:
            return self.valore >= self.traguardo
        return self.valore <= self.traguardo

    @property
    def persa(self) -> bool:
        """Worse than the mark by half; a mark of zero allows nothing else."""
        if self.almeno:
            return self.valore * META < self.traguardo
        return self.valore > self.traguardo * META

    def __str__(self) -> str:
        segno = "≥" if self.almeno else "≤"
        valore, traguardo = (f"{n:.3g} {self.unita}".strip() for n in (self.valore, self.traguardo))
        return f"{self.nome}: {valore} (traguardo {segno} {traguardo})".replace(".", ",")


class Tabellone:
    """The figures of a bench, printed as they come."""

    def __init__(self) -> None:
        self.cifre: list[Cifra] = []

    def segna(self, cifra: Cifra) -> None:
        self.cifre.append(cifra)
        print(f"  {'✓' if cifra.raggiunta else '✗'} {cifra}")

    def perse(self) -> list[Cifra]:
        return [cifra for cifra in self.cifre if cifra.persa]


def sql(istruzione: str) -> None:
    with connection.cursor() as cursore:
        cursore.execute(istruzione)


def wal() -> int:
    """Bytes of write-ahead log written so far."""
    with connection.cursor() as cursore:
        cursore.execute("SELECT pg_current_wal_insert_lsn() - '0/0'")
        return int(cursore.fetchone()[0])
