# SPDX-License-Identifier: AGPL-3.0-or-later
from argparse import ArgumentParser
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from obiettivi import azioni
from obiettivi.azioni.massivo import motivi_di, schede_da_rifare
from obiettivi.calcolo.edizione import EdizioneNonValida
from obiettivi.models import Calcolo, Frazione, GiroDiCalcolo, Prospettiva
from piani.models import Piano

SENZA_OBIETTIVI = (Piano.Tipo.CONCILIAZIONE, Piano.Tipo.AZIONI_POSITIVE)
"""They have actions and no objectives: there is nothing to score. Some POLA have none either."""


class Command(BaseCommand):
    """Here, in blocks of plans; one that fails is told at the end, and the others are done."""

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
        trovati = Piano.objects.select_related("azienda").order_by("pk")
        trovati = (
            trovati.filter(slug__in=piani)
            if piani
            else trovati.exclude(tipo__in=SENZA_OBIETTIVI).exclude(
                tipo=Piano.Tipo.POLA, aree__isnull=True
            )
        )
        mancano = set(piani) - {piano.slug for piano in trovati}
        if mancano:
            raise CommandError(
                _("Non ci sono questi piani: %(slug)s") % {"slug": ", ".join(sorted(mancano))}
            )
        insieme: dict[tuple[str, int], list[Piano]] = {}
        for piano in trovati:
            for una in [prospettiva] if prospettiva else azioni.prospettive_di(piano):
                insieme.setdefault((una, anno or piano.anno_inizio), []).append(piano)
        guasti = [
            guasto
            for (una, quando), suoi in insieme.items()
            for guasto in self.giro(suoi, una, quando, frazione)
        ]
        if guasti:
            raise CommandError("\n".join(guasti))

    def giro(self, piani: Iterable[Piano], prospettiva: str, anno: int, frazione: str) -> list[str]:
        """Do the runs of some plans; what went wrong."""
        svolto = azioni.Svolgimento(
            [piano.pk for piano in piani], prospettiva=prospettiva, anno=anno, frazioni=[frazione]
        )
        falliti = []
        try:
            for chiavi, _resoconto in svolto:
                falliti += self.racconta(svolto.giro, chiavi)
        except ValidationError as errore:
            return errore.messages
        return motivi_di(svolto.giro.scartati) + falliti + self.schede(svolto.giro, piani)

    def schede(self, giro: GiroDiCalcolo, piani: Iterable[Piano]) -> list[str]:
        """Bring the schede of the same aziende and year up to date; what went wrong."""
        falliti = []
        for edizione in schede_da_rifare(giro, piani):
            quali = _("Schede budget di %(azienda)s, %(anno)s") % {
                "azienda": edizione.azienda,
                "anno": edizione.anno,
            }
            try:
                cambiati = azioni.ricalcola_schede(edizione.azienda, edizione.anno)
            except EdizioneNonValida as errore:
                falliti.append(f"{quali}: {errore}")
            else:
                self.stdout.write(
                    _("%(schede)s: %(n)s punteggi nuovi") % {"schede": quali, "n": cambiati}
                )
        return falliti

    def racconta(self, giro: GiroDiCalcolo, blocco: list[int]) -> list[str]:
        """Say how each run of a block ended; those that failed."""
        falliti = []
        for calcolo in giro.calcoli.filter(pk__in=blocco).select_related("piano").order_by("pk"):
            self.stdout.write(
                _(
                    "%(piano)s, %(calcolo)s: %(stato)s, %(fatti)s indicatori, "
                    "%(scritti)s punteggi nuovi"
                )
                % {
                    "piano": calcolo.piano,
                    "calcolo": calcolo,
                    "stato": calcolo.get_stato_display().lower(),
                    "fatti": calcolo.fatti,
                    "scritti": calcolo.scritti,
                }
            )
            if calcolo.stato == Calcolo.Stato.FALLITO:
                falliti.append(f"{calcolo.piano}: {calcolo.errore}")
        return falliti
