# SPDX-License-Identifier: AGPL-3.0-or-later
"""The PDF: the two source plans, then invented plans of at least 112 and 335 pages.

A process of its own asks for the large ones three times, as a worker would: time, the most memory
taken by it and by the process that prints, and what is left to it after each document.
"""

from datetime import date
from statistics import median
from typing import Any

from django.conf import settings

from obiettivi import azioni
from piani import stampa as stamperia
from piani.documenti import fotografa
from piani.models import Piano

from .figlio import Figlio
from .giri import Cifra, Tabellone
from .prove import tempi

FIXTURES = settings.BASE / "fixtures"
VOLTE = 3
GRANDI = (112, 335)
SECONDI = {112: 10.0, 335: 33.0}
"""Marks for exactly so many pages: those of a run are scaled to its own."""
MEMORIA = 800.0
RESTA = 64.0
"""MB that a worker may keep after a document, over what it had before the first."""


def stampa(*, breve: bool = False) -> list[Cifra]:
    """Print, time, weigh; the figures that are worse than their mark by half."""
    tabellone = Tabellone()
    for cartella in sorted(FIXTURES.glob("*/piano.toml")):
        _fonte(_caricato(cartella.parent))
    misure = [_grande(pagine, tabellone) for pagine in GRANDI[: 1 if breve else None]]
    if len(misure) > 1:
        piccolo, grande = (median(cpu for _s, cpu in m["durate"]) / m["pagine"] for m in misure)
        tabellone.segna(Cifra("tempo per pagina, piano grande / piccolo", grande / piccolo, 1.15))
    return tabellone.perse()


def _caricato(cartella: Any) -> Piano:
    piano = azioni.carica(cartella, da=None)
    azioni.carica_dimostrazione(piano, cartella, da=None)
    for prospettiva in azioni.prospettive_di(piano):
        calcolo = azioni.avvia_calcolo(
            piano, prospettiva=prospettiva, anno=piano.anno_inizio, da=None, in_coda=False
        )
        azioni.esegui(calcolo.pk)
    return piano


def _fonte(piano: Piano) -> None:
    foto = fotografa(piano, versione=1, giorno=date(2026, 1, 1))
    pdf = stamperia.rende_pdf(foto)
    uguali = pdf.contenuto == stamperia.rende_pdf(foto).contenuto
    print(
        f"  {piano.slug}: {tempi(lambda: stamperia.rende_pdf(foto), 3)}, "
        f"{pdf.pagine} pagine, {len(pdf.contenuto) // 1024} kB, "
        f"due volte {'uguali' if uguali else 'DIVERSE'}"
    )


def _grande(pagine: int, tabellone: Tabellone) -> dict[str, Any]:
    misura: dict[str, Any] = Figlio("stampa_grande", pagine=pagine, volte=VOLTE).risposta()
    orologio = median(secondi for secondi, _cpu in misura["durate"])
    cpu = median(secondi for _orologio, secondi in misura["durate"])
    dopo = ", ".join(f"{mega:.0f}" for mega in misura["dopo"])
    print(
        f"  inventato: {misura['pagine']} pagine, {orologio:.1f} s ({cpu:.1f} di processore), "
        f"{misura['peso'] // 1024} kB; memoria prima {misura['prima']:.0f} MB, "
        f"al massimo {misura['picco']:.0f} in tutto (di cui {misura['figlio']:.0f} del processo "
        f"che stampa), dopo ogni documento {dopo}",
        flush=True,
    )
    traguardo = SECONDI[pagine] * misura["pagine"] / pagine
    segna = tabellone.segna
    segna(Cifra(f"{misura['pagine']} pagine", orologio, traguardo, "s"))
    segna(Cifra("memoria massima", misura["picco"], MEMORIA, "MB"))
    resta = max(misura["dopo"]) - misura["prima"]
    segna(Cifra("memoria che resta dopo un documento", resta, RESTA, "MB"))
    segna(Cifra("documenti diversi dalla stessa fotografia", misura["diversi"], 0, ""))
    return misura
