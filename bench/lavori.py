# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a process of its own does: see ``figlio``. Arguments and answers are plain data."""

import hashlib
import re
import resource
import time
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

from django.db import connection

from obiettivi import azioni
from obiettivi.models import Indicatore
from piani.stampa import rende_pdf

from .base import ricalcola
from .bersagli import PERIODI
from .documento import fotografia_grande


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


def stampa_grande(pagine: int, volte: int) -> dict[str, Any]:
    """Print a large plan so many times: seconds, the peak, what is left after each (MB).

    A large one is printed by another process: the peak is of the two together, at worst.
    """
    foto = fotografia_grande(pagine)
    rende_pdf(fotografia_grande(1))  # the libraries are loaded, as in a worker at work
    prima = _stato("VmRSS") / 1024
    Path("/proc/self/clear_refs").write_text("5")  # the peak counts from now
    durate, dopo, impronte = [], [], set()
    for _volta in range(volte):
        inizio = time.perf_counter(), _processore()
        pdf = rende_pdf(foto)
        durate.append((time.perf_counter() - inizio[0], _processore() - inizio[1]))
        dopo.append(_stato("VmRSS") / 1024)
        impronte.add(hashlib.sha256(pdf.contenuto).hexdigest())
    return {
        "pagine": pdf.pagine, "peso": len(pdf.contenuto), "durate": durate, "prima": prima,
        "picco": (_stato("VmHWM") + _del_figlio()) / 1024, "figlio": _del_figlio() / 1024,
        "dopo": dopo, "diversi": len(impronte) - 1,
    }  # fmt: skip


def _processore() -> float:
    """Seconds of this process and of those that it has started and that are over."""
    quali = (resource.getrusage(chi) for chi in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(uno.ru_utime + uno.ru_stime for uno in quali)


def _del_figlio() -> int:
    """The most memory of a process started by this one and over, in kB."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss


def _stato(nome: str) -> int:
    """A figure of this process as the kernel tells it, in kB."""
    trovato = re.search(rf"^{nome}:\s+(\d+)", Path("/proc/self/status").read_text(), re.MULTILINE)
    assert trovato is not None
    return int(trovato[1])


def importa(azienda: int, percorso: str) -> dict[str, object]:
    """Bring a file in as jobs do, then take it back: seconds of each step, the most memory of this
    process and of the one that reads.
    """
    from django.core.files.uploadedfile import SimpleUploadedFile

    from piani.importazioni import azioni as importazioni
    from piani.importazioni.genere import generi
    from piani.importazioni.intestazioni import proponi
    from piani.importazioni.lavoro import contesto_di, fai
    from piani.models import Azienda

    ente = Azienda.objects.get(pk=azienda)
    file = Path(percorso)
    durate: dict[str, object] = {}

    def durata(nome: str, cosa: Callable[[], Any]) -> Any:
        inizio = time.perf_counter()
        esito = cosa()
        durate[nome] = time.perf_counter() - inizio
        durate[f"{nome}_mb"] = _stato("VmHWM") / 1024
        return esito

    questa = durata(
        "carica",
        lambda: importazioni.carica(
            ente,
            generi()["rilevazioni"],
            file=SimpleUploadedFile(file.name, file.read_bytes()),
            ambito={},
            da=None,
        ),
    )
    come = proponi(contesto_di(questa), questa.tipo, importazioni.viste_di(questa))
    importazioni.abbina(questa, abbinamento=come, da=None)
    durata("leggi", lambda: fai(questa.pk))
    questa.refresh_from_db()
    for passo, azione in (("scrivi", importazioni.conferma), ("annulla", importazioni.annulla)):
        azione(questa, da=None)
        durata(passo, lambda: fai(questa.pk))
        questa.refresh_from_db()
        assert not questa.errore, questa.errore
    durate["cpu"] = time.process_time()
    return durate | {
        "byte": questa.byte,
        "conti": f"{questa.nuove} nuovi, {questa.cambiate} cambiati, {questa.uguali} uguali",
        "lettore": resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024,
    }
