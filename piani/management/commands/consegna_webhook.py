# SPDX-License-Identifier: AGPL-3.0-or-later
"""Tells and delivers what is due: for who has no beat that does it."""

from typing import Any

from django.core.management.base import BaseCommand

from piani.webhook import tasks


class Command(BaseCommand):
    help = "Annuncia le finestre in apertura e consegna ai webhook ciò che aspetta."

    def handle(self, *args: Any, **options: Any) -> None:
        annunci = tasks.annuncia()
        quanti = tasks.riprendi()
        tasks.dimentica()
        self.stdout.write(f"{annunci} annunci nuovi; webhook con consegne in attesa: {quanti}")
