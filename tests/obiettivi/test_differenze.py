# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is removed and what is written, against the same done row by row."""

import random

import numpy as np
import pytest

from obiettivi.blocco.righe import CHIAVE, MOTIVO, Righe, vuota
from obiettivi.blocco.scrittura import Differenze

Chiave = tuple[int, ...]


def _righe(tutte: dict[Chiave, Chiave], caso: random.Random) -> Righe:
    in_disordine = list(tutte.items())
    caso.shuffle(in_disordine)
    righe = Righe(vuota(len(tutte)))
    for k, (chiave, valori) in enumerate(in_disordine):
        righe.dati[k] = (*chiave, *valori)
    righe.parole["una ragione"]
    return righe


def _a_caso(caso: random.Random, passo: int) -> tuple[dict[Chiave, Chiave], dict[Chiave, Chiave]]:
    """Two sets of scores: some are in both, and some of those say the same."""
    prima, dopo = dict[Chiave, Chiave](), dict[Chiave, Chiave]()
    for _ in range(caso.randrange(1, 60)):
        chiave = (
            caso.randrange(3) * passo,
            caso.randrange(7),
            caso.randrange(4),
            caso.randrange(9) * passo,
        )
        valori = (caso.randrange(3), caso.randrange(100), caso.randrange(2), 0, caso.randrange(2))
        dove = caso.randrange(4)
        if dove != 1:
            prima[chiave] = valori
        if dove:
            dopo[chiave] = valori if dove == 2 else (1, 7, 0, 1, 1)
    return prima, dopo


@pytest.mark.parametrize("passo", [1, 2**28, 2**40, 2**59])
def test_si_toglie_e_si_scrive_cio_che_cambia(passo: int) -> None:
    caso = random.Random(passo)  # noqa: S311 -- cases
    for _ in range(200):
        prima, dopo = _a_caso(caso, passo)
        vecchie, nuove = _righe(prima, caso), _righe(dopo, caso)
        differenze = Differenze(vecchie, nuove)
        via, dentro = (
            set(righe.dati[quali][CHIAVE].tolist())
            for righe, quali in ((vecchie, differenze.da_togliere), (nuove, differenze.da_scrivere))
        )
        assert via == {una for una in prima if dopo.get(una) != prima[una]}
        assert dentro == {una for una in dopo if dopo[una] != prima.get(una)}
        assert differenze.quante == len(via | dentro)
        assert len(differenze.cambiate(MOTIVO)) == differenze.quante


def test_dove_non_resta_niente_si_toglie_tutto() -> None:
    caso = random.Random(0)  # noqa: S311 -- cases
    vecchie = _righe({(1, 0, 0, 5): (0, 1, 1, 0, 0), (1, 1, 0, 5): (0, 1, 1, 0, 0)}, caso)
    differenze = Differenze(vecchie, Righe(vuota()))
    assert np.sort(differenze.da_togliere).tolist() == [0, 1]
    assert differenze.quante == 2
