# SPDX-License-Identifier: AGPL-3.0-or-later
"""Every operation asked with what its description allows, and with what it does not: never a 500,
never an answer that the description does not say.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from django.test import Client
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as come
from hypothesis.errors import Unsatisfiable
from schemathesis.config import SchemathesisConfig
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance

from config.wsgi import application
from piani import battito
from piani.models import Azienda
from tests.frontiere import api as parte

pytestmark = pytest.mark.django_db
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


@pytest.fixture(scope="module")
def schema() -> Any:
    letto = schemathesis.openapi.from_dict(DESCRIZIONE, config=CONFIGURA)
    letto.app = application
    return letto


@pytest.fixture(autouse=True)
def _connessione_della_prova() -> Iterator[None]:
    """The requests stay in the transaction of the test, as with Django's own client."""
    for segnale in (request_started, request_finished):
        segnale.disconnect(close_old_connections)
    yield
    for segnale in (request_started, request_finished):
        segnale.connect(close_old_connections)


@pytest.mark.parametrize("quante", [2, pytest.param(25, marks=pytest.mark.lunga)])
def test_ogni_operazione_risponde_come_dice(
    quante: int, schema: Any, azienda: Azienda, api: Client, settings: Any, subtests: Any
) -> None:
    settings.API_AL_MINUTO = 1_000_000
    battito.segna_battito()
    chiavi = parte.chiavi(azienda)
    intestazioni = {"Authorization": api.defaults["HTTP_AUTHORIZATION"]}
    for metodo, percorso in OPERAZIONI:
        operazione, sue = schema[percorso][metodo.upper()], chiavi.get(percorso)
        for modo in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
            with subtests.test(metodo=metodo, percorso=percorso, modo=modo), transaction.atomic():
                _prova(operazione, modo, sue, intestazioni, quante)
                transaction.set_rollback(True)


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

    try:
        chiedi()
    except Unsatisfiable:  # nothing to get wrong but its key, which is right
        assert modo == GenerationMode.NEGATIVE
