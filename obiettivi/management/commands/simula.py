# SPDX-License-Identifier: AGPL-3.0-or-later
"""``manage.py simula``: an office tries its rules on a sheet of cases, before adopting them."""

import sys
from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from obiettivi.calcolo.edizione import Edizione
from obiettivi.simulazione import (
    CasiNonValidi,
    EdizioneIlleggibile,
    Simulazione,
    edizione_da_json,
    in_csv,
    in_json,
    leggi_casi,
    simula,
)

FORMATI = {"csv": in_csv, "json": in_json}


class Command(BaseCommand):
    """An edition and a sheet → the sheet with scores, groups and whole; nothing is stored."""

    help = "Prova un'edizione del SMVP su una tabella di casi e scrive i punteggi spiegati."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--edizione", type=Path, required=True, help="le regole, in JSON")
        parser.add_argument("--casi", type=Path, required=True, help="le righe, in CSV (UTF-8)")
        parser.add_argument("--formato", choices=tuple(FORMATI), default="csv")
        parser.add_argument(
            "--anno", type=int, help="l'anno giudicato, se un target ne stampa più d'uno"
        )

    def handle(
        self, *, edizione: Path, casi: Path, formato: str, anno: int | None, **_opzioni: object
    ) -> None:
        if self.stdout._out is sys.stdout and hasattr(sys.stdout, "reconfigure"):
            sys.stdout.reconfigure(encoding="utf-8")
        simulazione = _simula(_leggi(edizione), _leggi(casi), anno)
        self.stdout.write(FORMATI[formato](simulazione), ending="")


def _simula(regole: bytes, righe: bytes, anno: int | None) -> Simulazione:
    """All that is wrong, with the edition and with the cases, is said at once."""
    problemi: list[str] = []
    edizione: Edizione | None = None
    tabella = None
    try:
        edizione = edizione_da_json(regole.decode("utf-8-sig"))
    except UnicodeDecodeError:
        problemi.append("Edizione: il file non è in UTF-8.")
    except EdizioneIlleggibile as errore:
        problemi += [f"Edizione, {problema}" for problema in errore.problemi]
    try:
        tabella = leggi_casi(righe, anno)
    except CasiNonValidi as errore:
        problemi += errore.problemi
    if edizione is None or tabella is None:
        raise CommandError("\n".join(problemi))
    try:
        return simula(tabella, edizione)
    except CasiNonValidi as errore:
        raise CommandError("\n".join(errore.problemi)) from errore


def _leggi(percorso: Path) -> bytes:
    try:
        return percorso.read_bytes()
    except OSError as errore:
        raise CommandError(f"{percorso}: il file non si legge.") from errore
