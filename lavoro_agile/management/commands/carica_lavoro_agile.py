# SPDX-License-Identifier: AGPL-3.0-or-later
from argparse import ArgumentParser
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from lavoro_agile.azioni.carica import FONTI, carica_lavoro_agile
from lavoro_agile.azioni.dimostrazione import completa_dimostrazione


class Command(BaseCommand):
    """Idempotent: a POLA that is there already stays as it is."""

    help = "Carica il lavoro agile e le azioni positive trascritti dai loro documenti."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "cartelle", nargs="*", type=Path, help="una cartella per documento; nessuna = tutte"
        )

    def handle(self, *, cartelle: list[Path], **_opzioni: object) -> None:
        tutte = sorted(file.parent for file in FONTI.glob("lavoro_agile_*/pola.toml"))
        for cartella in cartelle or tutte:
            try:
                pola = carica_lavoro_agile(cartella, da=None)
            except ValidationError as errore:
                raise CommandError("\n".join(errore.messages)) from errore
            if pola is not None:
                self.stdout.write(
                    _("Caricato: %(pola)s, %(azienda)s") % {"pola": pola, "azienda": pola.azienda}
                )
        if not cartelle and (nuova := completa_dimostrazione(timezone.localdate())):
            self.stdout.write(_("Per la dimostrazione: %(nuova)s") % {"nuova": nuova})
