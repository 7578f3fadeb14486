# SPDX-License-Identifier: AGPL-3.0-or-later
"""The OpenAPI file: it is what the code does, and it is served with its page."""

import json
from pathlib import Path

from django.test import Client
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.validation import validate_schema

from piani.api.doc import leggibile

FILE = Path(__file__).resolve().parents[2] / "docs" / "api" / "openapi.json"
COME_SI_RIFA = "docs/api/openapi.json è vecchio: python manage.py descrivi_api"


def test_il_file_dice_cio_che_fa_il_programma() -> None:
    dati = SchemaGenerator(api_version="v1").get_schema(public=True)
    validate_schema(dati)
    assert FILE.read_text() == leggibile(dati), COME_SI_RIFA


def test_la_descrizione_ha_cio_che_chiedono_le_linee_guida() -> None:
    dati = json.loads(FILE.read_text())
    info = dati["info"]
    assert info["contact"]["url"] == "/segnala/"
    assert info["license"]["name"] == "AGPL-3.0-or-later"
    assert info["x-summary"]
    assert info["termsOfService"]
    for percorso, metodi in dati["paths"].items():
        assert percorso == percorso.lower(), percorso
        assert "_" not in percorso.split("{")[0], percorso
        assert not percorso.endswith("/"), percorso
        for metodo, operazione in metodi.items():
            dove = f"{metodo} {percorso}"
            assert "429" in operazione["responses"], dove
            assert "default" in operazione["responses"], dove
            assert operazione["summary"] or operazione["description"], dove


def test_chiunque_legge_la_descrizione(client: Client, db: None) -> None:
    risposta = client.get("/api/v1/openapi.json")
    assert risposta.status_code == 200
    assert risposta.json()["openapi"].startswith("3.")
    assert risposta.json()["servers"] == [{"url": "/api/v1", "description": "Questa installazione"}]
    ancora = client.get("/api/v1/openapi.json", headers={"If-None-Match": risposta["ETag"]})
    assert ancora.status_code == 304
    assert "API: dati e scritture" in client.get("/api/v1/doc").content.decode()
