# SPDX-License-Identifier: AGPL-3.0-or-later
"""How the two commands speak: numbered steps while it goes well, one sentence when it does not."""

import itertools
import shlex
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

RADICE = Path(__file__).resolve().parent.parent
"""The project's folder."""

_numeri = itertools.count(1)


Comando = Sequence[str | Path]


class Guasto(Exception):
    """What stops the work, said to a person in one sentence that tells what to do about it."""


def passo(testo: str) -> None:
    """Say which step begins."""
    print(f"{next(_numeri)}. {testo}", flush=True)


def nota(testo: str) -> None:
    """Add a line to the step that is going on."""
    print(f"   {testo}", flush=True)


def esegui(
    comando: Comando,
    *,
    se_fallisce: str,
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
) -> str:
    """Run a command without showing what it prints, and return its standard output.

    Raises Guasto with ``se_fallisce`` and the command's last line.
    """
    parole = [str(parola) for parola in comando]
    try:
        esito = subprocess.run(
            parole, env=env, cwd=cwd, text=True, stdin=subprocess.DEVNULL, capture_output=True
        )
    except OSError as errore:
        raise Guasto(f"{se_fallisce} ({parole[0]}: {errore.strerror}).") from errore
    if esito.returncode:
        righe = (esito.stderr.strip() or esito.stdout.strip()).splitlines()
        motivo = righe[-1].strip() if righe else f"«{shlex.join(parole)}» non ha detto perché"
        raise Guasto(f"{se_fallisce}: {motivo}")
    return esito.stdout


def principale(lavoro: Callable[[list[str]], int]) -> None:
    """Run a command's ``main`` and leave with its exit code; a Guasto leaves with 1."""
    try:
        sys.exit(lavoro(sys.argv[1:]))
    except Guasto as guasto:
        print(f"Non posso continuare. {guasto}", file=sys.stderr)
        sys.exit(1)
    except KeyboardInterrupt:
        print("\nInterrotto: si può rilanciare, riprende da qui.", file=sys.stderr)
        sys.exit(130)
