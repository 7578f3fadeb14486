# SPDX-License-Identifier: AGPL-3.0-or-later
"""The operations of the API asked as their description says, for the tests that ask them all."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from django.test import Client
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as come
from schemathesis.config import SchemathesisConfig
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance

from config.wsgi import application
from piani import battito
from piani.models import Azienda
from tests.frontiere import dell_api

FILE = Path(__file__).resolve().parents[2] / "docs" / "api" / "openapi.json"
DESCRIZIONE = json.loads(FILE.read_text())
OPERAZIONI = [
    (metodo, percorso) for percorso, metodi in DESCRIZIONE["paths"].items() for metodo in metodi
]
RIFIUTI = [400, 401, 403, 404, 405, 406, 409, 412, 415, 422, 428, 429]
"""What may be answered to who does not keep to the description; If-Match comes before the body."""
CONFIGURA = SchemathesisConfig.from_dict(
    {"checks": {"negative_data_rejection": {"expected-statuses": RIFIUTI}}}
)
ESCLUSI = [
    # The actions refuse for reasons that no schema says (a state, a period): 422 is their answer.
    positive_data_acceptance,
]


TRATTI = range(8)
"""The operations are asked some at a time, so that more processes may share them."""


QUANTE = 25
"""How many requests of each operation."""
QUANTE_INTESTAZIONI = 5
"""The same where only headers vary: any text, read by the same code for all the operations."""


def chiedi_tutte(
    modo: GenerationMode,
    tratto: int,
    azienda: Azienda,
    client: Client,
    subtests: Any,
) -> None:
    """Every operation of a stretch as many times, each answer validated; nothing stays written."""
    battito.segna_battito()
    schema: Any = schemathesis.openapi.from_dict(DESCRIZIONE, config=CONFIGURA)
    schema.app = application
    chiavi = {p: k for parte in dell_api() for p, k in parte.chiavi(azienda).items()}
    intestazioni = {"Authorization": client.defaults["HTTP_AUTHORIZATION"]}
    for metodo, percorso in OPERAZIONI[tratto :: len(TRATTI)]:
        sue = chiavi.get(percorso)
        if modo == GenerationMode.NEGATIVE and not _si_puo_sbagliare(metodo, percorso, sue):
            continue
        with (
            subtests.test(metodo=metodo, percorso=percorso),
            _una_connessione(),
            transaction.atomic(),
        ):
            quante = QUANTE if _varia(metodo, percorso, sue) else QUANTE_INTESTAZIONI
            _prova(schema[percorso][metodo.upper()], modo, sue, intestazioni, quante)
            transaction.set_rollback(True)


def _si_puo_sbagliare(metodo: str, percorso: str, chiavi: dict[str, Any] | None) -> bool:
    """Whether there is anything to get wrong: a key that is given is right, a part of the address
    is always there, and what takes any text is always right. To find it out by drawing takes
    hundreds of attempts.
    """
    descritta = DESCRIZIONE["paths"][percorso][metodo]
    return "requestBody" in descritta or any(
        (parametro.get("required") and parametro["in"] != "path")
        or parametro["schema"] != {"type": "string"}
        for parametro in descritta.get("parameters", [])
        if not (parametro["in"] == "path" and chiavi)
    )


def _varia(metodo: str, percorso: str, chiavi: dict[str, Any] | None) -> bool:
    """Whether a request may differ from another by more than its headers."""
    descritta = DESCRIZIONE["paths"][percorso][metodo]
    return "requestBody" in descritta or any(
        parametro["in"] == "query" or (parametro["in"] == "path" and not chiavi)
        for parametro in descritta.get("parameters", [])
    )


@contextmanager
def _una_connessione() -> Iterator[None]:
    """The requests stay in the transaction of the test, as with Django's own client."""
    for segnale in (request_started, request_finished):
        segnale.disconnect(close_old_connections)
    try:
        yield
    finally:
        for segnale in (request_started, request_finished):
            segnale.connect(close_old_connections)


def _prova(
    operazione: Any,
    modo: GenerationMode,
    chiavi: dict[str, Any] | None,
    intestazioni: dict[str, str],
    quante: int,
) -> None:
    """A handful of requests of one kind, each validated against the description."""

    @come(
        max_examples=quante,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(caso=operazione.as_strategy(generation_mode=modo, path_parameters=chiavi))
    def chiedi(caso: Any) -> None:
        caso.call_and_validate(headers=intestazioni, excluded_checks=ESCLUSI)

    chiedi()
