# SPDX-License-Identifier: AGPL-3.0-or-later
"""A cell as people write it → the value it stands for, or a sentence."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from piani.importazioni import celle
from piani.importazioni.periodi import anno_nel_testo, periodo, periodo_nel_testo


@pytest.mark.parametrize(
    ("scritto", "numero"),
    [
        ("96,65", "96.65"), ("1.205,3", "1205.3"), ("92.88", "92.88"), ("1.5", "1.5"),
        ("€ 23.499.000", "23499000"), ("87%", "87"), ("87 %", "87"), ("-3,5", "-3.5"),
        ("\u22123", "-3"), ("0.125", "0.125"), ("57,53 gg", "57.53"), ("1 205", "1205"),
        (Decimal("0.1"), "0.1"), (Decimal("12.0"), "12"), (5, "5"),
        (Decimal("0.30000000000000004"), "0.3"),
    ],
)  # fmt: skip
def test_i_numeri_all_italiana(scritto: Any, numero: str) -> None:
    assert celle.numero(4)(scritto) == Decimal(numero)


@pytest.mark.parametrize("scritto", [None, "-", "n.d.", "N.D.", ".", "#N/D", "#DIV/0!", " n.a. "])
def test_cio_che_non_c_e_non_e_zero(scritto: Any) -> None:
    assert celle.numero(4)(scritto) is None
    assert celle.testo(200)(scritto) is None


@pytest.mark.parametrize(
    ("scritto", "frase"),
    [
        ("1.205", "«1.205» può essere 1205 o 1,205: scriverlo in uno dei due modi."),
        ("circa 3", "Non è un numero."), ("1,23456", "Al massimo 4 decimali."),
        (True, "Non è un numero."), (date(2024, 1, 1), "Non è un numero."),
        ("999999999999", "Il numero è troppo grande."),
    ],
)  # fmt: skip
def test_i_numeri_che_non_si_capiscono_si_chiedono(scritto: Any, frase: str) -> None:
    with pytest.raises(ValueError, match=r".") as errore:
        celle.numero(4)(scritto)
    assert str(errore.value) == frase


def test_i_codici_restano_testo() -> None:
    assert celle.testo(30)(Decimal("12.0")) == "12"
    assert celle.testo(30)("007") == "007"


@pytest.mark.parametrize("scritto", ["=1+1", "@somma", "+cmd|' /C calc'!A0", "-2+3+cmd(1)"])
def test_le_formule_non_entrano_nei_testi(scritto: str) -> None:
    with pytest.raises(ValueError, match="Sembra una formula"):
        celle.testo(200)(scritto)


def test_i_giorni() -> None:
    assert celle.giorno("31/12/2024") == celle.giorno("2024-12-31") == date(2024, 12, 31)
    assert celle.giorno(datetime(2024, 12, 31, 9)) == date(2024, 12, 31)  # noqa: DTZ001
    with pytest.raises(ValueError, match="Non è una data"):
        celle.giorno("31 dicembre")


@pytest.mark.parametrize(
    ("scritto", "parte"),
    [
        ("1° trimestre", "T1"), ("I trim.", "T1"), ("II TRIM 2024", "T2"), ("T3", "T3"),
        ("4T", "T4"), ("Q1", "T1"), ("trim. IV", "T4"), ("terzo trimestre", "T3"), (2, "T2"),
        ("gen-mar", "T1"), ("1° semestre", "S1"), ("S2", "S2"), ("Anno", ""), ("2024", ""),
    ],
)  # fmt: skip
def test_i_periodi(scritto: Any, parte: str) -> None:
    assert periodo(scritto) == parte


def test_un_intestazione_dice_periodo_e_anno() -> None:
    assert periodo_nel_testo("Consuntivo al II trim. 2024") == "T2"
    assert anno_nel_testo("Consuntivo al II trim. 2024") == "2024"
    assert periodo_nel_testo("Indicatore") is None
    assert anno_nel_testo("Triennio 2022-2024") is None
