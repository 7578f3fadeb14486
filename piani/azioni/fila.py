# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who writes the same rows waits in a queue."""

from collections.abc import Iterable

from django.db import connection
from django.db.models import Model


def blocca(modello: type[Model], chiavi: Iterable[int], *, chiave: bool = True) -> None:
    """Nobody else writes these rows until the end of the transaction; always in the same order.

    Not ``chiave``: who writes rows that point to them does not wait. It is plain SQL because every
    new result asks it. On SQLite whoever writes is alone already.
    """
    quali = ", ".join(str(int(una)) for una in chiavi)
    if not quali or not connection.features.has_select_for_update:
        return
    come = "UPDATE" if chiave else "NO KEY UPDATE"
    with connection.cursor() as cursore:
        cursore.execute(
            f"SELECT id FROM {modello._meta.db_table} "  # noqa: S608 -- name of a table and whole numbers
            f"WHERE id IN ({quali}) ORDER BY id FOR {come}"
        )
