# SPDX-License-Identifier: AGPL-3.0-or-later
"""Requests to the API, for the tests that write much."""

import json
from typing import Any

from django.test import Client

from piani.models import Utente

RADICE = "/api/v1"


def entrato(utente: Utente) -> Client:
    """Who came in from the pages."""
    client = Client()
    client.force_login(utente)
    return client


def manda(client: Client, dove: str, corpo: Any = None, metodo: str = "post", **come: Any) -> Any:
    chiesto = getattr(client, metodo)
    testo = json.dumps(corpo if corpo is not None else {}, default=str)
    return chiesto(f"{RADICE}/{dove}", testo, content_type="application/json", **come)


def cambia(client: Client, dove: str, corpo: Any = None, metodo: str = "patch") -> Any:
    """Change what was just read."""
    etag = client.get(f"{RADICE}/{dove}")["ETag"]
    return manda(client, dove, corpo, metodo, headers={"If-Match": etag})


def leggi(client: Client, dove: str) -> Any:
    risposta = client.get(f"{RADICE}/{dove}")
    assert risposta.status_code == 200, risposta.content
    return risposta.json()


def detto(risposta: Any, stato: int) -> str:
    """The sentences of a refusal."""
    assert risposta.status_code == stato, risposta.content
    problema = risposta.json()
    errori = [uno["messaggio"] for uno in problema.get("errori", [])]
    return " ".join([problema["detail"], *errori])


def fatta(risposta: Any, stato: int = 201) -> Any:
    """What was answered to who could."""
    assert risposta.status_code == stato, risposta.content
    return risposta.json()


def campi(risposta: Any, stato: int = 422) -> dict[str, str]:
    """The sentences of a refusal, by field."""
    assert risposta.status_code == stato, risposta.content
    return {uno["campo"]: uno["messaggio"] for uno in risposta.json()["errori"]}
