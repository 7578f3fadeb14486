# SPDX-License-Identifier: AGPL-3.0-or-later
"""Fifty readers at once of two web workers, over the network of the machine."""

import http.client
import os
import random
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from statistics import median

from piani.models import Piano

LETTORI, LAVORATORI = 50, 2
DURATA = 20.0
PAUSA = 1.0
"""Seconds that a reader takes to look at what came, on average, before asking again."""
AVVIO = 60.0


class Lettore(threading.Thread):
    """Who reads an address after another on a connection of its own; every other time it sends the
    ETag of what it has.
    """

    def __init__(self, porta: int, indirizzi: list[str], pausa: float, seme: int) -> None:
        super().__init__(daemon=True)
        self.porta, self.indirizzi, self.pausa = porta, indirizzi, pausa
        self.caso = random.Random(seme)  # noqa: S311 - the order of what is read
        self.durate: list[float] = []
        self.sbagliate: list[str] = []
        self.etag: dict[str, str] = {}

    def run(self) -> None:
        time.sleep(self.caso.uniform(0, self.pausa))
        fine = time.perf_counter() + DURATA
        canale = http.client.HTTPConnection("localhost", self.porta, timeout=30)
        while time.perf_counter() < fine:
            indirizzo = self.caso.choice(self.indirizzi)
            inizio = time.perf_counter()
            try:
                stato = self._legge(canale, indirizzo)
            except (OSError, http.client.HTTPException) as errore:
                stato = 0
                self.sbagliate.append(f"{indirizzo}: {type(errore).__name__}")
                canale.close()
            if stato in (200, 304):
                self.durate.append(time.perf_counter() - inizio)
            elif stato:
                self.sbagliate.append(f"{indirizzo}: {stato}")
            if self.pausa:
                time.sleep(self.caso.uniform(0, 2 * self.pausa))

    def _legge(self, canale: http.client.HTTPConnection, indirizzo: str) -> int:
        intestazioni = {"Authorization": "Bearer bench", "Accept": "application/json"}
        if indirizzo in self.etag and self.caso.random() < 0.5:
            intestazioni["If-None-Match"] = self.etag[indirizzo]
        canale.request("GET", indirizzo, headers=intestazioni)
        risposta = canale.getresponse()
        risposta.read()
        if risposta.status == 200:
            self.etag[indirizzo] = risposta.headers["ETag"]
        return risposta.status


def lettori(piano: Piano) -> None:
    """The times of fifty readers who look at what they read, and of fifty who never stop."""
    indirizzi = [
        "/api/v1/indicatori?per_pagina=100",
        f"/api/v1/rilevazioni?per_pagina=100&piano={piano.slug}",
        f"/api/v1/obiettivi?piano={piano.slug}",
        f"/api/v1/misure?per_pagina=50&piano={piano.slug}",
        f"/api/v1/piani/{piano.slug}",
        "/api/v1/piani",
        "/api/v1/aziende",
    ]
    with _due_lavoratori() as porta:
        for nome, pausa in ((f"con {PAUSA:.0f} s di pausa", PAUSA), ("senza pause", 0.0)):
            tutti = [Lettore(porta, indirizzi, pausa, seme) for seme in range(LETTORI)]
            inizio = time.perf_counter()
            for uno in tutti:
                uno.start()
            for uno in tutti:
                uno.join()
            passati = time.perf_counter() - inizio
            durate = sorted(durata for uno in tutti for durata in uno.durate)
            sbagliate = [una for uno in tutti for una in uno.sbagliate]
            p95 = durate[int(len(durate) * 0.95)] * 1000
            print(
                f"  {LETTORI} lettori {nome}, {LAVORATORI} lavoratori: {len(durate)} risposte, "
                f"{len(durate) / passati:.0f} al secondo, mediana {median(durate) * 1000:.0f} ms, "
                f"p95 {p95:.0f} ms, errori {len(sbagliate)} {sbagliate[:3] or ''}, "
                f"carico {os.getloadavg()[0]:.1f}"
            )


@contextmanager
def _due_lavoratori() -> Iterator[int]:
    """gunicorn as in production, on a free port, with two workers."""
    with socket.socket() as libero:
        libero.bind(("127.0.0.1", 0))
        porta: int = libero.getsockname()[1]
    comando = [
        sys.executable, "-m", "gunicorn", "config.wsgi:application", "--bind",
        f"127.0.0.1:{porta}", "--workers", str(LAVORATORI), "--threads", "2",
        "--log-level", "warning",
    ]  # fmt: skip
    processo = subprocess.Popen(comando, env=os.environ | {"API_AL_MINUTO": "1000000"})
    try:
        _aspetta(porta)
        yield porta
    finally:
        processo.terminate()
        processo.wait(timeout=30)


def _aspetta(porta: int) -> None:
    """Until both workers have answered something."""
    fine = time.perf_counter() + AVVIO
    risposte = 0
    while risposte < 20:
        canale = http.client.HTTPConnection("localhost", porta, timeout=30)
        try:
            canale.request("GET", "/api/v1/piani", headers={"Authorization": "Bearer bench"})
            risposta = canale.getresponse()
            risposta.read()
            risposte += risposta.status == 200
        except OSError:
            if time.perf_counter() > fine:
                raise
            time.sleep(0.3)
        finally:
            canale.close()
