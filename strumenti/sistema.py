# SPDX-License-Identifier: AGPL-3.0-or-later
"""Bring the missing pieces: installed with root or sudo, unpacked for oneself without.

Installing starts no service and makes no PostgreSQL cluster: see ``_servizi_fermi``.
"""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from strumenti.pezzi import Pezzo
from strumenti.scompatta import scompatta
from strumenti.voce import Guasto, esegui, nota

INSTALLA = "apt-get install --no-install-recommends"
SENZA_DOMANDE = ["DEBIAN_FRONTEND=noninteractive", "NEEDRESTART_SUSPEND=1"]

POLITICA = Path("/usr/sbin/policy-rc.d")
NIENTE_CLUSTER = Path("/etc/postgresql-common/createcluster.d/albero-prova.conf")
SEGNAPOSTI = {POLITICA: "#!/bin/sh\nexit 101\n", NIENTE_CLUSTER: "create_main_cluster = false\n"}
"""Written while apt works and removed after: services stay as they are, no cluster is made."""


def privilegi() -> list[str] | None:
    """What comes before a command that needs root; None where there is no such right."""
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") and not _codice(["sudo", "-n", "true"]):
        return ["sudo", "-n"]
    return None


def procura(pezzi: Iterable[Pezzo]) -> None:
    """Bring the pieces that are missing.

    Raises Guasto with the exact command to give when it cannot.
    """
    mancanti = [pezzo for pezzo in pezzi if not pezzo.presente()]
    if not mancanti:
        nota("c'è già tutto.")
        return
    if shutil.which("apt-get") is None:
        raise Guasto(f"Qui non c'è apt-get; su Debian o Ubuntu: {_comando(mancanti)}")
    try:
        _porta(mancanti)
    except Guasto as guasto:
        raise Guasto(f"{guasto}\nIl comando da dare è: {_comando(mancanti)}") from guasto
    if rimasti := [p for p in mancanti if not (p.facoltativo or p.presente())]:
        raise Guasto(f"Non trovo ancora {rimasti[0].nome}; il comando è: {_comando(rimasti)}")


def _porta(mancanti: Sequence[Pezzo]) -> None:
    prima = privilegi()
    if prima is None:
        scompatta([p.scompattabile or p.pacchetto for p in mancanti])
        return
    if any(_sconosciuto(p.pacchetto) for p in mancanti):
        esegui([*prima, "apt-get", "-q", "update"], se_fallisce="apt-get update non riesce")
    pacchetti = [p.pacchetto for p in mancanti if not (p.facoltativo and _sconosciuto(p.pacchetto))]
    if pacchetti:
        _installa(pacchetti, prima)


def _installa(pacchetti: Sequence[str], prima: Sequence[str]) -> None:
    nota(f"installo {', '.join(pacchetti)}.")
    comando = [*prima, "env", *SENZA_DOMANDE, *INSTALLA.split(), "-y", "-q"]
    comando += ["-o", "DPkg::Lock::Timeout=120", *pacchetti]
    with _servizi_fermi(prima):
        if _codice(comando):  # lists older than the archive: once more with fresh ones
            esegui([*prima, "apt-get", "-q", "update"], se_fallisce="apt-get update non riesce")
            esegui(comando, se_fallisce="apt-get install non riesce")


@contextmanager
def _servizi_fermi(prima: Sequence[str]) -> Iterator[None]:
    """While apt works: no service starts or restarts, and PostgreSQL makes no cluster."""
    messi = []
    try:
        for dove, testo in SEGNAPOSTI.items():
            if not dove.exists():
                messi.append(dove)
                _scrivi(dove, testo, prima)
        yield
    finally:
        if messi:
            esegui([*prima, "rm", "-f", *messi], se_fallisce="non riesco a togliere i segnaposti")


def _scrivi(dove: Path, testo: str, prima: Sequence[str]) -> None:
    with tempfile.NamedTemporaryFile("w", suffix=".albero") as bozza:
        bozza.write(testo)
        bozza.flush()
        esegui(
            [*prima, "install", "-D", "-m", "755", bozza.name, dove],
            se_fallisce=f"non riesco a scrivere {dove}",
        )


def _sconosciuto(pacchetto: str) -> bool:
    return bool(_codice(["apt-cache", "show", "--no-all-versions", pacchetto]))


def _comando(pezzi: Iterable[Pezzo]) -> str:
    return f"sudo {INSTALLA} {' '.join(pezzo.pacchetto for pezzo in pezzi)}"


def _codice(comando: Sequence[str]) -> int:
    return subprocess.run(comando, stdin=subprocess.DEVNULL, capture_output=True).returncode
