# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a page of the chart says, for the tests that read it."""

from typing import Any


def scritto(risposta: Any) -> str:
    assert risposta.status_code == 200
    return str(risposta.content.decode())


def messaggi(risposta: Any) -> list[str]:
    return [str(messaggio) for messaggio in risposta.context["messages"]]
