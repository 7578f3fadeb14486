# SPDX-License-Identifier: AGPL-3.0-or-later
"""Means by hand, and what of them may be told."""

from decimal import Decimal
from itertools import product

import pytest

from piani.questionari.statistiche import gruppi_detti, media, quota, valori_detti


def test_la_media_pesa_ogni_valore_per_quante_volte_e_stato_dato() -> None:
    # 2×1 + 3×3 + 5×4 = 31, in dieci
    assert media({1: 2, 3: 3, 4: 5}) == Decimal("3.1")
    assert media({}) is None


def test_la_quota_e_in_percento() -> None:
    assert quota(8, 25) == Decimal(32)
    assert quota(0, 0) is None


@pytest.mark.parametrize(
    ("quanti", "detti"),
    [
        ({"a": 12, "b": 7}, {"a", "b"}),
        ({"a": 12, "b": 0}, {"a", "b"}),
        # b da solo si ricaverebbe dal totale: tace anche il più piccolo degli altri
        ({"a": 12, "b": 3, "c": 8}, {"a"}),
        # due che tacciono ma in tutto sono quattro: ne serve un terzo
        ({"a": 12, "b": 3, "c": 1, "d": 9}, {"a"}),
        ({"a": 4, "b": 4, "c": 20}, {"c"}),
        ({"a": 3, "b": 30}, set()),
    ],
)
def test_un_gruppo_piccolo_non_si_ricava_dal_totale(
    quanti: dict[str, int], detti: set[str]
) -> None:
    assert gruppi_detti(quanti, 5) == detti


def test_senza_celle_piccole_si_dice_tutto() -> None:
    assert valori_detti({1: 0, 2: 0, 3: 5, 4: 9, 5: 6}, 5, con_media=True) == {1, 2, 3, 4, 5}


def test_con_la_media_due_celle_taciute_si_ricaverebbero() -> None:
    conteggi = {1: 3, 2: 4, 3: 10, 4: 20, 5: 30}
    assert valori_detti(conteggi, 5, con_media=False) == {3, 4, 5}
    assert valori_detti(conteggi, 5, con_media=True) == {4, 5}


def soluzioni(conteggi: dict[int, int], detti: set[int]) -> list[dict[int, int]]:
    """All the counts that somebody who reads the page could write in the place of the silences."""
    taciuti = sorted(set(conteggi) - detti)
    n = sum(conteggi[v] for v in taciuti)
    peso = sum(v * conteggi[v] for v in taciuti)
    prove = product(range(n + 1), repeat=len(taciuti))
    return [
        dict(zip(taciuti, p, strict=True))
        for p in prove
        if sum(p) == n and sum(v * x for v, x in zip(taciuti, p, strict=True)) == peso
    ]


@pytest.mark.parametrize("conteggi", [
    {1: 1, 2: 2, 3: 6, 4: 7, 5: 8},
    {1: 3, 2: 0, 3: 5, 4: 6, 5: 1},
    {1: 2, 2: 2, 3: 2, 4: 2, 5: 2},
])  # fmt: skip
def test_chi_prova_tutte_le_soluzioni_non_trova_una_cella_piccola(
    conteggi: dict[int, int],
) -> None:
    detti = valori_detti(conteggi, 5, con_media=True)
    trovate = soluzioni(conteggi, detti)
    for valore, n in conteggi.items():
        if 0 < n < 5:
            assert valore not in detti
            assert len({una[valore] for una in trovate}) > 1
