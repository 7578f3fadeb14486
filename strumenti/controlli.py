# SPDX-License-Identifier: AGPL-3.0-or-later
"""The checks that run no test: style, floors, types, migrations, production settings."""

import os
import secrets
import subprocess
import tempfile
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor

from strumenti.ambiente import PYTHON, VENV
from strumenti.scompatta import variabili
from strumenti.voce import RADICE, Comando, Guasto, nota, principale

SENZA_SERVER = {
    "ALBERO_MODO": "prova",
    "DATABASE_URL": "sqlite://:memory:",
    "REDIS_URL": "redis://127.0.0.1/0",
}
"""Enough for the settings to load; the checks ask nothing to a server."""

IN_PRODUZIONE = {
    "ALBERO_MODO": "produzione",
    "DATABASE_URL": "postgres://albero@localhost/albero",
    "ALLOWED_HOSTS": "albero.example.org",
    "CSRF_TRUSTED_ORIGINS": "https://albero.example.org",
}

BIN = VENV / "bin"
MANAGE = RADICE / "manage.py"
CONTROLLI: dict[str, Comando] = {
    "tipi (mypy)": [BIN / "mypy"],  # the longest begins first
    "stile (ruff check)": [BIN / "ruff", "check", "--output-format=concise"],
    "formato (ruff format)": [BIN / "ruff", "format", "--check", "--output-format=concise"],
    "piani della casa (lint-imports)": [BIN / "lint-imports", "--no-logo"],
    "migrazioni": [PYTHON, MANAGE, "makemigrations", "--check", "--dry-run"],
    "impostazioni di produzione": [PYTHON, MANAGE, "check", "--deploy", "--fail-level", "WARNING"],
}


def controlla(quali: Iterable[str] = CONTROLLI) -> None:
    """Run the checks, as many at once as the processors, show what those that fail say, and raise
    Guasto if any did.
    """
    scelti = list(quali)
    with ThreadPoolExecutor(len(os.sched_getaffinity(0))) as insieme:
        esiti = zip(scelti, insieme.map(_esegui, scelti), strict=True)
        falliti = [nome for nome, esito in esiti if not _passa(nome, esito)]
    if falliti:
        raise Guasto(f"Da correggere: {', '.join(falliti)}.")


def main(parole: list[str]) -> int:
    """Run the checks whose name begins with one of the words: how a commit hook asks for one."""
    controlla(nome for nome in CONTROLLI if nome.startswith(tuple(parole)))
    return 0


def _esegui(nome: str) -> subprocess.CompletedProcess[str]:
    with tempfile.TemporaryDirectory() as dati:
        env = variabili() | SENZA_SERVER
        env |= {"ALBERO_DATI": dati, "SECRET_KEY": secrets.token_urlsafe(50)}
        if "produzione" in nome:
            env |= IN_PRODUZIONE
        return subprocess.run(CONTROLLI[nome], cwd=RADICE, env=env, capture_output=True, text=True)


def _passa(nome: str, esito: subprocess.CompletedProcess[str]) -> bool:
    nota(f"{nome}: {'da correggere' if esito.returncode else 'bene'}.")
    if esito.returncode:
        print(esito.stdout, esito.stderr, sep="", flush=True)
    return esito.returncode == 0


if __name__ == "__main__":
    principale(main)
