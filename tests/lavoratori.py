# SPDX-License-Identifier: AGPL-3.0-or-later
"""Celery workers in processes of their own, on the test's database and broker; rows held still."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from config.celery import app
from piani.models import Piano
from strumenti.voce import RADICE

PAZIENZA = 60


def aspetta(fatto: Callable[[], bool], secondi: float = PAZIENZA) -> None:
    """Return when it is so; fail when it takes too long."""
    fine = time.monotonic() + secondi
    while not fatto():
        assert time.monotonic() < fine, f"niente dopo {secondi} secondi"
        time.sleep(0.1)


class Lavoratore:
    """``celery worker``, one job at a time, as in production."""

    def __init__(self, nome: str) -> None:
        self.nome = f"{nome}@prova"
        opzioni = ["-n", self.nome, "--pool", "prefork", "--concurrency", "1"]
        quieto = ["--without-gossip", "--without-mingle", "--loglevel", "ERROR"]
        banca, _barra, _nome = os.environ["DATABASE_URL"].rpartition("/")
        self.processo = subprocess.Popen(
            [sys.executable, "-m", "celery", "-A", "config", "worker", *opzioni, *quieto],
            cwd=RADICE,
            env={**os.environ, "DATABASE_URL": f"{banca}/{connection.settings_dict['NAME']}"},
            stdout=subprocess.DEVNULL,
            start_new_session=True,  # parent and child are killed together
        )

    def pronto(self) -> bool:
        assert self.processo.poll() is None, f"{self.nome} non è partito"
        return bool(app.control.ping(destination=[self.nome], timeout=0.5))

    def occupato(self) -> bool:
        """Whether it has a job in its hands."""
        risposta = app.control.inspect(destination=[self.nome], timeout=2).active() or {}
        return bool(risposta.get(self.nome))

    def uccidi(self) -> None:
        """As when the machine goes: no farewell, to the broker or to the database."""
        os.killpg(self.processo.pid, signal.SIGKILL)
        self.processo.wait(PAZIENZA)

    def ferma(self) -> None:
        if self.processo.poll() is None:
            self.processo.terminate()
            try:
                self.processo.wait(PAZIENZA)
            except subprocess.TimeoutExpired:
                self.uccidi()


@contextmanager
def lavoratori(*nomi: str) -> Iterator[list[Lavoratore]]:
    """Workers that answer, while the block runs."""
    vivi = [Lavoratore(nome) for nome in nomi]
    try:
        for uno in vivi:
            aspetta(uno.pronto)
        yield vivi
    finally:
        for uno in vivi:
            uno.ferma()
        app.control.purge()


@contextmanager
def tenuto(piano: Piano) -> Iterator[None]:
    """While the block runs nobody can write the scores of the plan; to take its runs is allowed."""
    preso, lascia = threading.Event(), threading.Event()

    def tieni() -> None:
        try:
            with transaction.atomic():
                with connection.cursor() as cursore:
                    cursore.execute("SELECT 1 FROM piani_piano WHERE id = %s FOR SHARE", [piano.pk])
                preso.set()
                lascia.wait(PAZIENZA)
        finally:
            connection.close()

    chi = threading.Thread(target=tieni)
    chi.start()
    assert preso.wait(PAZIENZA)
    try:
        yield
    finally:
        lascia.set()
        chi.join()
