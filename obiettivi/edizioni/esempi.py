# SPDX-License-Identifier: AGPL-3.0-or-later
"""Worked examples: targets and results that people can change, scored by rules not yet saved."""

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import StringIO

from obiettivi.calcolo.edizione import Edizione
from obiettivi.simulazione import CasiNonValidi, Simulazione, leggi_casi, simula

COLONNE = ("target", "verso", "base", "risultato", "peso")
QUANTI = 10
LUNGHEZZA = 200

PREDEFINITI: tuple[dict[str, str], ...] = (
    {"target": "≥ 95%", "risultato": "92%"},
    {"target": "≥ 90%", "risultato": "50/60"},
    {"target": "≤ 49 gg", "risultato": "56 gg"},
    {"target": "≤ 49 gg", "risultato": "45 gg"},
    {"target": "tra 40 e 60", "risultato": "63"},
    {"target": "Riduzione", "base": "74,5", "risultato": "70,1"},
    {"target": "entro il 30/06/2025", "risultato": "15/07/2025"},
    {"target": "Avvio", "risultato": "75%"},
    {"target": "Sì", "risultato": "sì"},
    {"target": "≥ 80%", "risultato": "n.d."},
)


@dataclass(frozen=True)
class Prova:
    """The examples and their outcome; ``problemi`` says why there is none."""

    esempi: list[dict[str, str]]
    simulazione: Simulazione | None
    problemi: tuple[str, ...] = ()


def esempi_inviati(inviati: Mapping[str, str]) -> list[dict[str, str]]:
    """The examples as changed in the page; those of the product when none was sent."""
    if not any(nome.startswith("esempio.") for nome in inviati):
        return [dict.fromkeys(COLONNE, "") | uno for uno in PREDEFINITI]
    return [
        {nome: str(inviati.get(f"esempio.{n}.{nome}", "")).strip()[:LUNGHEZZA] for nome in COLONNE}
        for n in range(1, QUANTI + 1)
    ]


def prova(esempi: list[dict[str, str]], edizione: Edizione) -> Prova:
    """Score the examples that have something written."""
    scritti = [uno for uno in esempi if uno["target"] or uno["risultato"]]
    try:
        return Prova(esempi, simula(leggi_casi(_foglio(scritti)), edizione))
    except CasiNonValidi as errore:
        return Prova(esempi, None, tuple(_frase(una) for una in errore.problemi))


def _foglio(esempi: Sequence[Mapping[str, str]]) -> str:
    testo = StringIO()
    scrittore = csv.writer(testo, delimiter=";", lineterminator="\n")
    scrittore.writerow(("id", *COLONNE))
    scrittore.writerows((n, *(uno[nome] for nome in COLONNE)) for n, uno in enumerate(esempi, 1))
    return testo.getvalue()


def _frase(problema: str) -> str:
    """The rows of the sheet, header included, become the examples of the page."""
    if problema.startswith("Sotto l'intestazione"):
        return "Scrivere almeno un esempio."
    return re.sub(r"\b[Rr]iga (\d+)", lambda trovata: f"Esempio {int(trovata[1]) - 1}", problema)
