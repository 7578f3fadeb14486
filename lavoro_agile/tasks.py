# SPDX-License-Identifier: AGPL-3.0-or-later
"""Celery doors of the lavoro agile."""

from celery import shared_task


@shared_task
def cancella_scaduti() -> int:
    """Every night: delete and make anonymous what is past its day; how many rows."""
    from lavoro_agile.azioni import conservazione

    return conservazione.cancella_scaduti()
