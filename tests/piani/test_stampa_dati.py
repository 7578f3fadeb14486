# SPDX-License-Identifier: AGPL-3.0-or-later
"""The document as data: JSON, its schema, CSV."""

import csv
import json
from decimal import Decimal
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import simplejson
from jsonschema import Draft202012Validator

from piani.stampa import rende_csv, rende_json
from piani.stampa.dati import innocua
from tests.piani.fotografia import fotografia

SCHEMA = Path(__file__).parents[2] / "static" / "schemi" / "documento-1.schema.json"


def errori(foto: Any) -> list[str]:
    schema = json.loads(SCHEMA.read_text())
    Draft202012Validator.check_schema(schema)
    dati = json.loads(rende_json(foto))
    return [f"{e.json_path}: {e.message}" for e in Draft202012Validator(schema).iter_errors(dati)]


def righe(nome: str) -> list[dict[str, str]]:
    testo = rende_csv(fotografia())[nome].decode("utf-8")
    return list(csv.DictReader(StringIO(testo)))


# --- JSON ---------------------------------------------------------------------------------------


def test_il_json_torna_uguale_con_le_cifre_esatte() -> None:
    tornato = simplejson.loads(rende_json(fotografia()), use_decimal=True)
    assert tornato == fotografia()
    valore = tornato["aree"][0]["obiettivi"][0]["indicatori"][0]["risultati"][0]["valore"]
    assert (valore, str(valore)) == (Decimal("96.50"), "96.50")


def test_il_json_non_dipende_dall_ordine_delle_chiavi() -> None:
    rovesciata = dict(reversed(fotografia().items()))
    assert rende_json(rovesciata) == rende_json(fotografia())


def test_il_json_scrive_le_lettere_come_sono() -> None:
    assert "Qualità & sicurezza".encode() in rende_json(fotografia())
    assert rende_json(fotografia()).endswith(b"}\n")


@pytest.mark.parametrize("valore", [Decimal("NaN"), Decimal("Infinity"), 0.1])
def test_il_json_rifiuta_i_numeri_non_esatti(valore: object) -> None:
    foto = fotografia()
    foto["aree"][0]["peso"] = valore
    with pytest.raises(ValueError, match="Nel documento c’è un numero non"):
        rende_json(foto)


def test_la_fotografia_rispetta_lo_schema() -> None:
    assert errori(fotografia()) == []


def test_lo_schema_rifiuta_una_chiave_sconosciuta_e_una_mancante() -> None:
    foto = fotografia()
    foto["aree"][0]["colore"] = "blu"
    del foto["progetti"][0]["traguardi"]
    assert errori(foto) == [
        "$.aree[0]: Additional properties are not allowed ('colore' was unexpected)",
        "$.progetti[0]: 'traguardi' is a required property",
    ]


def test_lo_schema_rifiuta_uno_stato_e_un_tipo_inventati() -> None:
    foto = fotografia()
    foto["piano"]["raggiungimento"]["partenza"]["stato"] = "boh"
    foto["aree"][0]["obiettivi"][0]["indicatori"][0]["target"][0]["lettura"]["tipo"] = "forse"
    assert len(errori(foto)) == 2


# --- CSV ----------------------------------------------------------------------------------------


def test_i_csv_sono_quelli_attesi() -> None:
    attesi = "aree fasi obiettivi progetti quadrature quadri-andamento quadri-tabella-1"
    attesi += " raggiungimenti risultati target"
    assert sorted(rende_csv(fotografia())) == [f"{nome}.csv" for nome in attesi.split()]


def test_obiettivi_ha_una_riga_per_indicatore_e_una_colonna_per_anno() -> None:
    tutte = righe("obiettivi.csv")
    assert len(tutte) == 32
    prima = tutte[0]
    assert [prima[f"target_{anno}"] for anno in (2022, 2023, 2024)] == [
        "≥ 95%",
        "≥95 %",
        "Mantenimento",
    ]
    assert (prima["base_anno"], prima["base"]) == ("2021", "- 1,5 %")
    assert (prima["risultato_2022"], prima["punteggio_consuntivo"]) == ("96,5%", "99.99")
    assert (prima["stato_partenza"], prima["punteggio_partenza"]) == ("non_calcolabile", "")
    assert prima["dimostrativo_consuntivo"] == "true"


def test_target_ha_una_riga_per_lettura() -> None:
    prima, _seconda, terza = righe("target.csv")[:3]
    assert (prima["stampato"], prima["comparatore"], prima["valore"]) == ("≥ 95%", ">=", "95.0")
    assert (terza["tipo"], terza["certezza"], terza["valore"]) == ("traguardo", "media", "")


def test_raggiungimenti_scende_dal_piano_agli_indicatori() -> None:
    tutte = righe("raggiungimenti.csv")
    assert [r["livello"] for r in tutte] == ["piano"] * 2 + ["area"] * 2 + ["indicatore"] * 3
    assert tutte[1]["punteggio"] == "99.99"
    assert tutte[1]["dimostrativo"] == "true"


def test_un_quadro_ha_le_celle_stampate_e_i_loro_valori() -> None:
    prima, seconda, terza = righe("quadri-tabella-1.csv")
    assert (prima["Primo presidio"], prima["Primo presidio (valore)"]) == ("1.419", "1419")
    assert (prima["Secondo presidio"], prima["Secondo presidio (valore)"]) == ("", "")
    assert seconda["Primo presidio"] == "-3"
    assert terza["totale"] == "true"


def test_i_csv_sono_utf8_senza_bom_e_con_fine_riga_semplice() -> None:
    for contenuto in rende_csv(fotografia()).values():
        assert not contenuto.startswith(b"\xef\xbb\xbf")
        assert b"\r" not in contenuto
        assert contenuto.endswith(b"\n")


@pytest.mark.parametrize(
    "testo", ["=1+1", "+CMD()", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "-Analisi"]
)
def test_una_formula_non_arriva_al_foglio_di_calcolo(testo: str) -> None:
    assert innocua(testo) == f"'{testo}"


@pytest.mark.parametrize(
    "testo", ["-", "--", "=", "-3", "- 1,5 %", "+5%", "-1.205,30 €", "-5 gg", "≥ 95%", "N.D."]
)
def test_cifre_e_segni_della_fonte_restano_come_stampati(testo: str) -> None:
    assert innocua(testo) == testo


def test_la_formula_nel_target_e_neutralizzata_nel_file() -> None:
    assert righe("obiettivi.csv")[1]["target_2022"] == "'=SOMMA(A1) <b>100%</b>"
