# SPDX-License-Identifier: AGPL-3.0-or-later
"""The main job of ``./avvia``: the source plans loaded, computed, published. Idempotent."""

import secrets
from argparse import ArgumentParser
from datetime import date
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.translation import gettext as _

from obiettivi import azioni
from obiettivi.tasks import riprendi_in_attesa
from piani.azioni import assicura_stampa, pubblica, registra
from piani.importa import leggi_toml
from piani.models import Azienda, DocumentoPubblicato, Incarico, Piano, Utente

FIXTURES = settings.BASE / "fixtures"
INIZIO_INCARICHI = date(2021, 1, 1)


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
            riprendi_in_attesa(minuti=0)  # nothing else runs yet: what is open stopped half-way
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
        documento = piano.documenti.first() or pubblica(piano, da=None)
        assicura_stampa(documento)
        documento.refresh_from_db()
        if documento.stato == DocumentoPubblicato.Stato.FALLITO:
            raise CommandError(f"{documento}: {documento.errore}")
        cartella = Path(settings.DOCUMENTI) / piano.slug
        self.stdout.write(
            _("Documento: %(cartella)s (%(n)s pagine)")
            % {"cartella": cartella, "n": documento.pagine}
        )

    def persone(self, percorso: Path) -> None:
        """Invented people, one for each ruolo, with a password born here and kept in a file."""
        accessi = Path(settings.DATI) / "accessi-dimostrativi.txt"
        nuove = [
            dati
            for dati in leggi_toml(percorso)["utenti"]
            if not Utente.objects.filter(username=dati["username"]).exists()
        ]
        if nuove:
            righe = [crea_persona(dati) for dati in nuove]
            with accessi.open("a", encoding="utf-8") as file:
                file.writelines(f"{riga}\n" for riga in righe)
            accessi.chmod(0o600)
        if accessi.exists():
            self.stdout.write(
                _("Persone inventate per provare (nome e password in %(file)s):")
                % {"file": accessi}
            )
            self.stdout.write(accessi.read_text(encoding="utf-8").rstrip())


def crea_persona(dati: dict[str, object]) -> str:
    """An invented person with incarichi; gives the line to read for logging in."""
    password = secrets.token_urlsafe(9)
    with transaction.atomic():
        utente = Utente.objects.create_user(
            username=dati["username"],
            email=f"{dati['username']}@example.org",
            password=password,
            first_name=dati["nome"],
            last_name=dati["cognome"],
        )
        for incarico in dati["incarichi"]:
            azienda = Azienda.objects.get(codice=incarico["azienda"])
            Incarico.objects.create(
                utente=utente,
                azienda=azienda,
                ruolo=incarico["ruolo"],
                dal=INIZIO_INCARICHI,
                anno_da=incarico.get("anno_da"),
                anno_a=incarico.get("anno_a"),
            )
        registra(
            "utente.creato",
            utente,
            azienda=None,
            da=None,
            descrizione=_("Creata la persona dimostrativa %(nome)s") % {"nome": utente.username},
        )
    return f"{utente.username:20} {password}"
