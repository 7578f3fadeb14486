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
def riprendi_in_attesa() -> int:
    """Send again the runs that wait, or stopped half-way, for more than ten minutes; how many."""
    soglia = timezone.now() - timedelta(minutes=10)
    Calcolo.objects.filter(stato=Calcolo.Stato.IN_CORSO, iniziato_il__lt=soglia).update(
        stato=Calcolo.Stato.IN_ATTESA, iniziato_il=None
    )
    vecchi = Calcolo.objects.filter(stato=Calcolo.Stato.IN_ATTESA, creato_il__lt=soglia)
    for calcolo in vecchi:
        calcola.delay(calcolo.pk)
    return len(vecchi)
