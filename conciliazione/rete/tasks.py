# SPDX-License-Identifier: AGPL-3.0-or-later
"""Celery doors of the network."""

from datetime import timedelta
from typing import Any

from celery import shared_task
from django.utils import timezone

from conciliazione.models import Adesione

# A server that does not answer is tried again, later and later, for about an hour.
CON_PAZIENZA: dict[str, Any] = {
    "autoretry_for": (OSError,),
    "retry_backoff": 60,
    "retry_backoff_max": 1800,
    "max_retries": 6,
}


@shared_task
def spedisci_conferma(chiave: int) -> None:
    """Send the link that confirms a request to join the network, if it still has to leave."""
    from conciliazione.azioni import adesione as azioni

    azioni.spedisci_conferma(Adesione.objects.select_related("azienda").get(pk=chiave))


@shared_task
def rispedisci_conferme() -> int:
    """Try again the links that did not leave within five minutes; how many."""
    ferme = Adesione.objects.filter(
        stato=Adesione.Stato.RICHIESTA,
        impronta="",
        chiesta_il__lt=timezone.now() - timedelta(minutes=5),
        scade_il__gt=timezone.now(),
    )
    for adesione in ferme:
        spedisci_conferma.delay(adesione.pk)
    return len(ferme)


@shared_task(**CON_PAZIENZA)
def spedisci_esito_adesione(chiave: int) -> None:
    """Tell a body whether its request was accepted."""
    from conciliazione.azioni import valutazione_adesione as azioni

    azioni.spedisci_esito(Adesione.objects.select_related("azienda", "ente").get(pk=chiave))


@shared_task(**CON_PAZIENZA)
def spedisci_presa_d_atto(chiave: int) -> None:
    """Tell a body that its renunciation was taken note of."""
    from conciliazione.azioni import rinuncia as azioni
    from conciliazione.models import Rinuncia

    azioni.spedisci_presa_d_atto(
        Rinuncia.objects.select_related("adesione__azienda", "adesione__ente").get(pk=chiave)
    )


@shared_task
def fa_scadere_adesioni() -> int:
    """Close the requests that nobody confirmed in time; how many."""
    from conciliazione.azioni import adesione as azioni

    return azioni.fa_scadere()
