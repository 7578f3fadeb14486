# SPDX-License-Identifier: AGPL-3.0-or-later
"""How often the same place may send a public form."""

import hashlib

from allauth.account.adapter import get_adapter
from django.http import HttpRequest

from piani.conteggi import conta


def oltre_il_limite(richiesta: HttpRequest, cosa: str, quante: int, secondi: int = 3600) -> bool:
    """Count one more sending from the address of the request; whether they are too many within
    the time. The address itself is not kept, and behind a proxy of ours it is the caller's.
    """
    chi = hashlib.sha256(get_adapter().get_client_ip(richiesta).encode()).hexdigest()
    return conta(f"limite:{cosa}:{chi}", secondi) > quante
