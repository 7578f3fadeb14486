# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reminders and digests of today, for an installation without workers: to run once a day."""

from django.core.management.base import BaseCommand
from django.utils.translation import ngettext

from piani import azioni


class Command(BaseCommand):
    help = "Manda i promemoria e i riepiloghi di oggi. Si può ripetere: niente parte due volte."

    def handle(self, **_opzioni: object) -> None:
        persone = sum(bool(azioni.avvisa(persona)) for persona in azioni.persone_da_avvisare())
        self.stdout.write(
            ngettext("Avvisata %(n)s persona.", "Avvisate %(n)s persone.", persone) % {"n": persone}
        )
