# SPDX-License-Identifier: AGPL-3.0-or-later
"""One POST, and nothing more: to the address that was judged, within a time, with no redirect.

The standard library's client, told to which number to connect: the name stays for the certificate.
Of the answer only the status is read, and after how long to come back.
"""

import http.client
import io
import re
import socket
import ssl
from dataclasses import dataclass
from datetime import UTC, timedelta
from email.utils import parsedate_to_datetime
from functools import cache
from time import monotonic
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from piani.webhook.indirizzi import Meta, Vietato, leggi, risolvi
from piani.webhook.proxy import ProxyRifiuta, proxy_scelto

BUONE = range(200, 300)
RINVII = range(300, 400)
NON_VUOLE_PIU = 410
TORNA_DOPO = (429, 503)
"""Whose Retry-After is listened to."""
SECONDI = re.compile(r"[0-9]{1,9}", re.ASCII)


@dataclass(frozen=True)
class Esito:
    """What came of a request: a status, or why there is none."""

    durata_ms: int
    risposta: int | None = None
    errore: str = ""
    fra: timedelta | None = None
    """After how long the other side asks to come back, if it does."""

    @property
    def riuscito(self) -> bool:
        return not self.errore


class _ConScadenza:
    """A socket that answers by a moment, however slowly the other side writes."""

    def __init__(self, presa: socket.socket, fine: float) -> None:
        self.presa, self.fine = presa, fine

    def resta(self) -> socket.socket:
        """The socket, with the time that is left.

        :raises TimeoutError: there is none.
        """
        resta = self.fine - monotonic()
        if resta <= 0:
            raise TimeoutError
        self.presa.settimeout(resta)
        return self.presa

    def sendall(self, dati: bytes) -> None:
        self.resta().sendall(dati)

    def makefile(self, modo: str) -> io.BufferedReader:
        return io.BufferedReader(_Lettore(self))

    def close(self) -> None:
        self.presa.close()


class _Lettore(io.RawIOBase):
    """What comes from such a socket, as a file."""

    def __init__(self, presa: _ConScadenza) -> None:
        self.presa = presa

    def readable(self) -> bool:
        return True

    def readinto(self, dove: Any) -> int:
        return self.presa.resta().recv_into(dove)


class _Connessione(http.client.HTTPConnection):
    """To the number that was judged, by itself or through the proxy; with https, proved by the
    certificate of the name.
    """

    def __init__(self, meta: Meta, numero: str, fine: float) -> None:
        super().__init__(meta.host, meta.porta)
        self.meta, self.numero, self.fine = meta, numero, fine

    def connect(self) -> None:
        # The hosts of one's own network are not behind the proxy.
        proxy = None if self.meta.interno else proxy_scelto()
        dove = (proxy.host, proxy.porta) if proxy else (self.numero, self.meta.porta)
        resta = max(self.fine - monotonic(), 0.001)
        presa = socket.create_connection(dove, timeout=resta)
        self.sock = _ConScadenza(presa, self.fine)  # type: ignore[assignment]
        if proxy:
            proxy.apri(self.sock, self.numero, self.meta.porta)
        if self.meta.sicura:
            presa.settimeout(max(self.fine - monotonic(), 0.001))
            fiducia = _fiducia(settings.WEBHOOK_AUTORITA)
            presa = fiducia.wrap_socket(presa, server_hostname=self.meta.host)
        self.sock = _ConScadenza(presa, self.fine)  # type: ignore[assignment]


@cache
def _fiducia(autorita: str) -> ssl.SSLContext:
    """The authorities that are believed: the system's, and those of a file."""
    contesto = ssl.create_default_context()
    if autorita:
        contesto.load_verify_locations(autorita)
    return contesto


def manda(url: str, intestazioni: dict[str, str], corpo: bytes) -> Esito:
    """Send, and tell how it went; it never raises for what the other side does."""
    inizio = monotonic()
    risposta: int | None = None
    fra: timedelta | None = None
    try:
        meta = leggi(url)
        numero = risolvi(meta)
        fine = inizio + settings.WEBHOOK_SECONDI
        risposta, dopo = _chiedi(meta, numero, fine, intestazioni, corpo)
        errore = _non_va(risposta)
        fra = attesa_chiesta(dopo) if risposta in TORNA_DOPO else None
    except Vietato as vietato:
        errore = str(vietato)
    except TimeoutError:
        errore = _("Nessuna risposta entro %(n)s secondi.") % {"n": settings.WEBHOOK_SECONDI}
    except ssl.SSLError as rifiuto:
        errore = _("Il certificato o la connessione sicura non vanno: %(perche)s") % {
            "perche": getattr(rifiuto, "verify_message", "") or rifiuto.reason
        }
    except ProxyRifiuta as rifiutato:
        errore = str(rifiutato)
    except (OSError, http.client.HTTPException) as rotto:
        errore = _("Non si riesce a consegnare: %(perche)s") % {
            "perche": getattr(rotto, "strerror", None) or type(rotto).__name__
        }
    return Esito(int((monotonic() - inizio) * 1000), risposta, errore[:300], fra)


def _chiedi(
    meta: Meta, numero: str, fine: float, intestazioni: dict[str, str], corpo: bytes
) -> tuple[int, str]:
    """The status, and what it says in Retry-After."""
    connessione = _Connessione(meta, numero, fine)
    try:
        connessione.request(
            "POST",
            meta.percorso,
            corpo,
            {
                "Host": meta.nome,
                "Content-Type": "application/json",
                "User-Agent": f"Albero/{settings.ALBERO_VERSIONE}",
                "Connection": "close",
                **intestazioni,
            },
        )
        risposta = connessione.getresponse()
        return risposta.status, risposta.getheader("Retry-After", "")
    finally:
        connessione.close()


def attesa_chiesta(testo: str) -> timedelta | None:
    """A Retry-After (RFC 9110): seconds, or the moment when to come back; None if it is neither,
    or is past.
    """
    testo = testo.strip()
    if SECONDI.fullmatch(testo):
        return timedelta(seconds=int(testo))
    try:
        quando = parsedate_to_datetime(testo)
    except (ValueError, OverflowError):
        return None
    if quando.tzinfo is None:  # an asctime date, which is in UTC
        quando = quando.replace(tzinfo=UTC)
    resta = quando - timezone.now()
    return resta if resta > timedelta(0) else None


def _non_va(stato: int) -> str:
    """Why an answer is not a good one; empty if it is."""
    if stato in BUONE:
        return ""
    if stato in RINVII:
        return _("Ha risposto con un rinvio (%(n)s), che non si segue.") % {"n": stato}
    return _("Ha risposto %(n)s.") % {"n": stato}
