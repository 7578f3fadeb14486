# SPDX-License-Identifier: AGPL-3.0-or-later
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from obiettivi.calcolo.fasce import Fascia, problemi_fasce
from obiettivi.calcolo.metodi import fasce
from obiettivi.calcolo.valori import Calcolato, Motivo, NonCalcolabile

D = Decimal
QUATTRO = (
    Fascia(None, D(60), D(0)),
    Fascia(D(60), D(80), D(50)),
    Fascia(D(80), D(95), D(80)),
    Fascia(D(95), None, D(100)),
)
LINEA = (
    Fascia(D(0), D(50), D(0)),
    Fascia(D(50), D(100), D(20), D(100)),
)


def punti(x: str, bande: tuple[Fascia, ...]) -> Decimal:
    punteggio = fasce(D(x), bande).punteggio
    assert isinstance(punteggio, Calcolato)
    return punteggio.valore


@pytest.mark.parametrize(
    ("x", "attesi"),
    [
        ("-10", 0),
        ("59.999", 0),
        ("60", 50),
        ("79.999", 50),
        ("80", 80),
        ("94.99", 80),
        ("95", 100),
        ("300", 100),
    ],
)
def test_le_fasce_sono_chiuse_in_basso_e_aperte_in_alto(x: str, attesi: int) -> None:
    assert punti(x, QUATTRO) == attesi


@pytest.mark.parametrize(
    ("x", "attesi"),
    [("-1", 0), ("0", 0), ("49.99", 0), ("50", 20), ("75", 60), ("100", 100), ("101", 100)],
)
def test_la_fascia_lineare_va_in_proporzione_e_l_ultima_e_chiusa(x: str, attesi: int) -> None:
    assert punti(x, LINEA) == attesi


def test_i_punti_possono_scendere() -> None:
    giorni = (Fascia(None, D(1), D(100)), Fascia(D(1), D(31), D(50)), Fascia(D(31), None, D(0)))
    assert [punti(x, giorni) for x in ("0", "1", "30", "31")] == [100, 50, 50, 0]


@pytest.mark.parametrize(
    ("bande", "frase"),
    [
        ((), "fasce: serve almeno una fascia."),
        (
            (Fascia(None, D(60), D(0)), Fascia(D(70), None, D(1))),
            "fasce, fra le fasce 1 e 2: c'è un vuoto da 60 a 70.",
        ),
        (
            (Fascia(None, D(60), D(0)), Fascia(D(50), None, D(1))),
            "fasce, fra le fasce 1 e 2: c'è una sovrapposizione da 50 a 60.",
        ),
        (
            (Fascia(None, None, D(0)), Fascia(D(50), None, D(1))),
            "fasce, fra le fasce 1 e 2: il confine non può essere illimitato.",
        ),
        (
            (Fascia(D(5), D(5), D(0)),),
            "fasce, fascia 1: l'inizio deve venire prima della fine.",
        ),
        (
            (Fascia(None, D(5), D(0), D(9)),),
            "fasce, fascia 1: una fascia lineare ha bisogno di inizio e fine.",
        ),
    ],
)
def test_le_fasce_sbagliate_dicono_dove(bande: tuple[Fascia, ...], frase: str) -> None:
    assert problemi_fasce(bande) == [frase]
    esito = fasce(D(1), bande)
    assert esito.punteggio == NonCalcolabile(Motivo.PARAMETRO_MANCANTE, frase)


@settings(deadline=None)
@given(x=st.decimals(-1000, 1000, allow_nan=False), y=st.decimals(-1000, 1000, allow_nan=False))
def test_fasce_crescenti_danno_punti_crescenti(x: Decimal, y: Decimal) -> None:
    minore, maggiore = sorted((x, y))
    for bande in (QUATTRO, LINEA):
        assert 0 <= punti(str(minore), bande) <= punti(str(maggiore), bande) <= 100
