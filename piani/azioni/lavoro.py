# SPDX-License-Identifier: AGPL-3.0-or-later
"""Send a job to the workers, once its row is there to be read."""

from celery import Task
from django.db import transaction


def manda(compito: Task, chiave: int | list[int]) -> None:
    """Send on commit. If the broker does not answer it is logged and the row goes on waiting:
    the write stands, and the periodic job sends again what has waited too long.
    """

    def invia() -> None:
        compito.delay(chiave)

    transaction.on_commit(invia, robust=True)
