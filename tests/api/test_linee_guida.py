# SPDX-License-Identifier: AGPL-3.0-or-later
"""The description keeps to the Italian guidelines on interoperability: no violation."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.api.linee_guida import regole, trovati, violazioni

DESCRIZIONE = json.loads(
    (Path(__file__).resolve().parents[2] / "docs" / "api" / "openapi.json").read_text()
)
NUMERO = {"type": "number"}
SBAGLIATA: dict[str, Any] = {
    "info": {"contact": {"name": "Nessuno"}, "version": "uno"},
    "servers": [{"url": "http://albero.example"}],
    "paths": {
        "/Cose_nuove/get": {
            "get": {
                "operationId": "get_cose",
                "parameters": [
                    {"in": "query", "name": "password", "schema": {"type": "integer"}},
                    {"in": "header", "name": "x-cosa", "schema": NUMERO | {"format": "grande"}},
                    {"in": "header", "name": "Authorization", "schema": {}},
                ],
                "responses": {
                    "200": {"content": {"application/json": {"schema": {"type": "array"}}}},
                    "400": {"content": {"text/html": {}}},
                    "429": {"headers": {"Retry-After": {"schema": {"type": "integer"}}}},
                },
            },
            "patch": {"requestBody": {"content": {"application/json": {}}}, "responses": {}},
        },
    },
    "components": {
        "schemas": {
            "Problema": {"properties": {"code": {}}},
            "Stato": {"required": ["stato"]},
            "una_forma": NUMERO,
        },
        "securitySchemes": {"chiave": {"type": "apiKey", "in": "query"}},
    },
}  # fmt: skip
CON_STATO = {
    "paths": {"/status": {"get": {"responses": {"200": {"content": {"text/plain": {}}}}}}},
}  # fmt: skip


@pytest.mark.parametrize("nome", regole())
def test_la_descrizione_rispetta_la_regola(nome: str) -> None:
    regola = regole()[nome]
    assert next(trovati(regola, DESCRIZIONE), None) is not None, "non guarda niente"
    assert violazioni(regola, DESCRIZIONE) == []


@pytest.mark.parametrize("nome", regole())
def test_chi_sbaglia_si_vede(nome: str) -> None:
    sbagliata = CON_STATO if nome == "stato-json" else SBAGLIATA
    assert violazioni(regole()[nome], sbagliata) != []


def test_ogni_regola_dice_che_cosa_chiede() -> None:
    for nome, regola in regole().items():
        assert regola["description"].endswith("."), nome
        assert regola["severity"] == "error", nome
