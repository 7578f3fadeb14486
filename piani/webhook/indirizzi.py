# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which addresses may be called: https, public, not the network where this program lives.

Who registers a webhook makes this server open a connection: without these limits it could be made
to speak to what only it reaches. The name is looked up once, each address it gives is judged, and
the connection goes to the one that was judged, not to what the name says a moment later.
"""

import ipaddress
import re
import socket
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from piani.models.webhook import URL_MASSIMA

Indirizzo = ipaddress.IPv4Address | ipaddress.IPv6Address
PORTE_BASSE = 1024
VISIBILI = re.compile(r"[!-~]+")
ZONE_DI_CASA = {"local", "localhost", "internal", "intranet", "lan", "home", "corp", "arpa"}
NAT64 = ipaddress.ip_network("64:ff9b::/96")


class Vietato(Exception):
    """An address that is not called; its text says why."""


@dataclass(frozen=True)
class Meta:
    """Where to connect, read from an address. ``interno``: a host that the settings allow."""

    sicura: bool
    host: str
    porta: int
    percorso: str
    interno: bool

    @property
    def nome(self) -> str:
        """The host as the request names it."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.porta == (443 if self.sicura else 80) else f"{host}:{self.porta}"


def leggi(url: str) -> Meta:
    """Read an address, without looking for its host.

    :raises Vietato: it is not written well, or is not https, or carries what it must not.
    """
    if len(url) > URL_MASSIMA or not VISIBILI.fullmatch(url):
        raise Vietato(_("Scrivi un indirizzo senza spazi né lettere accentate, al più di %(n)s "
                        "caratteri.") % {"n": URL_MASSIMA})  # fmt: skip
    try:
        parti = urlsplit(url)
        host, porta = parti.hostname or "", parti.port
    except ValueError as errore:
        raise Vietato(_("L'indirizzo non è scritto bene.")) from errore
    interno = host in settings.WEBHOOK_HOST_INTERNI
    if parti.scheme != "https" and not (interno and parti.scheme == "http"):
        raise Vietato(_("L'indirizzo comincia con https://."))
    if not host or "\\" in url:
        raise Vietato(_("Manca il nome del server."))
    if parti.username is not None or parti.password is not None or parti.fragment:
        raise Vietato(_("L'indirizzo non contiene nomi, password né «#»."))
    sicura = parti.scheme == "https"
    if porta is None:
        porta = 443 if sicura else 80
    if not interno and porta != 443 and porta < PORTE_BASSE:
        raise Vietato(_("La porta è la 443, o una dalla 1024 in su."))
    percorso = parti.path or "/"
    return Meta(sicura, host, porta, f"{percorso}?{parti.query}" if parti.query else percorso,
                interno)  # fmt: skip


def risolvi(meta: Meta) -> str:
    """The numeric address to connect to; the name, where the proxy looks for the names and here
    nobody knows this one.

    :raises Vietato: the name is of nobody, or leads into a network that is not public.
    """
    try:
        trovati = socket.getaddrinfo(meta.host, meta.porta, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as errore:
        if settings.WEBHOOK_PROXY and settings.WEBHOOK_PROXY_NOMI and _di_fuori(meta):
            return meta.host
        raise Vietato(_("Nessun server ha il nome «%(host)s».") % {"host": meta.host}) from errore
    numeri = [str(uno[4][0]) for uno in trovati]
    if not meta.interno and not all(pubblico(numero) for numero in numeri):
        raise Vietato(_("«%(host)s» non è un server pubblico.") % {"host": meta.host})
    return numeri[0]


def _di_fuori(meta: Meta) -> bool:
    """Whether a name unknown here may be of the outside: neither a short one, nor a number in
    disguise, nor of a zone that never leaves a network.
    """
    parti = meta.host.rstrip(".").split(".")
    zona = parti[-1]
    return not meta.interno and len(parti) > 1 and zona.isalpha() and zona not in ZONE_DI_CASA


def pubblico(numero: str) -> bool:
    """Whether a numeric address is of the public network, and so is what it may carry inside."""
    try:
        indirizzo = ipaddress.ip_address(numero.partition("%")[0])
    except ValueError:
        return False
    return all(_globale(uno) for uno in (indirizzo, *_dentro(indirizzo)))


def _globale(uno: Indirizzo) -> bool:
    return uno.is_global and not (uno.is_multicast or uno.is_reserved or uno.is_unspecified)


def _dentro(uno: Indirizzo) -> list[Indirizzo]:
    """The IPv4 addresses that an IPv6 one leads to."""
    if isinstance(uno, ipaddress.IPv4Address):
        return []
    portati = [uno.ipv4_mapped, uno.sixtofour, *(uno.teredo or ())]
    if uno in NAT64:
        portati.append(ipaddress.IPv4Address(int(uno) & 0xFFFFFFFF))
    return [portato for portato in portati if portato is not None]


def controlla(url: str) -> str:
    """The address of a webhook, if it may be called today.

    :raises ValidationError: on ``indirizzo``, with what is wrong.
    """
    try:
        risolvi(leggi(url.strip()))
    except Vietato as errore:
        raise ValidationError({"indirizzo": str(errore)}) from errore
    return url.strip()
