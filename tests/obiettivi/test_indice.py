# SPDX-License-Identifier: AGPL-3.0-or-later
"""The numbers of the readings by their key."""

import random

import numpy as np

from obiettivi.blocco.indice import IGNOTO, Indice


def _chiavi(quante: int, seme: int) -> list[tuple[int, int]]:
    caso = random.Random(seme)  # noqa: S311 -- cases
    return [
        (caso.randrange(-(2**63), 2**63), caso.randrange(-(2**63), 2**63)) for _ in range(quante)
    ]


def _matrice(chiavi: list[tuple[int, int]]) -> np.ndarray:
    return np.array(chiavi, np.int64).reshape(-1, 2)


def test_da_il_numero_di_ogni_chiave_come_un_dizionario() -> None:
    indice, atteso = Indice(), dict[tuple[int, int], int]()
    altre = _chiavi(50, 0)
    for giro in range(1, 8):
        nuove = _chiavi(40 * giro, giro)
        indice.metti(_matrice(nuove), np.arange(len(atteso), len(atteso) + len(nuove)))
        atteso |= {chiave: len(atteso) + k for k, chiave in enumerate(nuove)}
        chieste = [*atteso, *altre]
        random.Random(giro).shuffle(chieste)  # noqa: S311 -- cases
        avuti = indice.cerca(_matrice(chieste)).tolist()
        assert avuti == [atteso.get(una, IGNOTO) for una in chieste]


def test_chi_e_vuoto_non_conosce_nessuno() -> None:
    assert Indice().cerca(_matrice([(1, 2), (0, 0)])).tolist() == [IGNOTO, IGNOTO]


def test_le_chiavi_si_rinumerano_e_si_dimenticano() -> None:
    indice, chiavi = Indice(), _chiavi(6, 1)
    indice.metti(_matrice(chiavi), np.arange(6))
    indice.rinumera(np.array([IGNOTO, 2, 0, IGNOTO, 1, IGNOTO]))
    assert indice.cerca(_matrice(chiavi)).tolist() == [IGNOTO, 2, 0, IGNOTO, 1, IGNOTO]


def test_due_chiavi_con_la_stessa_meta_non_si_scambiano() -> None:
    indice = Indice()
    indice.metti(_matrice([(7, 1)]), np.array([0]))
    assert indice.cerca(_matrice([(7, 2)])).tolist() == [IGNOTO]
    indice.metti(_matrice([(7, 2)]), np.array([1]))
    assert indice.cerca(_matrice([(7, 2)])).tolist() == [1]
    assert indice.cerca(_matrice([(7, 1)])).tolist() in ([0], [IGNOTO])
