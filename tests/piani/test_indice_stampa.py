# SPDX-License-Identifier: AGPL-3.0-or-later
"""The index never takes a page of its own for a few lines."""

import pytest

from piani.stampa.capitoli import Capitolo, Voce
from piani.stampa.indice import sta_meglio_fitto


def capitoli(quanti: int, voci: int = 0) -> list[Capitolo]:
    entro = tuple(Voce(f"v{n}", f"Voce numero {n}") for n in range(voci))
    return [Capitolo(n, "nota", "Un capitolo", (), {}, entro) for n in range(1, quanti + 1)]


@pytest.mark.parametrize(
    ("quanti", "fitto"),
    [(10, False), (41, False), (42, True), (49, True), (75, False)],
    ids=["mezza pagina", "una pagina", "una riga di troppo", "ancora poche", "quasi due pagine"],
)
def test_l_indice_si_stringe_quando_avanza_poco(quanti: int, fitto: bool) -> None:
    assert sta_meglio_fitto(capitoli(quanti)) is fitto


def test_contano_anche_le_voci_e_i_titoli_lunghi() -> None:
    assert not sta_meglio_fitto(capitoli(4, voci=10))
    assert sta_meglio_fitto(capitoli(6, voci=9))
