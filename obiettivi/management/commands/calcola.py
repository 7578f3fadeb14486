# SPDX-License-Identifier: AGPL-3.0-or-later
from argparse import ArgumentParser

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from obiettivi import azioni
from obiettivi.models import Calcolo, Frazione, Prospettiva
from piani.models import Piano


class Command(BaseCommand):
    help = "Calcola il raggiungimento di un piano, o di tutti."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("piani", nargs="*", help="indirizzi dei piani; nessuno = tutti")
        parser.add_argument(
            "--prospettiva", choices=Prospettiva.values, help="una sola; senza, tutte e due"
        )
        parser.add_argument("--anno", type=int, help="l'anno; senza, il primo del piano")
        parser.add_argument(
            "--frazione",
            choices=[una for una in Frazione.values if una],
            default="",
            help="un trimestre o un semestre, dei soli risultati; senza, l'anno intero",
        )

    def handle(
        self,
        *,
        piani: list[str],
        prospettiva: str | None,
        anno: int | None,
        frazione: str,
        **_opzioni: object,
    ) -> None:
        if frazione and prospettiva is None:
            prospettiva = Prospettiva.CONSUNTIVO
        trovati = Piano.objects.filter(slug__in=piani) if piani else Piano.objects.all()
        mancano = set(piani) - {piano.slug for piano in trovati}
        if mancano:
            raise CommandError(
                _("Non ci sono questi piani: %(slug)s") % {"slug": ", ".join(sorted(mancano))}
            )
        falliti = [
            calcolo
            for piano in trovati
            for una in ([prospettiva] if prospettiva else azioni.prospettive_di(piano))
            if (calcolo := self.calcola(piano, una, anno or piano.anno_inizio, frazione)).stato
            == Calcolo.Stato.FALLITO
        ]
        if falliti:
            raise CommandError("\n".join(f"{c.piano}: {c.errore}" for c in falliti))

    def calcola(self, piano: Piano, prospettiva: str, anno: int, frazione: str) -> Calcolo:
        try:
            calcolo = azioni.avvia_calcolo(
                piano,
                prospettiva=prospettiva,
                anno=anno,
                frazione=frazione,
                da=None,
                in_coda=False,
            )
            azioni.esegui(calcolo.pk)
        except ValidationError as errore:
            raise CommandError(f"{piano}: {' '.join(errore.messages)}") from errore
        calcolo.refresh_from_db()
        self.stdout.write(
            _("%(piano)s, %(calcolo)s: %(stato)s, %(fatti)s indicatori, %(scritti)s punteggi nuovi")
            % {
                "piano": piano,
                "calcolo": calcolo,
                "stato": calcolo.get_stato_display().lower(),
                "fatti": calcolo.fatti,
                "scritti": calcolo.scritti,
            }
        )
        return calcolo
