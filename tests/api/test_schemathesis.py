# SPDX-License-Identifier: AGPL-3.0-or-later
"""Every operation asked with what its description allows, and with what it does not: never a 500,
never an answer that the description does not say.
"""

import json
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
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
POCHE = 6
"""Examples for each operation and way of making them."""


@pytest.fixture(scope="module")
def schema() -> Any:
    letto = schemathesis.openapi.from_dict(DESCRIZIONE)
    letto.app = application
    return letto


@pytest.mark.parametrize(("metodo", "percorso"), OPERAZIONI, ids=" ".join)
def test_risponde_come_dice(
    metodo: str, percorso: str, schema: Any, azienda: Azienda, api: Client, settings: Any
) -> None:
    settings.API_AL_MINUTO = 100_000
    battito.segna_battito()
    chiavi = parte.chiavi(azienda).get(percorso)
    operazione = schema[percorso][metodo.upper()]
    intestazioni = {"Authorization": api.defaults["HTTP_AUTHORIZATION"]}
    for modo in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
        for chiave in (chiavi, None) if chiavi and modo == GenerationMode.POSITIVE else (chiavi,):
            _prova(operazione, modo, chiave, intestazioni)


def _prova(
    operazione: Any,
    modo: GenerationMode,
    chiavi: dict[str, Any] | None,
    intestazioni: dict[str, str],
) -> None:
    """A handful of requests of one kind, each validated against the description."""
    casi = operazione.as_strategy(generation_mode=modo, path_parameters=chiavi)

    @settings(
        max_examples=POCHE,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(caso=casi)
    def chiedi(caso: Any) -> None:
        caso.call_and_validate(headers=intestazioni, excluded_checks=ESCLUSI)

    chiedi()


ESCLUSI = [
    # The actions refuse for reasons that no schema says (a state, a period): 422 is their answer.
    positive_data_acceptance,
]
