# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a process of its own does: see ``figlio``. Arguments and answers are plain data."""

import re
import time
from decimal import Decimal
from pathlib import Path
from random import Random

from django.db import connection

from obiettivi import azioni
from obiettivi.models import Indicatore

from .base import ricalcola
from .bersagli import PERIODI


def memoria(piani: list[int]) -> float:
    """Recompute these plans: the most memory taken above what the imports take, in MB."""
    connection.ensure_connection()
    Path("/proc/self/clear_refs").write_text("5")  # the peak counts from now
    prima = _stato("VmRSS")
    ricalcola(piani)
    return (_stato("VmHWM") - prima) / 1024


def rileva(piano: int, anno: int, quante: int, seme: int) -> list[float]:
    """Enter that many new results of a plan, one after the other; the seconds each took."""
    caso = Random(seme)  # noqa: S311 -- figures for a bench, nothing to protect
    indicatori = list(
        Indicatore.objects.filter(
            misure__obiettivo__area__piano=piano, tipo_formula=Indicatore.Formula.DIRETTO
        ).order_by("pk")
    )
    durate = []
    for _ in range(quante):
        indicatore, frazione = caso.choice(indicatori), caso.choice(PERIODI)
        valore = Decimal(caso.randrange(1, 10_000)) / 100
        inizio = time.perf_counter()
        azioni.rileva(indicatore, anno=anno, frazione=frazione, valore=valore, da=None)
        durate.append(time.perf_counter() - inizio)
    return durate


def _stato(nome: str) -> int:
    """A figure of this process as the kernel tells it, in kB."""
    trovato = re.search(rf"^{nome}:\s+(\d+)", Path("/proc/self/status").read_text(), re.MULTILINE)
    assert trovato is not None
    return int(trovato[1])
