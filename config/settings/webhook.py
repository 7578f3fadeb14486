# SPDX-License-Identifier: AGPL-3.0-or-later
"""Webhooks: who may be called, for how long one tries, how long the log is kept."""

from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from config.settings.ambiente import env


def proxy_letto(url: str) -> str:
    """The address of the proxy, or a sentence that says what is wrong with it."""
    try:
        parti = urlsplit(url)
        buono = parti.scheme == "http" and parti.hostname and parti.path in ("", "/")
        buono = buono and (parti.port is None or parti.port > 0)
    except ValueError:
        buono = False
    if url and not buono:
        raise ImproperlyConfigured(
            "WEBHOOK_PROXY non è un indirizzo come http://proxy.ente.it:3128 "
            "(oppure http://nome:parola@proxy.ente.it:3128)."
        )
    return url


# Hosts of one's own network that may be called, by name or number; also without https.
WEBHOOK_HOST_INTERNI = env.list("WEBHOOK_HOST_INTERNI", default=[])
# A PEM file of authorities believed beside those of the system: one's own servers' certificates.
WEBHOOK_AUTORITA = env.str("WEBHOOK_AUTORITA", default="")
# The proxy through which one goes out, and whether it alone knows the names of the outside.
WEBHOOK_PROXY = proxy_letto(env.str("WEBHOOK_PROXY", default=""))
WEBHOOK_PROXY_NOMI = env.str("WEBHOOK_PROXY_NOMI", default="") == "si"
WEBHOOK_SECONDI = env.int("WEBHOOK_SECONDI", default=10)
WEBHOOK_TENTATIVI = env.int("WEBHOOK_TENTATIVI", default=8)
WEBHOOK_GIORNI = env.int("WEBHOOK_GIORNI", default=30)
# How many days before it opens a window is told.
WEBHOOK_PREAVVISO_GIORNI = env.int("WEBHOOK_PREAVVISO_GIORNI", default=1)
