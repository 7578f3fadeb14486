# SPDX-License-Identifier: AGPL-3.0-or-later
from decimal import ROUND_DOWN, Context, Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from obiettivi.calcolo.arrotondamento import Arrotondamento, Modo, arrotonda_punteggio
from obiettivi.calcolo.veloce import nucleo
from obiettivi.calcolo.veloce.nucleo import Rapporti

MODI = [modo for modo in Modo if modo is not Modo.NESSUNO]


def rapporti(num: np.ndarray, den: np.ndarray) -> Rapporti:
    return Rapporti(num.astype(np.int64), den.astype(np.int64), {})


def tondi(num: np.ndarray, den: np.ndarray, regola: Arrotondamento) -> list[Decimal]:
    fatti = nucleo.arrotonda(rapporti(num, den), regola)
    valori = [Decimal(uno).scaleb(-regola.decimali) for uno in fatti.interi.tolist()]
    for riga, valore in fatti.fuori.items():
        valori[riga] = valore
    return valori


def pareggi(quanti: int, decimali: int, seme: int) -> tuple[np.ndarray, np.ndarray]:
    """Ratios at a tie, or a hair from it, over denominators of every size."""
    caso = np.random.default_rng(seme)
    fattore = caso.integers(1, 10 ** caso.integers(1, 9, quanti), quanti)
    mezzi = caso.integers(-200 * 10**decimali, 12_000 * 10**decimali // 100, quanti)
    scarto = caso.integers(-1, 2, quanti)
    return (2 * mezzi + 1) * fattore + scarto, 2 * 10**decimali * fattore


@pytest.mark.parametrize("modo", MODI)
@pytest.mark.parametrize("decimali", [pytest.param(0, marks=pytest.mark.lunga), 2])
def test_quattrocentomila_pareggi_e_quasi_pareggi(modo: Modo, decimali: int) -> None:
    num, den = pareggi(50_000, decimali, seme=7 + decimali)
    avuti = tondi(num, den, Arrotondamento(modo, decimali))
    esatti = Context(prec=60)
    for avuto, n, d in zip(avuti, num.tolist(), den.tolist(), strict=True):
        vero = esatti.divide(Decimal(n), Decimal(d))
        assert avuto == arrotonda_punteggio(vero, modo, decimali), (n, d)


def test_appena_sotto_cento_non_diventa_cento() -> None:
    num, den = np.array([99_996, 99_999_999, 100_000]), np.array([1000, 1_000_000, 1000])
    assert tondi(num, den, Arrotondamento()) == [
        Decimal("99.99"), Decimal("99.99"), Decimal("100.00"),
    ]  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(
    num=st.integers(-(2**61), 2**61),
    den=st.integers(1, 2**61),
    modo=st.sampled_from(MODI),
    decimali=st.integers(0, 10),
)
def test_anche_i_numeri_enormi_sono_esatti(num: int, den: int, modo: Modo, decimali: int) -> None:
    avuto = tondi(np.array([num]), np.array([den]), Arrotondamento(modo, decimali))
    vero = nucleo.decimale(Fraction(num, den))
    assert avuto == [arrotonda_punteggio(vero, modo, decimali)]


def test_cio_che_si_salva_e_tagliato_non_arrotondato() -> None:
    fatti = nucleo.arrotonda(rapporti(np.array([200, -200]), np.array([3, 3])), nucleo.TRONCO)
    salvati = [Decimal(uno).scaleb(-8) for uno in fatti.da_salvare().tolist()]
    vero = (Decimal(200) / 3).quantize(Decimal("1e-8"), ROUND_DOWN)
    assert salvati == [vero, -vero]
