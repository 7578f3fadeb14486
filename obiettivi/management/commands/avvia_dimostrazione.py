# SPDX-License-Identifier: AGPL-3.0-or-later
"""The main job of ``./avvia``: the source plans loaded, computed, published. Idempotent."""

from argparse import ArgumentParser
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from obiettivi import azioni
from obiettivi.azioni.ciclo_dimostrativo import carica_ciclo
from obiettivi.tasks import riprendi_in_attesa
from piani.azioni import assicura_stampa, cancella_accessi, crea_dimostrative, pubblica
from piani.importa import leggi_toml
from piani.models import DocumentoPubblicato, Piano
from piani.questionari.azioni import chiudi_scaduti

FIXTURES = settings.BASE / "fixtures"


class Command(BaseCommand):
    help = "Carica i piani di esempio, li calcola, ne produce i documenti. Si può ripetere."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--cartella", type=Path, default=FIXTURES, help="dove sono i piani trascritti"
        )

    def handle(self, *, cartella: Path, **_opzioni: object) -> None:
        try:
            azioni.carica_fonti()
            piani = [self.carica(piano.parent) for piano in sorted(cartella.glob("*/piano.toml"))]
            self.persone(cartella / "utenti_dimostrativi.toml")
            if cartella == FIXTURES:
                self.ciclo()
                for comando in settings.ALBERO_DIMOSTRAZIONE:
                    call_command(comando, stdout=self.stdout)
            # Nothing else runs yet: what is open stopped half-way, and here there is no beat.
            riprendi_in_attesa(minuti=0)
            cancella_accessi()
            chiudi_scaduti()
            call_command("calcola", stdout=self.stdout)
            for piano in piani:
                self.pubblica(piano)
        except ValidationError as errore:
            raise CommandError("\n".join(errore.messages)) from errore

    def carica(self, cartella: Path) -> Piano:
        slug = leggi_toml(cartella / "piano.toml")["piano"]["slug"]
        piano = Piano.objects.filter(slug=slug).first()
        if piano is None:
            piano = azioni.carica(cartella, da=None)
            self.stdout.write(_("Caricato: %(piano)s") % {"piano": piano})
        azioni.carica_dimostrazione(piano, cartella, da=None)
        return piano

    def pubblica(self, piano: Piano) -> None:
        documento = piano.documenti.del_piano().first() or pubblica(piano, da=None)
        assicura_stampa(documento)
        documento.refresh_from_db()
        if documento.stato == DocumentoPubblicato.Stato.FALLITO:
            raise CommandError(f"{documento}: {documento.errore}")
        cartella = Path(settings.DOCUMENTI) / piano.slug
        self.stdout.write(
            _("Documento: %(cartella)s (%(n)s pagine)")
            % {"cartella": cartella, "n": documento.pagine}
        )

    def ciclo(self) -> None:
        """The invented cycle of this year, on the plan of ASST Cremona: once."""
        if piano := carica_ciclo(timezone.localdate()):
            self.stdout.write(_("Caricato il ciclo dimostrativo: %(piano)s") % {"piano": piano})

    def persone(self, percorso: Path) -> None:
        """Invented people, one for each ruolo, with a password born here and kept in a file."""
        accessi = Path(settings.DATI) / "accessi-dimostrativi.txt"
        nuove = crea_dimostrative(leggi_toml(percorso)["utenti"])
        if nuove:
            with accessi.open("a", encoding="utf-8") as file:
                file.writelines(f"{nome:20} {password}\n" for nome, password in nuove)
            accessi.chmod(0o600)
        if accessi.exists():
            self.stdout.write(
                _("Persone inventate per provare (nome e password in %(file)s):")
                % {"file": accessi}
            )
            self.stdout.write(accessi.read_text(encoding="utf-8").rstrip())
