# SPDX-License-Identifier: AGPL-3.0-or-later
"""A program brings a file in, looks at what it would do, writes it and takes it back."""

import base64
import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from obiettivi.models import Rilevazione
from piani.importazioni.lavoro import fai
from piani.models import Azienda
from tests.factories import IndicatoreFactory
from tests.piani.importazioni.fogli import csv_

pytestmark = pytest.mark.django_db


def manda(api: Client, indirizzo: str, corpo: Any = None) -> Any:
    return api.post(f"/api/v1/importazioni{indirizzo}", json.dumps(corpo or {}),
                    content_type="application/json")  # fmt: skip


def corpo(azienda: Azienda, righe: list[Any]) -> dict[str, Any]:
    contenuto = base64.b64encode(csv_(righe)).decode()
    return {"azienda": azienda.codice, "genere": "rilevazioni", "nome": "dati.csv",
            "contenuto": contenuto}  # fmt: skip


def test_un_programma_importa_e_annulla(api: Client, azienda: Azienda) -> None:
    IndicatoreFactory(azienda=azienda, codice="IND-01")
    righe = [["Codice", "Anno", "Trimestre", "Risultato"], ["IND-01", "2024", "T1", "3,5"]]
    risposta = manda(api, "", corpo(azienda, righe))
    assert risposta.status_code == 202, risposta.content
    dati = risposta.json()
    assert (dati["stato"], dati["lavoro"]) == ("caricata", "leggi")
    assert risposta["Location"] == f"/api/v1/importazioni/{dati['id']}"
    fai(dati["id"])
    assert api.get(risposta["Location"]).json()["nuove"] == 1
    viste = api.get(f"{risposta['Location']}/righe?esito=nuova").json()
    assert viste["totale"] == 1
    assert viste["risultati"][0]["celle"]["valore"] == "3,5"
    assert manda(api, f"/{dati['id']}/conferma").status_code == 202
    assert manda(api, f"/{dati['id']}/conferma").status_code == 422
    fai(dati["id"])
    assert Rilevazione.objects.correnti().count() == 1
    assert manda(api, f"/{dati['id']}/annullamento").status_code == 202
    fai(dati["id"])
    assert api.get(risposta["Location"]).json()["stato"] == "annullata"
    assert not Rilevazione.objects.correnti().exists()


def test_un_abbinamento_che_non_basta_si_manda_dopo(api: Client, azienda: Azienda) -> None:
    IndicatoreFactory(azienda=azienda, codice="IND-01")
    dati = manda(api, "", corpo(azienda, [["Boh", "Mah"], ["IND-01", "3"]])).json()
    assert (dati["stato"], dati["lavoro"]) == ("caricata", "")
    indirizzo = f"/{dati['id']}/abbinamento"
    risposta = manda(api, indirizzo)
    assert risposta.status_code == 422
    come = {"foglio": "", "riga": 0, "righe": 1, "costanti": {"anno": "2024"},
            "colonne": [{"posto": 0, "campo": "codice"},
                        {"posto": 1, "campo": "valore"}]}  # fmt: skip
    assert manda(api, indirizzo, {"abbinamento": come}).status_code == 202
    fai(dati["id"])
    assert api.get(f"/api/v1/importazioni/{dati['id']}").json()["nuove"] == 1


@pytest.mark.parametrize(
    ("cambio", "stato", "campo"),
    [
        ({"contenuto": "non base64!"}, 400, "contenuto"),
        ({"contenuto": base64.b64encode(b"PK").decode()}, 422, "file"),
        ({"genere": "altro"}, 422, "genere"),
        ({"ambito": {"percentuali": "boh"}}, 422, "ambito.percentuali"),
    ],
)
def test_cio_che_non_va_si_dice_per_campo(
    api: Client, azienda: Azienda, cambio: dict[str, Any], stato: int, campo: str
) -> None:
    risposta = manda(api, "", corpo(azienda, [["Codice"], ["a"]]) | cambio)
    assert risposta.status_code == stato, risposta.content
    assert campo in json.dumps(risposta.json()["errori"])


def come_modulo(azienda: Azienda, **altro: Any) -> dict[str, Any]:
    foglio = csv_([["Codice", "Anno", "Risultato"], ["IND-01", "2024", "3,5"]])
    file = SimpleUploadedFile("dati.csv", foglio)
    return {"azienda": azienda.codice, "genere": "rilevazioni", "file": file} | altro


def test_un_file_si_manda_anche_come_modulo(api: Client, azienda: Azienda) -> None:
    IndicatoreFactory(azienda=azienda, codice="IND-01")
    abbinamento = {"foglio": "", "riga": 0, "righe": 1, "colonne": [
        {"posto": 0, "campo": "codice"}, {"posto": 1, "campo": "anno"},
        {"posto": 2, "campo": "valore"}]}  # fmt: skip
    corpo = come_modulo(azienda, abbinamento=json.dumps(abbinamento), ambito="{}")
    risposta = api.post("/api/v1/importazioni", corpo)
    assert risposta.status_code == 202, risposta.content
    assert (risposta.json()["nome"], risposta.json()["lavoro"]) == ("dati.csv", "leggi")
    fai(risposta.json()["id"])
    assert api.get(risposta["Location"]).json()["nuove"] == 1
    chiave = risposta.json()["id"]
    assert manda(api, f"/{chiave}/scarto").json()["stato"] == "scartata"
    assert manda(api, f"/{chiave}/scarto").status_code == 422


@pytest.mark.parametrize(
    ("cambio", "stato", "frase"),
    [
        ({"ambito": "{non json"}, 400, "Si scrive come oggetto JSON."),
        ({"abbinamento": "[1]"}, 400, "abbinamento"),
        ({"genere": ["rilevazioni", "altro"]}, 400, "si manda una volta sola"),
        ({"contenuto": "UEs="}, 400, "Questo campo non esiste."),
        ({"file": "un testo"}, 400, "file"),
        ({"genere": "altro"}, 422, "Si importano"),
    ],
)
def test_un_modulo_scritto_male_si_rifiuta(
    api: Client, azienda: Azienda, cambio: dict[str, Any], stato: int, frase: str
) -> None:
    risposta = api.post("/api/v1/importazioni", come_modulo(azienda, **cambio))
    assert risposta.status_code == stato, risposta.content
    assert frase in json.dumps(risposta.json(), ensure_ascii=False)


def test_un_modulo_non_e_piu_grande_di_un_altro_corpo(
    api: Client, azienda: Azienda, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("piani.api.formato.CARICO_MASSIMO", 100)
    risposta = api.post("/api/v1/importazioni", come_modulo(azienda))
    assert risposta.status_code == 413
    assert api.post("/api/v1/indicatori", {"azienda": azienda.codice}).status_code == 415
