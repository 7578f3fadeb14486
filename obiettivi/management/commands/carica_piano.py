# SPDX-License-Identifier: AGPL-3.0-or-later
from argparse import ArgumentParser
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from obiettivi import azioni


class Command(BaseCommand):
    help = "Carica un piano trascritto in una cartella (piano.toml, obiettivi.csv, ...)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("cartella", type=Path, help="la cartella del piano")
        parser.add_argument(
            "--dimostrazione",
            action="store_true",
            help="carica anche i risultati inventati di dimostrazione.csv",
        )

    def handle(self, *, cartella: Path, dimostrazione: bool, **_opzioni: object) -> None:
        try:
            azioni.carica_fonti()
            piano = azioni.carica(cartella, da=None)
            if dimostrazione:
                azioni.carica_dimostrazione(piano, cartella, da=None)
        except ValidationError as errore:
            raise CommandError("\n".join(errore.messages)) from errore
        self.stdout.write(_("Caricato: %(piano)s") % {"piano": piano})
