# SPDX-License-Identifier: AGPL-3.0-or-later
"""The pieces of the operating system that Albero uses, and how to tell that one is there."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from strumenti.scompatta import CACHE, SCOMPATTATI, ruota_pip, variabili

POSTGRESQL_NOSTRO = CACHE / "postgresql"
BROWSER = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")


@dataclass(frozen=True)
class Pezzo:
    """Something of the system: the Debian package that brings it, and a test for its presence.

    ``scompattabile`` names the package of the way without root when it is another one.
    """

    nome: str
    pacchetto: str
    presente: Callable[[], bool]
    scompattabile: str = ""
    facoltativo: bool = False  # older systems have it inside another package


def binari_postgresql() -> Path | None:
    """The folder with ``initdb`` and ``postgres``: the one in PG_BIN, Debian's newest, ours."""
    if indicata := os.environ.get("PG_BIN"):
        return Path(indicata)
    di_debian = [p.parent for p in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    if di_debian:
        return max(di_debian, key=lambda cartella: int(cartella.parent.name))
    if (POSTGRESQL_NOSTRO / "bin" / "initdb").exists():
        return POSTGRESQL_NOSTRO / "bin"
    initdb = shutil.which("initdb")
    return Path(initdb).resolve().parent if initdb else None


def chromium() -> Path | None:
    """The browser of the tests: the one in ALBERO_CHROMIUM, the system's, the unpacked one."""
    if indicato := os.environ.get("ALBERO_CHROMIUM"):
        return Path(indicato)
    if trovato := next(filter(None, map(shutil.which, BROWSER)), None):
        return Path(trovato)
    nostro = SCOMPATTATI / "usr/lib/chromium/chromium"
    return nostro if nostro.exists() else None


def _riesce(codice: str, *argomenti: str) -> bool:
    comando = [sys.executable, "-c", codice, *argomenti]
    return subprocess.run(comando, env=variabili(), capture_output=True).returncode == 0


def _libreria(nome: str) -> Callable[[], bool]:
    """Whether a shared library loads, tried in the environment of the programs to come."""
    return lambda: _riesce("import ctypes, sys; ctypes.CDLL(sys.argv[1])", nome)


def _comando(nome: str) -> Callable[[], bool]:
    return lambda: shutil.which(nome, path=variabili()["PATH"]) is not None


PIP = Pezzo(
    "il modulo venv di Python",
    f"python{sys.version_info.major}.{sys.version_info.minor}-venv",
    lambda: ruota_pip() is not None or _riesce("import ensurepip"),
    scompattabile="python3-pip-whl",
)
PANGO = (
    Pezzo("Pango", "libpango-1.0-0", _libreria("libpango-1.0.so.0")),
    Pezzo("PangoFT2", "libpangoft2-1.0-0", _libreria("libpangoft2-1.0.so.0")),
    Pezzo(
        "HarfBuzz subset",
        "libharfbuzz-subset0",
        _libreria("libharfbuzz-subset.so.0"),
        facoltativo=True,
    ),
)
POSTGRESQL = Pezzo("PostgreSQL", "postgresql", lambda: binari_postgresql() is not None)
OCCHI = (  # what the browser tests look with
    Pezzo("Chromium", "chromium", lambda: chromium() is not None),
    Pezzo("libatomic", "libatomic1", _libreria("libatomic.so.1")),  # Playwright's driver
    Pezzo("Poppler", "poppler-utils", _comando("pdftotext")),
)
