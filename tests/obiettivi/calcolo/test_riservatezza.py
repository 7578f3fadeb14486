# SPDX-License-Identifier: AGPL-3.0-or-later
"""Small groups stay silent, and cannot be found by subtraction; the figures of a set."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from obiettivi.calcolo.riservatezza import MINIMO, conteggi_detti, parlanti
from obiettivi.calcolo.statistiche import differenziazione, media, scarto

D = Decimal


def celle(*quante: int) -> tuple[frozenset[int], dict[str, frozenset[int]]]:
    """Everybody, and cells a, b, c… of so many each."""
    inizi = [sum(quante[:n]) for n in range(len(quante))]
    parti = {
        chr(97 + n): frozenset(range(inizio, inizio + quante[n])) for n, inizio in enumerate(inizi)
    }
    return frozenset(range(sum(quante))), parti


def test_una_cella_sotto_cinque_tace() -> None:
    tutte, unita = celle(6, 3, 2, 8)
    assert parlanti(tutte, {"unita": unita}) == {"unita": {"a", "d"}}


def test_se_il_totale_svela_l_unica_cella_muta_ne_tace_un_altra() -> None:
    tutte, unita = celle(6, 3, 8)
    assert parlanti(tutte, {"unita": unita}) == {"unita": {"c"}}


def test_un_totale_piccolo_non_dice_niente() -> None:
    tutte, unita = celle(2, 2)
    assert parlanti(tutte, {"unita": unita}) == {"unita": set()}


def test_due_dimensioni_insieme_non_svelano_la_differenza() -> None:
    """The evaluator has unit a and two more: told of both, the two would be known."""
    tutte = frozenset(range(20))
    unita = {"a": frozenset(range(6)), "b": frozenset(range(6, 8)), "c": frozenset(range(8, 20))}
    valutatori = {"x": frozenset(range(8)), "y": frozenset(range(8, 20))}
    detti = parlanti(tutte, {"unita": unita, "valutatore": valutatori})
    assert detti == {"unita": {"c"}, "valutatore": {"x", "y"}}


@given(
    st.lists(st.integers(0, 3), min_size=5, max_size=40),
    st.lists(st.integers(0, 3), min_size=40, max_size=40),
)
def test_nessun_gruppo_piccolo_si_ricava(prima: list[int], seconda: list[int]) -> None:
    tutte = frozenset(range(len(prima)))
    dimensioni = {
        nome: {uno: frozenset(i for i in tutte if voci[i] == uno) for uno in range(4)}
        for nome, voci in (("prima", prima), ("seconda", seconda))
    }
    detti = parlanti(tutte, dimensioni)
    dette = [tutte] + [dimensioni[nome][uno] for nome, voci in detti.items() for uno in voci]
    for insieme in dette:
        assert len(insieme) >= MINIMO
        for nome, voci in detti.items():
            dentro = [dimensioni[nome][uno] for uno in voci if dimensioni[nome][uno] <= insieme]
            resto = len(insieme) - sum(map(len, dentro))
            assert not dentro or resto == 0 or resto >= MINIMO


@pytest.mark.parametrize(
    ("conteggi", "detti"),
    [
        ({"a": 10, "b": 20}, {"a", "b"}),
        ({"a": 0, "b": 20}, {"a", "b"}),
        ({"a": 2, "b": 20, "c": 9}, {"b"}),
        ({"a": 2, "b": 3, "c": 9}, {"c"}),
        ({"a": 2, "b": 1, "c": 9, "d": 30}, {"d"}),
        ({"a": 2, "b": 0, "c": 0}, set()),
    ],
)
def test_conteggi_piccoli(conteggi: dict[str, int], detti: set[str]) -> None:
    assert conteggi_detti(conteggi) == detti


def test_media_e_scarto() -> None:
    valori = [D(2), D(4), D(4), D(4), D(5), D(5), D(7), D(9)]
    assert media(valori) == D(5)
    assert scarto(valori) == D(2)
    assert (media([]), scarto([])) == (None, None)


def test_indice_di_differenziazione() -> None:
    assert differenziazione([10, 0, 0]) == D(0)
    assert differenziazione([5, 5]) == D(1)
    assert differenziazione([3, 1]) == D("0.75")
    assert differenziazione([7]) is None
    assert differenziazione([0, 0]) is None
