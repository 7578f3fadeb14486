# SPDX-License-Identifier: AGPL-3.0-or-later
"""``./prova``: sets up what the tests need, checks the source, runs pytest.

With files it becomes pytest, that closes the output and gives the exit code; without, the checks
and the tests on SQLite go on beside those on PostgreSQL. PostgreSQL and Redis are started by
``tests/servizi.py`` when they are not given; here it is made sure that they can be.
"""

import os
import subprocess
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from strumenti import ambiente, pezzi, sistema
from strumenti.controlli import controlla
from strumenti.scompatta import variabili
from strumenti.voce import RADICE, Guasto, nota, passo, principale

AIUTO = """uso: ./prova [-q] [--controlli | --sqlite] [FILE e opzioni di pytest...]

Prepara PostgreSQL, Redis e un browser usa e getta, controlla i sorgenti e fa tutte le prove.

  -q            la parte breve: senza browser e senza le prove segnate «lunga»
  --controlli   solo i controlli dei sorgenti: stile, piani, tipi, migrazioni, impostazioni
  --sqlite      solo le prove «due_banche», sulla banca dati incorporata
  -h, --aiuto   mostra queste righe e basta

Le prove si dividono fra i processori; intanto si fanno i controlli dei sorgenti e le prove sulla
banca dati incorporata, che dicono com'è andata quando finiscono. Con FILE, o con opzioni di
pytest, salta i controlli e fa solo quelle prove, in un processo.
DATABASE_URL e REDIS_URL, se ci sono, dicono su quali server provare.
ALBERO_CHROMIUM, se c'è, dice quale browser usare."""
NOSTRE = {"-q", "--controlli", "--sqlite", "-h", "--aiuto"}

SQLITE = {"DATABASE_URL": "sqlite://:memory:"}
DUE_BANCHE = ["-m", "due_banche"]
BREVE = ["-m", "not browser and not lunga"]
PROCESSI = 4
"""At most: each has its own database, and a browser when its turn comes."""


def main(parole: list[str]) -> int:
    """Prepare, check, and hand over to pytest."""
    nostre = NOSTRE.intersection(parole)
    altre = [parola for parola in parole if parola not in NOSTRE]
    if nostre & {"-h", "--aiuto"}:
        print(AIUTO)
        return 0
    _prepara(browser=not nostre & {"-q", "--controlli", "--sqlite"})
    if "--sqlite" in nostre:
        passo("Prove sulla banca dati incorporata (SQLite).")
        _diventa_pytest([*([] if altre else _insieme()), *DUE_BANCHE, *altre], SQLITE)
    if "--controlli" in nostre:
        passo("Controlli dei sorgenti.")
        controlla()
        return 0
    if not altre:
        return _tutto(breve="-q" in nostre)
    passo("Prove su PostgreSQL e Redis.")
    _diventa_pytest([*(BREVE if "-q" in nostre else []), *altre])
    return 0


def _tutto(*, breve: bool) -> int:
    """The tests on PostgreSQL; meanwhile, in the time that they pass waiting for the browser, the
    database and the workers, what only computes: the checks and the tests on SQLite.
    """
    passo("Prove su PostgreSQL e Redis.")
    with ThreadPoolExecutor(1) as intanto:
        resto = intanto.submit(_resto, breve=breve)
        parte = BREVE if breve else []
        esito = subprocess.run(
            _comando([*_insieme(), *parte]), cwd=RADICE, env=_variabili({})
        ).returncode
        if not resto.done():
            nota("PostgreSQL e Redis: finito. Manca ancora ciò che si fa intanto.")
    resto.result()
    return esito


def _resto(*, breve: bool) -> None:
    """The checks, then the tests on SQLite; what they say is shown at their end, in one piece."""
    passo("Intanto, i controlli dei sorgenti.")
    controlla()
    if breve:
        return
    passo("Intanto, le prove sulla banca dati incorporata (SQLite).")
    fatte = subprocess.run(
        _comando(["-q", *DUE_BANCHE]), cwd=RADICE, env=_variabili(SQLITE),
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    )  # fmt: skip
    passo(f"Le prove sulla banca dati incorporata (SQLite):\n{fatte.stdout}")
    if fatte.returncode:
        raise Guasto("Le prove sulla banca dati incorporata non passano: vedi qui sopra.")


def _insieme() -> list[str]:
    """The tests shared among the processors, the long ones first: who has no more takes half of
    what another has not begun. At the end the slowest, to keep an eye on them.
    """
    quanti = min(len(os.sched_getaffinity(0)), PROCESSI)
    lente = ["--durations", "20"]
    return lente if quanti == 1 else ["-n", str(quanti), "--dist", "worksteal", *lente]


def _prepara(*, browser: bool) -> None:
    """Bring what is missing: libraries, PostgreSQL unless it is given, a browser if needed."""
    da_portare = [pezzi.PIP, *pezzi.PANGO]
    serve_postgresql = not os.environ.get("DATABASE_URL")
    if serve_postgresql and sistema.privilegi() is not None:
        da_portare.append(pezzi.POSTGRESQL)
    if browser:
        da_portare += pezzi.OCCHI
    passo(f"Pezzi del sistema: {', '.join(pezzo.nome for pezzo in da_portare)}.")
    sistema.procura(da_portare)
    passo("Librerie Python, con quelle delle prove (fra cui un Redis).")
    ambiente.prepara(ambiente.SVILUPPO)
    if serve_postgresql and not pezzi.POSTGRESQL.presente():
        ambiente.postgresql_nostro()


def _variabili(altre: dict[str, str]) -> dict[str, str]:
    """The environment of the tests. The bytecode is kept: a dozen processes read the same files,
    and compiling them is most of what each does before its first test.
    """
    browser = pezzi.chromium()
    env = variabili() | ({"ALBERO_CHROMIUM": str(browser)} if browser else {}) | altre
    env.pop("PYTHONDONTWRITEBYTECODE", None)
    return env


def _comando(argomenti: Sequence[str]) -> list[str]:
    return [str(ambiente.PYTHON), "-m", "pytest", "--rootdir", str(RADICE), *argomenti]


def _diventa_pytest(argomenti: Sequence[str], altre: dict[str, str] | None = None) -> None:
    """Become pytest, so that Ctrl-C reaches it directly and its summary is the last word."""
    os.chdir(RADICE)
    comando = _comando(argomenti)
    os.execve(comando[0], comando, _variabili(altre or {}))


if __name__ == "__main__":
    principale(main)
