# SPDX-License-Identifier: AGPL-3.0-or-later
"""How many requests in a minute, said in the headers of every answer (RateLimit, IETF draft)."""

import logging
import time
from typing import Any

from allauth.account.adapter import get_adapter
from django.conf import settings
from redis.exceptions import RedisError
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from piani.conteggi import conta

log = logging.getLogger(__name__)
FINESTRA = 60


class AlMinuto(BaseThrottle):
    """Counts by minute of the clock, one counter for all the processes of the pages."""

    limite = resto = 0

    def allow_request(self, request: Request, view: Any) -> bool:
        conosciuto = request.user.is_authenticated
        self.limite = settings.API_AL_MINUTO if conosciuto else settings.API_ANONIME_AL_MINUTO
        chi = f"u{request.user.pk}" if conosciuto else f"i{indirizzo_di(request._request)}"
        quante = _conta(f"api:{chi}:{int(time.time()) // FINESTRA}")
        self.resto = max(0, self.limite - quante)
        view.limite = self
        return quante <= self.limite

    def wait(self) -> float:
        return float(self.fra)

    @property
    def fra(self) -> int:
        """Seconds to the next minute."""
        return FINESTRA - int(time.time()) % FINESTRA

    def intestazioni(self) -> dict[str, str]:
        return {
            "RateLimit-Limit": str(self.limite),
            "RateLimit-Remaining": str(self.resto),
            "RateLimit-Reset": str(self.fra),
        }


def _conta(chiave: str) -> int:
    """One more; how many they are. A cache that does not answer stops nobody."""
    try:
        return conta(chiave, 2 * FINESTRA)
    except (RedisError, OSError):
        log.warning("limiti dell'API non contati: la cache non risponde")
        return 0


def indirizzo_di(richiesta: Any) -> str:
    """Where a request comes from, believing only our own proxies."""
    return str(get_adapter().get_client_ip(richiesta))


def entro_il_limite(richiesta: Any, cosa: str, quante: int) -> bool:
    """Whether an address asked for a thing no more than so many times in this minute."""
    minuto = int(time.time()) // FINESTRA
    return _conta(f"api:{cosa}:{indirizzo_di(richiesta)}:{minuto}") <= quante
