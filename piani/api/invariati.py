# SPDX-License-Identifier: AGPL-3.0-or-later
"""Answers that are still good because nobody wrote anything since they were made.

PostgreSQL names in a line which transactions have ended (``pg_current_snapshot``): while the line
is the same, every row is. Each process remembers the ETag of its last answers with the line that
it had before making them; who sends that ETag back is told so without a query on the data.
Whatever is written anywhere, by anybody, makes the answer be made again.
"""

from collections import OrderedDict
from threading import Lock

from django.db import connection
from django.utils import timezone

Chiave = tuple[object, ...]
TENUTE = 1000
"""Answers that a process remembers: about a megabyte."""
_tenute: OrderedDict[Chiave, tuple[str, str]] = OrderedDict()
_serratura = Lock()


def istantanea() -> str:
    """The line of now; "" where there is none, or where what this transaction wrote would not
    show in it.
    """
    if connection.vendor != "postgresql" or connection.in_atomic_block:
        return ""
    with connection.cursor() as cursore:
        cursore.execute("SELECT pg_current_snapshot()::text")
        (riga,) = cursore.fetchone()
    # Who may read what depends on the day too.
    return f"{riga} {timezone.localdate()}"


def etag_ancora_buono(chiave: Chiave, adesso: str) -> str:
    """The ETag of an answer made when the line was this one; "" if it is to be made."""
    with _serratura:
        prima, etag = _tenute.get(chiave, ("", ""))
    return etag if adesso and prima == adesso else ""


def ricorda(chiave: Chiave, prima: str, etag: str) -> None:
    """Remember an answer; ``prima``: the line before its data were read."""
    if not prima:
        return
    with _serratura:
        _tenute[chiave] = (prima, etag)
        _tenute.move_to_end(chiave)
        while len(_tenute) > TENUTE:
            _tenute.popitem(last=False)
