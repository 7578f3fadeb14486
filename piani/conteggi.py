# SPDX-License-Identifier: AGPL-3.0-or-later
"""How many times, within a time: one counter for all the processes of the pages."""

from django.core.cache import cache
from django.core.cache.backends.redis import RedisCache, RedisCacheClient


class _Cliente(RedisCacheClient):
    def conta(self, chiave: str, secondi: int) -> int:
        cliente = self.get_client(chiave, write=True)
        with cliente.pipeline(transaction=False) as insieme:
            insieme.set(chiave, 0, ex=secondi, nx=True)
            insieme.incr(chiave)
            return int(insieme.execute()[-1])


class CacheRedis(RedisCache):
    """The cache in Redis; to count costs one journey there and back."""

    def __init__(self, server: str, params: dict[str, object]) -> None:
        super().__init__(server, params)
        self._class = _Cliente

    def conta(self, chiave: str, secondi: int) -> int:
        return int(self._cache.conta(self.make_and_validate_key(chiave), secondi))


def conta(chiave: str, secondi: int) -> int:
    """Count one more; how many they are since the first, ``secondi`` ago at most."""
    if hasattr(cache, "conta"):
        return int(cache.conta(chiave, secondi))
    cache.add(chiave, 0, secondi)
    try:
        return cache.incr(chiave)
    except ValueError:  # it expired between the two: the count begins again
        cache.set(chiave, 1, secondi)
        return 1
