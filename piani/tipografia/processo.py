# SPDX-License-Identifier: AGPL-3.0-or-later
"""Where a document is printed: a small one here, a large one in a process that ends with it.

A large layout leaves holes in the memory of who made it, which nothing gives back to the system.
"""

import subprocess
import sys
from pathlib import Path

from .composizione import Pdf, StampaNonDisponibile, stampa_qui
from .memoria import restituisci

PICCOLO = 100_000
"""Letters of HTML under which a print leaves behind nothing worth giving back."""
GRANDE = 500_000
"""Letters of HTML, about sixty pages, over which a process of its own costs little."""
RADICE = Path(__file__).resolve().parents[2]
CIFRE = 8
"""Digits of the number of pages, written before the PDF."""
SENZA_LIBRERIE = 3
SECONDI = 900
"""How long a large document may take: thirty times one of three hundred pages."""


class StampaInterrotta(RuntimeError):
    """The process that printed a large document came to nothing; its last words."""


def stampa_html(testo: str) -> Pdf:
    """An HTML page of ours as PDF.

    :raises StampaNonDisponibile: the libraries that draw the PDF are not installed.
    """
    if len(testo) > GRANDE:
        return _da_un_altro(testo)
    try:
        return stampa_qui(testo)
    finally:
        if len(testo) > PICCOLO:
            restituisci()


def _da_un_altro(testo: str) -> Pdf:
    try:
        fatto = subprocess.run(
            [sys.executable, "-m", "piani.tipografia"],
            input=testo.encode(), capture_output=True, cwd=RADICE, check=False, timeout=SECONDI,
        )  # fmt: skip
    except subprocess.TimeoutExpired as errore:
        raise StampaInterrotta(f"non finita dopo {SECONDI} secondi") from errore
    if fatto.returncode == SENZA_LIBRERIE:
        raise StampaNonDisponibile(fatto.stderr.decode())
    if fatto.returncode:
        detto = fatto.stderr.decode(errors="replace").strip().splitlines()
        raise StampaInterrotta(f"{fatto.returncode}: {detto[-1] if detto else 'nessun messaggio'}")
    return Pdf(fatto.stdout[CIFRE:], int(fatto.stdout[:CIFRE]))
