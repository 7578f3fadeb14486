#!/usr/bin/env python3
# SPDX-License-Identifier: AGPL-3.0-or-later
"""Django's command line for Albero.

In a clone where ``./avvia`` was run it needs no environment: with neither ALBERO_MODO nor
DATABASE_URL it works on the embedded database (in ``./dati``, or in ALBERO_DATI), and it finds the
libraries in ``.venv`` by itself. A production machine says ALBERO_MODO and the rest.
"""

import os
import sys
from pathlib import Path

RADICE = Path(__file__).resolve().parent
NOSTRO = RADICE / ".venv" / "bin" / "python"


def incorporato() -> None:
    """Set what ``./avvia`` would set, unless somebody said where to work."""
    if os.environ.get("ALBERO_MODO") or os.environ.get("DATABASE_URL"):
        return
    from strumenti import avvia
    from strumenti.voce import Guasto

    try:
        dati = avvia.cartella_dati(Path(os.environ.get("ALBERO_DATI") or RADICE / "dati"))
        os.environ.update(avvia.incorporato(dati))
    except (Guasto, OSError) as guasto:
        sys.exit(f"Non posso cominciare. {guasto}")


def main() -> None:
    """Find the libraries and the data, then obey."""
    try:
        from django.core.management import execute_from_command_line
    except ImportError:
        if not NOSTRO.exists() or Path(sys.prefix) == NOSTRO.parent.parent:
            sys.exit("Mancano le librerie Python: ./avvia le installa.")
        os.execv(NOSTRO, [str(NOSTRO), *sys.argv])  # noqa: S606 -- our own interpreter
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    incorporato()
    from django.db import OperationalError

    try:
        execute_from_command_line(sys.argv)
    except OperationalError as errore:
        sys.exit(f"La banca dati non risponde: controllare DATABASE_URL e il server. {errore}")


if __name__ == "__main__":
    main()
