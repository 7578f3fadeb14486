# SPDX-License-Identifier: AGPL-3.0-or-later
"""Celery doors of the conciliation."""

import logging
from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from conciliazione.models import Seduta, Verbale
from piani.stampa import StampaNonDisponibile

log = logging.getLogger(__name__)
ATTESA = timedelta(minutes=10)
"""After how long a job that was not done is sent again."""


@shared_task
def spedisci_seduta(chiave: int) -> int:
    """Send the convocation of a meeting, or its cancellation, to who has not had it."""
    from conciliazione.comitato import posta

    return posta.spedisci_seduta(Seduta.objects.select_related("edizione__azienda").get(pk=chiave))


@shared_task
def spedisci_verbale(chiave: int) -> int:
    """Tell the members that the minutes were sent."""
    from conciliazione.comitato import posta

    verbali = Verbale.objects.select_related("seduta__edizione__azienda")
    return posta.spedisci_verbale(verbali.get(pk=chiave))


@shared_task
def stampa_verbale(chiave: int) -> None:
    """Draw the PDF of final minutes; one that fails is tried again by the periodic job."""
    from conciliazione.azioni import verbale as azioni

    verbale = Verbale.objects.select_related("seduta__edizione__azienda").get(pk=chiave)
    try:
        azioni.stampa_verbale(verbale)
    except (OSError, StampaNonDisponibile) as errore:
        log.warning("verbale %s non stampato: %s", chiave, errore)


@shared_task
def riprendi_sedute() -> int:
    """Send again what did not leave of the meetings to come and of the minutes of the last two
    days, and the prints that wait; how many.
    """
    adesso = timezone.now()
    sedute = list(
        Seduta.objects.filter(
            stato__in=(Seduta.Stato.CONVOCATA, Seduta.Stato.ANNULLATA),
            convocata_il__lt=adesso - ATTESA,
            quando__gt=adesso,
        ).values_list("pk", flat=True)
    )
    inviati = list(
        Verbale.objects.filter(inviato_il__range=(adesso - timedelta(days=2), adesso - ATTESA))
        .exclude(stato=Verbale.Stato.BOZZA)
        .values_list("pk", flat=True)
    )
    da_stampare = list(
        Verbale.objects.filter(
            stato=Verbale.Stato.VALIDATO, file="", validato_il__lt=adesso - ATTESA
        ).values_list("pk", flat=True)
    )
    for compito, chiavi in (
        (spedisci_seduta, sedute),
        (spedisci_verbale, inviati),
        (stampa_verbale, da_stampare),
    ):
        for chiave in chiavi:
            compito.delay(chiave)
    return len(sedute) + len(inviati) + len(da_stampare)
