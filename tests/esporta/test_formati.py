# SPDX-License-Identifier: AGPL-3.0-or-later
"""The four formats: what a cell becomes in each."""

import csv
import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Any

import pytest
from odfdo import Document
from openpyxl import load_workbook

from piani.esporta import di_celle, testi
from piani.esporta import ods as in_ods
from piani.esporta import xlsx as in_xlsx
from piani.esporta.foglio import Foglio, segui, semplice
from piani.models import Ruolo

FOGLIO = di_celle(
    "prova", "Prova: [elenco]", ("Nome", "Importo €", "Giorno", "Quando", "Sì"), decimali=2
)
MOMENTO = datetime.fromisoformat("2026-01-02T03:04:05")  # a sheet has no time zones
GIORNO = datetime.fromisoformat("2026-01-02")
RIGHE: list[list[Any]] = [
    ["=1+1", Decimal("64.1"), date(2026, 1, 2), datetime(2026, 1, 2, 2, 4, 5, tzinfo=UTC), True],
    ["due\nrighe", Decimal("-1000.5"), date(1850, 3, 1), None, False],
    ["lunga", Decimal("12345678901234567.89"), None, None, None],
]


def celle() -> Iterator[list[Any]]:
    return FOGLIO.celle(RIGHE)


def scritto(modulo: Any, foglio: Foglio = FOGLIO, righe: Any = None) -> BytesIO:
    uscita = BytesIO()
    modulo.scrivi(foglio, celle() if righe is None else righe, uscita)
    uscita.seek(0)
    return uscita


def test_il_csv_italiano_ha_bom_punto_e_virgola_virgola_e_giorno_prima() -> None:
    assert "".join(testi.csv_italiano(FOGLIO, celle())) == (
        "\ufeffNome;Importo €;Giorno;Quando;Sì\r\n"
        "'=1+1;64,10;02/01/2026;02/01/2026 03:04:05;sì\r\n"
        '"due\nrighe";-1000,50;01/03/1850;;no\r\n'
        "lunga;12345678901234567,89;;;\r\n"
    )


def test_il_csv_per_programmi_ha_virgola_punto_iso_e_nomi_semplici() -> None:
    righe = list(csv.reader(StringIO("".join(testi.csv_per_programmi(FOGLIO, celle())))))
    assert righe == [
        ["nome", "importo", "giorno", "quando", "si"],
        ["'=1+1", "64.10", "2026-01-02", "2026-01-02T03:04:05+01:00", "true"],
        ["due\nrighe", "-1000.50", "1850-03-01", "", "false"],
        ["lunga", "12345678901234567.89", "", "", ""],
    ]


def test_il_json_e_un_oggetto_con_le_cifre_esatte() -> None:
    letto = json.loads("".join(testi.json(FOGLIO, celle())), parse_float=Decimal)
    assert letto["elenco"] == "prova"
    assert letto["colonne"]["importo"] == "Importo €"
    assert letto["righe"][0] == {
        "nome": "=1+1",
        "importo": Decimal("64.1"),
        "giorno": "2026-01-02",
        "quando": "2026-01-02T03:04:05+01:00",
        "si": True,
    }
    assert letto["righe"][2]["importo"] == Decimal("12345678901234567.89")


def test_il_json_di_nessuna_riga_si_legge() -> None:
    assert json.loads("".join(testi.json(FOGLIO, iter(()))))["righe"] == []


def test_nell_xlsx_cifre_e_date_sono_vere_e_i_testi_mai_formule() -> None:
    pagina = load_workbook(scritto(in_xlsx)).active
    assert pagina.title == "Prova   elenco"
    prima, seconda, terza = [list(riga) for riga in pagina.iter_rows(min_row=2)]
    assert [(c.value, c.data_type) for c in prima] == [
        ("=1+1", "s"), (64.1, "n"), (GIORNO, "d"),
        (MOMENTO, "d"), ("sì", "s"),
    ]  # fmt: skip
    assert prima[1].number_format == "#,##0.00"
    assert [c.value for c in seconda] == ["due\nrighe", -1000.5, "01/03/1850", None, "no"]
    assert terza[1].value == "12345678901234567,89"  # more digits than a sheet keeps


def test_nell_ods_cifre_e_date_sono_vere() -> None:
    tabella = Document(scritto(in_ods)).body.get_table(0)
    assert tabella.get_values() == [
        ["Nome", "Importo €", "Giorno", "Quando", "Sì"],
        ["=1+1", Decimal("64.10"), date(2026, 1, 2), MOMENTO, "sì"],
        ["due\nrighe", Decimal("-1000.50"), date(1850, 3, 1), None, "no"],
        ["lunga", "12345678901234567,89", None, None, None],
    ]


@pytest.mark.parametrize("modulo", [in_xlsx, in_ods])
def test_un_elenco_vuoto_ha_la_sua_intestazione(modulo: Any) -> None:
    uscita = scritto(modulo, righe=iter(()))
    if modulo is in_xlsx:
        assert load_workbook(uscita).active["A1"].value == "Nome"
    else:
        assert Document(uscita).body.get_table(0).get_values()[0][0] == "Nome"


def test_cio_che_non_sta_in_una_pagina_continua_in_un_altra(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(in_xlsx, "RIGHE_MASSIME", 2)
    cartella = load_workbook(scritto(in_xlsx))
    assert [[r[0].value for r in pagina.iter_rows()] for pagina in cartella] == [
        ["Nome", "=1+1", "due\nrighe"],
        ["Nome", "lunga"],
    ]


@pytest.mark.parametrize(
    ("testo", "atteso"),
    [
        ("=SOMMA(A1)", "'=SOMMA(A1)"), ("+39 0321 1", "'+39 0321 1"), ("@x", "'@x"),
        ("-cmd|' /C calc'!A0", "'-cmd|' /C calc'!A0"), ("\t=1", "'\t=1"), ("\r=1", "'\r=1"),
        (" =1", "' =1"), ("'=1", "''=1"), ("-5,3", "-5,3"), ("-12%", "-12%"),
        ("+1.205,30", "+1.205,30"), ("L'Aquila", "L'Aquila"), ("", ""),
    ],
)  # fmt: skip
def test_un_testo_che_un_foglio_calcolerebbe_resta_testo(testo: str, atteso: str) -> None:
    assert testi.innocuo(testo) == atteso


@pytest.mark.parametrize(
    ("numero", "decimali", "atteso"),
    [
        ("75.0000", 0, "75"), ("75.0000", 2, "75.00"), ("1E+3", 0, "1000"), ("0.10", 0, "0.1"),
        ("-0.00", 0, "0"), ("-0.05", 0, "-0.05"), ("2.345", 2, "2.345"),
    ],
)  # fmt: skip
def test_un_numero_ha_tutte_le_sue_cifre_e_nessuna_di_piu(
    numero: str, decimali: int, atteso: str
) -> None:
    assert testi.in_cifre(Decimal(numero), decimali) == atteso


def test_un_valore_diventa_una_cella() -> None:
    assert semplice(Ruolo.NUCLEO) == str(Ruolo.NUCLEO.label)
    assert semplice(["a", 2]) == "a, 2"
    assert semplice("a\x00b\x1f") == "ab"
    assert semplice(0.1) == Decimal("0.1")
    assert semplice(Decimal("NaN")) is None
    assert segui({"uno": None}, "uno.due") is None


def test_due_colonne_con_lo_stesso_nome_hanno_chiavi_diverse() -> None:
    assert di_celle("x", "X", ("Stato", "Stato", "%")).chiavi() == ["stato", "stato__2", "colonna"]
