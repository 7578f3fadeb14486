# SPDX-License-Identifier: AGPL-3.0-or-later
"""The ranking as a pure function: means, bonus points, minimum, ties."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conciliazione.calcolo.graduatoria import Candidata, CriterioDiVoto, Posto, graduatoria

D = Decimal
CRITERI = [
    CriterioDiVoto("coerenza", "Coerenza", D(20)),
    CriterioDiVoto("rete", "Ampiezza della Rete", D(10)),
    CriterioDiVoto("tempi", "Sinergia con i tempi", D(5), premiale=True),
]


def candidata(chiave: str, *schede: tuple[int, int, int]) -> Candidata:
    codici = [uno.codice for uno in CRITERI]
    return Candidata(
        chiave, chiave, tuple(dict(zip(codici, map(D, una), strict=True)) for una in schede)
    )


def in_breve(posti: tuple[Posto, ...]) -> list[tuple[str, int | None, Decimal]]:
    return [(uno.chiave, uno.posto, uno.punti) for uno in posti]


def test_i_punti_sono_la_somma_delle_medie_e_si_spiegano() -> None:
    (prima, seconda) = graduatoria(
        [candidata("a", (18, 5, 0), (15, 6, 0), (20, 6, 0)), candidata("b", (20, 10, 5))], CRITERI
    )
    assert in_breve((prima, seconda)) == [("b", 1, D("35.0000")), ("a", 2, D("23.3333"))]
    assert prima.premiali == D("5.0000")
    assert [media.frase for media in prima.medie] == ["20, su 20", "10, su 10", "5, su 5"]
    assert [media.frase for media in seconda.medie] == [
        "(15 + 18 + 20) : 3 = circa 17,6667, su 20",
        "(5 + 6 + 6) : 3 = circa 5,6667, su 10",
        "(0 + 0 + 0) : 3 = 0, su 5",
    ]


def test_chi_non_arriva_al_minimo_non_ha_un_posto_nemmeno_con_i_premiali() -> None:
    posti = graduatoria(
        [candidata("a", (9, 5, 5)), candidata("b", (10, 5, 0))], CRITERI, minimo=D(15)
    )
    assert in_breve(posti) == [("b", 1, D("15.0000")), ("a", None, D("19.0000"))]
    assert posti[1].nota == "Non idonea: 14 punti nei criteri ordinari, il minimo è 15."


def test_a_parita_contano_gli_ordinari_poi_i_criteri_poi_si_divide_il_posto() -> None:
    posti = graduatoria(
        [
            candidata("a", (10, 10, 5)),
            candidata("b", (16, 9, 0)),
            candidata("c", (15, 10, 0)),
            candidata("d", (15, 10, 0)),
            candidata("e", (1, 1, 1)),
        ],
        CRITERI,
    )
    assert in_breve(posti) == [
        ("b", 1, D("25.0000")), ("c", 2, D("25.0000")), ("d", 2, D("25.0000")),
        ("a", 4, D("25.0000")), ("e", 5, D("3.0000")),
    ]  # fmt: skip
    assert posti[0].nota == "Parità nel totale: viene prima chi ha più punti nei criteri ordinari."
    assert posti[1].nota == "A pari merito: uguali il totale, i punti ordinari e ogni criterio."
    assert posti[4].nota == ""


def test_due_medie_diverse_solo_oltre_i_decimali_mostrati_non_sono_pari() -> None:
    criteri = [CriterioDiVoto("c", "C", D(20))]
    lunga = tuple({"c": D(uno)} for uno in ("10.01", *["10"] * 999))
    prima, dopo = graduatoria(
        [Candidata("a", "a", ({"c": D(10)},)), Candidata("b", "b", lunga)], criteri
    )
    assert (prima.chiave, prima.posto, dopo.posto) == ("b", 1, 2)
    assert prima.punti == dopo.punti == D("10.0000")


@pytest.mark.parametrize(
    ("una", "detto"),
    [
        (candidata("a"), "«a» non ha nessuna scheda consegnata."),
        (candidata("a", (21, 0, 0)), "«a», «Coerenza»: i punti vanno da 0 a 20."),
        (candidata("a", (0, -1, 0)), "«a», «Ampiezza della Rete»: i punti vanno da 0 a 10."),
        (Candidata("a", "a", ({},)), "«a», «Coerenza»: i punti vanno da 0 a 20."),
    ],
)
def test_schede_che_non_tengono_sono_rifiutate(una: Candidata, detto: str) -> None:
    with pytest.raises(ValueError, match=detto.replace("(", r"\(")):
        graduatoria([una], CRITERI)


SCHEDE = st.tuples(st.integers(0, 20), st.integers(0, 10), st.integers(0, 5))


@given(st.lists(st.lists(SCHEDE, min_size=1, max_size=4), min_size=1, max_size=5))
def test_l_ordine_delle_candidate_e_delle_schede_non_conta(
    voti: list[list[tuple[int, int, int]]],
) -> None:
    candidate = [candidata(str(n), *schede) for n, schede in enumerate(voti)]
    girate = [Candidata(una.chiave, una.nome, una.schede[::-1]) for una in reversed(candidate)]
    assert graduatoria(candidate, CRITERI) == graduatoria(girate, CRITERI)
