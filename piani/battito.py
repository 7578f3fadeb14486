# SPDX-License-Identifier: AGPL-3.0-or-later
"""When the periodic jobs were last seen at work."""

from datetime import datetime

from django.core.cache import cache
from django.utils import timezone
from redis.exceptions import RedisError

CHIAVE = "albero:battito"


def segna_battito() -> None:
    """Told each minute by a worker, because the clock of the periodic jobs sent it."""
    cache.set(CHIAVE, timezone.now(), None)


def ultimo_battito() -> datetime | None:
    """None if never, or who would know does not answer."""
    try:
        return cache.get(CHIAVE)
    except (RedisError, OSError):
        return None
