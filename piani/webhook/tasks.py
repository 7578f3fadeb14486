# SPDX-License-Identifier: AGPL-3.0-or-later
"""Celery doors of the webhooks."""

from typing import Any

from celery import shared_task
from django.conf import settings
from django.utils.module_loading import import_string

from piani.models import Webhook


@shared_task
def smista() -> None:
    """Share out what happened among who wants to know."""
    from piani.webhook import consegne

    consegne.smista()


@shared_task
def consegna(chiave: int) -> None:
    """Deliver to a webhook what is due."""
    from piani.webhook import consegne

    consegne.consegna_a(chiave)


@shared_task
def riprendi() -> int:
    """Share out and deliver what is due and nobody is delivering; to how many webhooks."""
    from piani.webhook import consegne

    consegne.smista()
    arretrati = consegne.in_arretrato()
    for chiave in sorted(arretrati):
        consegna.delay(chiave)
    return len(arretrati)


@shared_task
def annuncia() -> int:
    """Tell what is about to happen by itself, such as a window that opens; how many things."""
    return sum(import_string(percorso)() for percorso in settings.ALBERO_ANNUNCI)


@shared_task(bind=True, max_retries=5, default_retry_delay=300, ignore_result=True)
def avvisa_sospensione(self: Any, chiave: int) -> None:
    """Tell by post that a webhook is suspended; a refused message is tried again."""
    from piani.webhook.sospensione import avvisa

    try:
        avvisa(Webhook.objects.select_related("cliente", "azienda").get(pk=chiave))
    except OSError as errore:
        raise self.retry(exc=errore) from None


@shared_task
def dimentica() -> int:
    """Throw away what was told long enough ago, with its log; how many announcements."""
    from piani.webhook import azioni

    return azioni.dimentica()
