# SPDX-License-Identifier: AGPL-3.0-or-later
from argparse import ArgumentParser
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from conciliazione.azioni.carica import FONTI, carica_conciliazione
from conciliazione.azioni.dimostrazione import completa_dimostrazione


class Command(BaseCommand):
    """Idempotent: an edition that is there already stays as it is."""

    help = "Carica le edizioni della conciliazione trascritte dai loro documenti."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "cartelle", nargs="*", type=Path, help="una cartella per edizione; nessuna = tutte"
        )

    def handle(self, *, cartelle: list[Path], **_opzioni: object) -> None:
        tutte = sorted(file.parent for file in FONTI.glob("conciliazione_*/edizione.toml"))
        for cartella in cartelle or tutte:
            try:
                edizione = carica_conciliazione(cartella, da=None)
            except FileNotFoundError as errore:
                raise CommandError(
                    _("In %(cartella)s manca «edizione.toml».") % {"cartella": cartella}
                ) from errore
            except ValidationError as errore:
                raise CommandError("\n".join(errore.messages)) from errore
            if edizione is not None:
                self.stdout.write(_("Caricata: %(edizione)s") % {"edizione": edizione})
        if not cartelle:
            for nuova in completa_dimostrazione():
                self.stdout.write(_("Per la dimostrazione: %(nuova)s") % {"nuova": nuova})
