# SPDX-License-Identifier: AGPL-3.0-or-later
"""The printed Relazione: its data, and that it is always the same."""

import csv
import json
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from obiettivi.relazione.dati import fotografa
from obiettivi.relazione.validazione import fotografa_validazione
from piani import stampa
from piani.models import Azienda
from piani.stampa.generi import contesto_di
from tests.obiettivi.relazione.scena import relazione_di, validata

pytestmark = pytest.mark.django_db
SCHEMI = Path(__file__).parents[3] / "static" / "schemi"
GIORNO = date(2023, 6, 28)


@pytest.fixture
def due_foto(azienda: Azienda, settings: Any) -> dict[str, dict[str, Any]]:
    """The photographs of a Relazione and of its validation, with a table of people."""
    settings.ALBERO_AGGREGATI_INDIVIDUALI = [
        "tests.obiettivi.relazione.test_individuale.una_tavola"
    ]
    relazione = validata(relazione_di(azienda))
    return {
        "relazione": fotografa(relazione, versione=1, giorno=GIORNO),
        "validazione": fotografa_validazione(relazione, versione=1, giorno=GIORNO),
    }


def test_le_fotografie_rispettano_il_loro_schema(due_foto: dict[str, Any]) -> None:
    for nome, foto in due_foto.items():
        schema = json.loads((SCHEMI / f"{nome}-1.schema.json").read_text())
        Draft202012Validator.check_schema(schema)
        dati = json.loads(stampa.rende_json(foto))
        assert [e.message for e in Draft202012Validator(schema).iter_errors(dati)] == []


def test_i_pdf_sono_sempre_uguali(due_foto: dict[str, Any]) -> None:
    for foto in due_foto.values():
        pdf = stampa.rende_pdf(foto).contenuto
        assert stampa.rende_pdf(foto).contenuto == pdf


def test_i_capitoli_sono_quelli_che_hanno_qualcosa_da_dire(due_foto: dict[str, Any]) -> None:
    titoli = [uno.titolo for uno in contesto_di(due_foto["relazione"])["capitoli"]]
    assert titoli == [
        "Presentazione",
        "Sintesi dei risultati",
        "Risultati per area, obiettivo e indicatore",
        "Scostamenti e azioni correttive",
        "Che cosa è cambiato nell’anno",
        "Valutazione individuale",
        "Risorse, efficienza ed economicità",
        "Pari opportunità",
        "Il processo seguito",
        "Validazione dell’organismo di valutazione",
        "Nota metodologica",
    ]


def test_la_sintesi_conta_gli_indicatori(due_foto: dict[str, Any]) -> None:
    sintesi = contesto_di(due_foto["relazione"])["capitoli"][1].dati
    assert sintesi["conti"] == {
        "tutti": 2, "raggiunti": 1, "non_raggiunti": 1, "esclusi": 0, "senza_punteggio": 0,
    }  # fmt: skip


def test_le_tabelle_csv_dicono_cause_criteri_e_celle_coperte(due_foto: dict[str, Any]) -> None:
    file = stampa.rende_csv(due_foto["relazione"])

    def righe(nome: str) -> list[dict[str, str]]:
        return list(csv.DictReader(StringIO(file[nome].decode())))

    [scostamento] = righe("scostamenti.csv")
    assert (scostamento["codice"], scostamento["causa"]) == ("IND-2", "Causa di prova")
    assert len(righe("criteri.csv")) == 11
    assert {(r["valore"], r["soppressa"]) for r in righe("individuale.csv")} == {("", "true")}
    assert sorted(stampa.rende_csv(due_foto["validazione"])) == ["criteri.csv"]
