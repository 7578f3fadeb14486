# SPDX-License-Identifier: AGPL-3.0-or-later
"""What people feel: one new result among others, memory, workers, the map of a region."""

import time
from collections.abc import Callable
from statistics import median
from typing import Any
from unittest.mock import patch

from django.db import connection

from obiettivi import cruscotto
from obiettivi.azioni import massivo
from obiettivi.models import Calcolo, Prospettiva
from piani.models import Piano

from .base import ABBASTANZA, ANNO, Base, Taglia, ricalcola
from .bersagli import PERIODI
from .figlio import PAZIENZA, Figlio, lavoratori
from .giri import Cifra, Concorrente, Tabellone, a_giro, secondi
from .lavori import rileva
from .rivali import svuota_punteggi

CLIENTI = 3
PIANI_DEI_LAVORATORI = 300


class Vivo:
    """The measures taken at each stage of a base that grows, and those at its end."""

    def __init__(self, base: Base, tabellone: Tabellone, taglia: Taglia) -> None:
        self.base, self.tabellone, self.taglia = base, tabellone, taglia
        self.memorie: list[float] = []
        self.attese: list[float] = []

    def tappa(self) -> None:
        self._memoria()
        self._nuovo()

    def alla_fine(self) -> None:
        self._insieme()
        due_lavoratori(self.base, self.tabellone, self.taglia)
        mappa(self.base, self.tabellone)

    def _memoria(self) -> None:
        """The most that a rebuild takes above the libraries, in a process of its own."""
        svuota_punteggi()
        quanti = len(self.base.piani)
        presa = Figlio("memoria", piani=self.base.piani).risposta()
        self.tabellone.segna(Cifra(f"memoria sopra le librerie, {quanti} piani", presa, 64, "MB"))
        if self.base.risultati >= ABBASTANZA:
            self.memorie.append(presa)
        if len(self.memorie) > 1:
            rapporto = presa / self.memorie[0]
            self.tabellone.segna(Cifra(f"memoria, {quanti} piani / prima tappa", rapporto, 1.1))

    def _nuovo(self) -> None:
        """From a new result to every score above it, one at a time."""
        base, quanti = self.base, len(self.base.piani)
        ricalcola([base.finestra])
        # Seeds of its own for each stage: the same result again would write nothing.
        rileva(base.finestra, ANNO, 3, seme=2 * quanti)
        durate = rileva(base.finestra, ANNO, self.taglia.nuovi, seme=2 * quanti + 1)
        estremi = f"min {secondi(min(durate))}, max {secondi(max(durate))}"
        print(f"    un risultato nuovo, {quanti} piani: {secondi(median(durate))} ({estremi})")
        self.attese.append(median(durate))
        attesa = self.attese[-1]
        nome = f"un risultato nuovo in un piano di 500, {quanti} piani"
        self.tabellone.segna(Cifra(nome, attesa * 1000, 30, "ms"))
        if len(self.attese) > 1:
            rapporto = attesa / self.attese[0]
            self.tabellone.segna(Cifra("un risultato nuovo / prima tappa", rapporto, 1.3))

    def _insieme(self) -> None:
        """Several people enter results of one plan at once; then nothing must be out of place."""
        base, quante = self.base, self.taglia.per_cliente
        argomenti = {"piano": base.finestra, "anno": ANNO, "quante": quante}
        clienti = [Figlio("rileva", **argomenti, seme=10_000 + n) for n in range(CLIENTI)]
        durate = [durata for cliente in clienti for durata in cliente.risposta()]
        print(f"    {len(durate)} risultati da {CLIENTI} insieme: {secondi(median(durate))} l'uno")
        storte = ricalcola([base.finestra], ["", *PERIODI]).scritti
        nome = f"punteggi storti dopo {len(durate)} risultati da {CLIENTI} insieme"
        self.tabellone.segna(Cifra(nome, storte, 0, ""))


def mappa(base: Base, tabellone: Tabellone) -> None:
    """The heat map of forty plans: from the stored scores, and computed on the fly."""
    piani = base.piani[-40:]
    ricalcola(piani)
    durate = [_sql(lambda: cruscotto.celle(piani, ANNO, PERIODI[-1])) for _ in range(50)]
    al_volo = ricalcola(piani, PERIODI[-1:])
    tabellone.segna(Cifra(f"mappa di {len(piani)} piani, SQL", median(durate) * 1000, 2, "ms"))
    rapporto = (al_volo.lettura + al_volo.calcolo) / median(durate)
    tabellone.segna(Cifra("mappa al volo / dai punteggi", rapporto, 100, almeno=True))


def _sql(leggi: Callable[[], object]) -> float:
    """The seconds that the queries of a reading take, without what Python does with them."""
    durate: list[float] = []

    def cronometra(esegui: Callable[..., Any], *tutto: object) -> object:
        inizio = time.perf_counter()
        try:
            return esegui(*tutto)
        finally:
            durate.append(time.perf_counter() - inizio)

    with connection.execute_wrapper(cronometra):
        leggi()
    return sum(durate)


def due_lavoratori(base: Base, tabellone: Tabellone, taglia: Taglia) -> None:
    """The same rebuild by one process, a block at a time, and by two Celery workers.

    Beside them the process that does two blocks at a time, as the command does: it keeps both
    processors busy already, and has no messages to pay for.
    """
    piani = base.piani[:PIANI_DEI_LAVORATORI]
    if len(piani) < PIANI_DEI_LAVORATORI:
        return
    solo = Concorrente("un processo, un blocco per volta", lambda: _solo(piani), svuota_punteggi)
    corsie = Concorrente("un processo, due corsie", lambda: ricalcola(piani), svuota_punteggi)
    due = Concorrente("due lavoratori di Celery", lambda: _in_coda(piani), svuota_punteggi)
    with lavoratori(2):
        a_giro([solo, corsie, due], taglia.giri)
    nome = f"un processo / due lavoratori, {len(piani)} piani"
    tabellone.segna(Cifra(nome, solo.mediana / due.mediana, 1.25, almeno=True))
    rapporto = corsie.mediana / due.mediana
    print(f"    due corsie / due lavoratori: {rapporto:.2f}".replace(".", ","))


def _solo(piani: list[int]) -> None:
    """One block after the other."""
    with patch("obiettivi.azioni.corsie.CORSIE", len(piani) + 1):
        ricalcola(piani)


def _in_coda(piani: list[int]) -> None:
    """Send the runs to the workers, and wait until all are done."""
    giro = massivo.avvia_giro(
        Piano.objects.filter(pk__in=piani),
        prospettiva=Prospettiva.CONSUNTIVO,
        anno=ANNO,
        frazioni=PERIODI,
        da=None,
    )
    fine = time.monotonic() + 10 * PAZIENZA
    while giro.calcoli.aperti().exists():
        assert time.monotonic() < fine, "i lavoratori non hanno finito"
        time.sleep(0.02)
    assert giro.calcoli.filter(stato=Calcolo.Stato.FATTO).count() == len(piani) * len(PERIODI)
