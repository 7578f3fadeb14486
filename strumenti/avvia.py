# SPDX-License-Identifier: AGPL-3.0-or-later
"""``./avvia``: from a fresh clone to the two real plans in the browser, with one command."""

import argparse
import errno
import os
import secrets
import socket
import subprocess
import tempfile
from pathlib import Path

from strumenti import ambiente, pezzi, sistema
from strumenti.argomenti import Argomenti, numero
from strumenti.scompatta import variabili
from strumenti.voce import RADICE, Comando, Guasto, passo, principale

INDIRIZZO = "127.0.0.1"
MOTIVI = {
    errno.EACCES: "il permesso è negato",
    errno.EADDRINUSE: "è già usata da un altro programma",
    errno.EDQUOT: "lo spazio concesso è finito",
    errno.ENOSPC: "il disco è pieno",
    errno.ENOTDIR: "una parte del percorso è un file",
    errno.EEXIST: "c'è un file con quel nome",
    errno.EROFS: "il disco è in sola lettura",
}


def main(parole: list[str]) -> int:
    """Prepare, do the main job, serve; every part is skipped when it is already done."""
    scelte = _opzioni().parse_args(parole)
    if not scelte.senza_server:
        controlla_porta(scelte.porta)
    dati = cartella_dati(scelte.dati)

    passo("Pezzi del sistema: Python con venv, Pango per i PDF.")
    sistema.procura([pezzi.PIP, *pezzi.PANGO])
    passo("Librerie Python.")
    ambiente.prepara(ambiente.USO)
    env = incorporato(dati)
    passo(f"Banca dati incorporata in {dati}.")
    _manage("migrate", "--verbosity", "0", env=env)
    passo("I due piani: caricamento, calcolo, documenti.")
    _manage("avvia_dimostrazione", env=env)
    if scelte.senza_server:
        passo(f"Fatto: i documenti sono in {dati / 'documenti'}.")
        return 0
    passo("Server web: si ferma con Ctrl-C.")
    _servi(scelte.porta, env | {"INDIRIZZO_SITO": f"http://{INDIRIZZO}:{scelte.porta}"})
    return 0


def _opzioni() -> argparse.ArgumentParser:
    argomenti = Argomenti(
        "./avvia", "Prepara Albero, carica i due piani, calcola, produce i documenti e li mostra."
    )
    argomenti.add_argument(
        "--senza-server", action="store_true", help="fa il lavoro e si ferma, senza aprire pagine"
    )
    argomenti.add_argument(
        "--porta", type=numero, default=8000, metavar="N", help="porta delle pagine (8000)"
    )
    argomenti.add_argument(
        "--dati",
        type=Path,
        default=RADICE / "dati",
        metavar="DIR",
        help="cartella di banca dati e documenti (./dati)",
    )
    return argomenti


def controlla_porta(porta: int) -> None:
    """Raise Guasto when the pages could not be served on that port."""
    try:
        with socket.socket() as presa:
            presa.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            presa.bind((INDIRIZZO, porta))
    except OverflowError:
        raise Guasto(f"La porta {porta} non esiste: sceglierne una fra 1024 e 65535.") from None
    except OSError as errore:
        motivo = MOTIVI.get(errore.errno or 0, errore.strerror)
        raise Guasto(
            f"La porta {porta} non si può usare ({motivo}): "
            f"sceglierne un'altra, per esempio --porta {porta + 80}."
        ) from None


def cartella_dati(dati: Path) -> Path:
    """The data folder, made if needed; raises Guasto when nothing can be written in it."""
    dati = dati.expanduser().resolve()
    try:
        dati.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=dati):
            return dati
    except OSError as errore:
        motivo = MOTIVI.get(errore.errno or 0, errore.strerror)
        raise Guasto(
            f"Nella cartella {dati} non si può scrivere ({motivo}): "
            "renderla scrivibile o sceglierne un'altra con --dati."
        ) from None


def incorporato(dati: Path) -> dict[str, str]:
    """The environment of the embedded mode; the secret key is made the first time and kept."""
    segreto = dati / "segreto"
    if not (segreto.exists() and segreto.read_text()):
        segreto.touch(mode=0o600)
        segreto.write_text(secrets.token_urlsafe(50))
    return variabili() | {
        "ALBERO_MODO": "incorporato",
        "ALBERO_DATI": str(dati),
        "SECRET_KEY": segreto.read_text(),
    }


def _manage(*parole: str, env: dict[str, str]) -> None:
    comando: Comando = [ambiente.PYTHON, RADICE / "manage.py", *parole]
    if codice := subprocess.run(comando, env=env, cwd=RADICE).returncode:
        raise Guasto(
            f"«manage.py {parole[0]}» si è fermato con codice {codice}: "
            "il motivo è scritto qui sopra; ciò che era già salvato resta."
        )


def _servi(porta: int, env: dict[str, str]) -> None:
    """Become gunicorn, so that Ctrl-C and the signals of the system reach it directly."""
    os.chdir(RADICE)
    comando = [str(ambiente.PYTHON), "-m", "gunicorn", "config.wsgi:application"]
    comando += ["--config", "strumenti/server.py", "--bind", f"{INDIRIZZO}:{porta}"]
    os.execve(comando[0], comando, env)


if __name__ == "__main__":
    principale(main)
