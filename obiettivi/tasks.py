# SPDX-License-Identifier: AGPL-3.0-or-later
"""Celery doors of the objectives' floor."""

from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from obiettivi.models import Calcolo


@shared_task
def calcola(chiave: int) -> None:
    """Run a waiting computation; its row is the status that people see."""
    from obiettivi import azioni

    azioni.esegui(chiave)


@shared_task
def riprendi_in_attesa(minuti: int = 10) -> int:
    """Send again the runs that wait, or stopped half-way, for that long; how many."""
    soglia = timezone.now() - timedelta(minutes=minuti)
    Calcolo.objects.filter(stato=Calcolo.Stato.IN_CORSO, iniziato_il__lt=soglia).update(
        stato=Calcolo.Stato.IN_ATTESA, iniziato_il=None
    )
    vecchi = Calcolo.objects.filter(stato=Calcolo.Stato.IN_ATTESA, creato_il__lt=soglia)
    chiavi = list(vecchi.values_list("pk", flat=True))
    for chiave in chiavi:
        calcola.delay(chiave)
    return len(chiavi)
