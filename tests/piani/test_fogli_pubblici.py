# SPDX-License-Identifier: AGPL-3.0-or-later
"""The workbook of a document, the files for the Portale PIAO, the contact of the open data."""

import csv
import json
from datetime import datetime
from io import BytesIO, StringIO

import pytest
from django.test import Client
from django.urls import reverse
from jsonschema import Draft202012Validator
from openpyxl import load_workbook

from obiettivi.azioni import carica
from piani import stampa
from piani.models import Azienda, DocumentoPubblicato, Piano
from piani.stampa.foglio import rende_xlsx
from piani.stampa.portale import CAMPI, titoli
from tests.conftest import RADICE
from tests.factories import piano_pronto
from tests.piani.test_pubbliche import pubblicato

pytestmark = pytest.mark.django_db
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SCHEMA = RADICE / "static" / "schemi" / "portale-piao-1.schema.json"


@pytest.fixture
def piao() -> DocumentoPubblicato:
    piano = carica(RADICE / "fixtures" / "asst-cremona-performance-2022-2024", da=None)
    Piano.objects.filter(pk=piano.pk).update(tipo="piao")
    return pubblicato(Piano.objects.get(pk=piano.pk))


def test_il_foglio_ha_tutte_le_tabelle_con_i_numeri_come_numeri() -> None:
    tabelle = {
        "uno.csv": b"codice,quanti,quota,il,nota\n007,3,12.50,2022-01-31,'=1+1\nA2,,-4,,-\n",
        "quadri-un-nome-piu-lungo-di-trentuno-lettere.csv": b"a\n",
        "quadri-un-nome-piu-lungo-di-trentuno-altre.csv": b"a\n1\n",
    }
    dati = rende_xlsx(tabelle, [("Documento", "=Prova"), ("Licenza", "CC BY 4.0")])
    assert dati == rende_xlsx(tabelle, [("Documento", "=Prova"), ("Licenza", "CC BY 4.0")])
    libro = load_workbook(BytesIO(dati))
    assert libro.sheetnames == [
        "Leggimi", "uno", "quadri-un-nome-piu-lungo-di-tre", "quadri-un-nome-piu-lungo-di-2",
    ]  # fmt: skip
    righe = [[cella.value for cella in riga] for riga in libro["uno"].iter_rows()]
    assert righe == [
        ["codice", "quanti", "quota", "il", "nota"],
        ["007", 3, 12.5, datetime(2022, 1, 31), "=1+1"],  # noqa: DTZ001 -- a day of a sheet
        ["A2", None, -4, None, "-"],
    ]
    assert [cella.data_type for cella in libro["uno"][2]] == ["s", "n", "n", "d", "s"]
    assert libro["Leggimi"]["B1"].data_type == "s"
    assert libro["uno"].freeze_panes == "A2"


def test_il_foglio_del_documento_e_la_stessa_fotografia(
    piao: DocumentoPubblicato, client: Client
) -> None:
    risposta = client.get(f"{piao.get_absolute_url()}documento.xlsx")
    assert risposta["Content-Type"] == XLSX
    assert f'filename="{piao.piano.slug}-v1.xlsx"' in risposta["Content-Disposition"]
    libro = load_workbook(BytesIO(risposta.content))
    tabelle = stampa.rende_csv(piao.fotografia)
    assert len(libro.sheetnames) == len(tabelle) + 1
    scritti = csv.reader(StringIO(tabelle["target.csv"].decode()))
    assert libro["target"].max_row == sum(1 for _riga in scritti)
    assert client.get(f"{piao.get_absolute_url()}documento.xlsx").content == risposta.content
    uguale = client.get(
        f"{piao.get_absolute_url()}documento.xlsx", headers={"If-None-Match": risposta["ETag"]}
    )
    assert uguale.status_code == 304


def test_i_dati_del_portale_hanno_ogni_campo(piao: DocumentoPubblicato, client: Client) -> None:
    base = piao.get_absolute_url()
    risposta = client.get(f"{base}portale-piao.json")
    assert risposta["Content-Type"] == "application/json"
    dati = json.loads(risposta.content)
    schema = Draft202012Validator(json.loads(SCHEMA.read_text()))
    assert [e.message for e in schema.iter_errors(dati)] == []
    righe = list(
        csv.DictReader(StringIO(stampa.rende_csv(piao.fotografia)["portale-piao.csv"].decode()))
    )
    indicatori = [
        (obiettivo, uno) for obiettivo in dati["obiettivi"] for uno in obiettivo["indicatori"]
    ]
    assert len(indicatori) == len(righe) == 39
    for riga, (obiettivo, uno) in zip(righe, indicatori, strict=True):
        assert riga["obiettivo"] == obiettivo["nome"]
        assert riga["indicatore_codice"] == uno["codice"]
        assert riga["polarita"] == uno["polarita"]
        assert [riga["target_1"], riga["target_2"], riga["target_3"]] == [
            target["valore"] for target in uno["target"]
        ]
        assert [target["anno"] for target in uno["target"]] == [2022, 2023, 2024]


def test_il_foglio_del_portale_ha_le_intestazioni_per_le_persone(
    piao: DocumentoPubblicato, client: Client
) -> None:
    risposta = client.get(f"{piao.get_absolute_url()}portale-piao.xlsx")
    assert f'filename="{piao.piano.slug}-v1-portale-piao.xlsx"' in risposta["Content-Disposition"]
    libro = load_workbook(BytesIO(risposta.content))
    assert libro.sheetnames == ["Leggimi", "Obiettivi"]
    assert [cella.value for cella in libro["Obiettivi"][1]] == list(titoli())
    assert len(titoli()) == len(CAMPI)
    assert libro["Obiettivi"].max_row == 40


def test_chi_non_e_un_piao_non_ha_i_file_del_portale(azienda: Azienda, client: Client) -> None:
    documento = pubblicato(piano_pronto(azienda))
    for nome in ("portale-piao.xlsx", "portale-piao.json"):
        assert client.get(f"{documento.get_absolute_url()}{nome}").status_code == 404
    pagina = client.get(documento.get_absolute_url()).content.decode()
    assert "portale-piao" not in pagina
    assert f"{documento.get_absolute_url()}documento.xlsx" in pagina


@pytest.mark.parametrize("email", ["", "trasparenza@example.org"])
def test_il_catalogo_dice_a_chi_si_scrive(azienda: Azienda, client: Client, email: str) -> None:
    azienda.email = email
    azienda.save()
    documento = pubblicato(piano_pronto(azienda))
    grafo = client.get(reverse("catalogo_dcat", args=[azienda.codice])).json()["@graph"]
    (insieme,) = [nodo for nodo in grafo if "dcatapit:Dataset" in nodo["@type"]]
    contatti = [nodo for nodo in grafo if "vcard:Kind" in nodo["@type"]]
    file = [nodo["dcat:downloadURL"]["@id"] for nodo in grafo if "dcat:downloadURL" in nodo]
    assert f"http://testserver{documento.get_absolute_url()}documento.xlsx" in file
    if not email:
        assert contatti == []
        assert "dcat:contactPoint" not in insieme
        return
    (contatto,) = contatti
    assert insieme["dcat:contactPoint"] == {"@id": contatto["@id"]}
    assert contatto["vcard:hasEmail"] == {"@id": f"mailto:{email}"}
    assert contatto["vcard:fn"]["@value"] == azienda.nome
