# SPDX-License-Identifier: AGPL-3.0-or-later
"""Other processes of a bench: a job of ``lavori`` by itself, or Celery workers."""

import importlib
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from strumenti.voce import RADICE

PAZIENZA = 60


class Figlio:
    """A job of ``lavori`` in a process of its own, started at once."""

    def __init__(self, lavoro: str, **argomenti: object) -> None:
        self._processo = subprocess.Popen(
            [sys.executable, "-m", "bench.figlio", lavoro],
            cwd=RADICE,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._processo.stdin is not None
        self._processo.stdin.write(json.dumps(argomenti))
        self._processo.stdin.close()

    def risposta(self) -> Any:
        """What the job returns, once it is over."""
        assert self._processo.stdout is not None
        detto = self._processo.stdout.read()
        if self._processo.wait():
            raise RuntimeError(f"Il processo del bench è finito con {self._processo.returncode}.")
        return json.loads(detto)


@contextmanager
def lavoratori(quanti: int) -> Iterator[None]:
    """Celery workers that take jobs from the broker of the bench while the block runs."""
    from config.celery import app

    comando = [sys.executable, "-W", "ignore", "-m", "celery", "-A", "config", "worker"]
    opzioni = ["--loglevel", "error", "--pool", "prefork", "--concurrency", str(quanti)]
    vivo = subprocess.Popen([*comando, *opzioni], cwd=RADICE, stdout=subprocess.DEVNULL)
    try:
        fine = time.monotonic() + PAZIENZA
        while not app.control.ping(timeout=0.5):
            if vivo.poll() is not None or time.monotonic() > fine:
                raise RuntimeError("I lavoratori di Celery non rispondono.")
        yield
    finally:
        vivo.terminate()
        vivo.wait(PAZIENZA)
        app.control.purge()


def main(lavoro: str) -> None:
    import django

    django.setup()
    fai = getattr(importlib.import_module("bench.lavori"), lavoro)
    print(json.dumps(fai(**json.load(sys.stdin))))


if __name__ == "__main__":
    main(sys.argv[1])
