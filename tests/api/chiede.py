# SPDX-License-Identifier: AGPL-3.0-or-later
"""A program, or a person in their session, that asks the API of the conciliation."""

import json
from typing import Any

from django.test import Client

from piani.models import Utente

RADICE = "/api/v1/conciliazione"


def in_sessione(utente: Utente) -> Client:
    client = Client()
    client.force_login(utente)
    return client


def letto(client: Client, dove: str) -> Any:
    risposta = client.get(f"{RADICE}/{dove}")
    assert risposta.status_code == 200, risposta.content
    return risposta.json()


def manda(client: Client, dove: str, corpo: Any = None, metodo: str = "post", **come: Any) -> Any:
    testo = corpo if isinstance(corpo, str) else json.dumps(corpo or {}, default=str)
    return getattr(client, metodo)(
        f"{RADICE}/{dove}", testo, content_type="application/json", **come
    )


def visto(client: Client, dove: str) -> dict[str, Any]:
    """What says on which row it was decided."""
    return {"headers": {"If-Match": client.get(f"{RADICE}/{dove}")["ETag"]}}


def cambia(client: Client, dove: str, corpo: Any = None, metodo: str = "patch") -> Any:
    """Read a row, and write it at once; of a sheet inside it (``sedute/1/presenze``), the row."""
    riga = "/".join(dove.split("/")[:2])
    return manda(client, dove, corpo, metodo, **visto(client, riga))


def errori(risposta: Any, stato: int = 422) -> dict[str, str]:
    """What was refused, by field."""
    assert risposta.status_code == stato, risposta.content
    return {uno["campo"]: uno["messaggio"] for uno in risposta.json()["errori"]}
