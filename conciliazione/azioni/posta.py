# SPDX-License-Identifier: AGPL-3.0-or-later
"""The messages of the conciliation: plain text, from a template."""

from typing import Any

from django.core.mail import EmailMessage
from django.template.loader import render_to_string


def spedisci(oggetto: str, modello: str, contesto: dict[str, Any], *a: str) -> None:
    """Send one message.

    :raises OSError: the server refused it; what smtplib raises is an OSError too.
    """
    corpo = render_to_string(f"conciliazione/{modello}", contesto)
    EmailMessage(subject=oggetto, body=corpo, to=list(a)).send()
