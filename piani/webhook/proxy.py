# SPDX-License-Identifier: AGPL-3.0-or-later
"""The way out through the proxy of one's own network (WEBHOOK_PROXY), where nobody goes out alone.

The proxy is asked for a tunnel (CONNECT) to the number that was judged here, so that it cannot be
led elsewhere by what the name says a moment later; the certificate is still that of the name.
Where only the proxy knows the names of the outside (WEBHOOK_PROXY_NOMI) it is asked for the name:
what this network knows, and is its own, is refused all the same.
"""

import base64
import http.client
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    import socket

PORTA = 3128


class ProxyRifiuta(OSError):
    """The proxy does not open the way; its text says what it answered."""


@dataclass(frozen=True)
class Proxy:
    """Where it is, and how one says who one is (empty if it does not ask)."""

    host: str
    porta: int
    credenziali: str

    def apri(self, presa: "socket.socket", verso: str, porta: int) -> None:
        """Make of a connection to the proxy one to the other side.

        :raises ProxyRifiuta: it answers something else than yes.
        """
        dove = f"[{verso}]:{porta}" if ":" in verso else f"{verso}:{porta}"
        righe = [f"CONNECT {dove} HTTP/1.1", f"Host: {dove}"]
        if self.credenziali:
            righe.append(f"Proxy-Authorization: Basic {self.credenziali}")
        presa.sendall(("\r\n".join(righe) + "\r\n\r\n").encode("ascii"))
        risposta = http.client.HTTPResponse(presa, method="CONNECT")
        risposta.begin()
        if risposta.status != http.client.OK:
            raise ProxyRifiuta(_("Il proxy ha risposto %(n)s.") % {"n": risposta.status})


def proxy_scelto() -> Proxy | None:
    """That of the settings, if there is one."""
    if not settings.WEBHOOK_PROXY:
        return None
    parti = urlsplit(settings.WEBHOOK_PROXY)
    chi = f"{unquote(parti.username or '')}:{unquote(parti.password or '')}"
    credenziali = base64.b64encode(chi.encode()).decode() if parti.username else ""
    return Proxy(parti.hostname or "", parti.port or PORTA, credenziali)
