# SPDX-License-Identifier: AGPL-3.0-or-later
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from obiettivi.calcolo.fasce import Fascia, fascia_di, punti_in
from obiettivi.calcolo.veloce.spezzate import (
    IDENTITA,
    NonSpezzata,
    Spezzata,
    a_fasce,
    al_massimo,
    almeno,
    componi,
    moltiplicata,
    valore,
    zero_sotto,
)

D, F = Decimal, Fraction
GRADINI = (Fascia(None, D(60), D(0)), Fascia(D(60), D(90), D(50)), Fascia(D(90), None, D(100)))
IN_LINEA = (Fascia(D(0), D(50), D(0), D(40)), Fascia(D(50), D(100), D(50), D(100)))
LINEE = [
    IDENTITA,
    al_massimo(F(100)),
    almeno(F(0)),
    zero_sotto(F(60)),
    a_fasce(GRADINI),
    a_fasce(IN_LINEA),
    moltiplicata(GRADINI),
]
orli = st.sampled_from([F(x) for x in ("-1", "0", "49", "50", "60", "90", "100", "1799/30", "180")])


@given(
    prima=st.sampled_from(LINEE),
    dopo=st.sampled_from(LINEE),
    x=orli | st.fractions(-200, 300, max_denominator=1000),
)
def test_la_composizione_vale_quanto_una_dopo_l_altra(
    prima: Spezzata, dopo: Spezzata, x: Fraction
) -> None:
    assert valore(componi(prima, dopo), x) == valore(dopo, valore(prima, x))


@pytest.mark.parametrize("fasce", [GRADINI, IN_LINEA])
@given(x=orli | st.fractions(-50, 150, max_denominator=8))
def test_le_fasce_danno_i_punti_del_riferimento(fasce: tuple[Fascia, ...], x: Fraction) -> None:
    da_giudicare = D(x.numerator) / D(x.denominator)
    atteso = punti_in(da_giudicare, fascia_di(da_giudicare, fasce))
    assert valore(a_fasce(fasce), F(da_giudicare)) == F(atteso)


def test_una_sola_linea_resta_una_sola() -> None:
    assert componi(IDENTITA, IDENTITA) == IDENTITA


def test_un_moltiplicatore_in_linea_non_e_una_spezzata() -> None:
    with pytest.raises(NonSpezzata):
        moltiplicata(IN_LINEA)
