# SPDX-License-Identifier: AGPL-3.0-or-later
from decimal import Decimal, localcontext

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from obiettivi.calcolo.arrotondamento import (
    Modo,
    arrotonda,
    arrotonda_punteggio,
    italiano,
    mostra,
    netto,
    numero,
)
from obiettivi.calcolo.valori import Calcolato, Escluso, Motivo, NonCalcolabile

D = Decimal
punteggi = st.decimals(-1000, 1000, allow_nan=False, places=6)
finiti = st.decimals(allow_nan=False, allow_infinity=False)
modi = st.sampled_from(list(Modo))


@pytest.mark.parametrize(
    ("valore", "su", "giu", "pari", "tronco"),
    [
        ("0.125", "0.13", "0.12", "0.12", "0.12"),
        ("0.135", "0.14", "0.13", "0.14", "0.13"),
        ("0.1251", "0.13", "0.13", "0.13", "0.12"),
        ("0.1249", "0.12", "0.12", "0.12", "0.12"),
        ("-0.125", "-0.13", "-0.12", "-0.12", "-0.12"),
        ("0", "0", "0", "0", "0"),
        ("99.99", "99.99", "99.99", "99.99", "99.99"),
        ("59.99999999", "60", "60", "60", "59.99"),
    ],
)
def test_ogni_modo_ai_confini(valore: str, su: str, giu: str, pari: str, tronco: str) -> None:
    modi = (Modo.META_SU, Modo.META_GIU, Modo.META_PARI, Modo.TRONCAMENTO)
    assert [arrotonda(D(valore), modo, 2) for modo in modi] == [D(su), D(giu), D(pari), D(tronco)]
    assert arrotonda(D(valore), Modo.NESSUNO, 2) == D(valore)


@pytest.mark.parametrize(("decimali", "atteso"), [(0, "67"), (1, "66.7"), (3, "66.667")])
def test_i_decimali_si_scelgono(decimali: int, atteso: str) -> None:
    assert arrotonda(D("66.6666666"), Modo.META_SU, decimali) == D(atteso)


def test_una_catena_di_terzi_torna_al_confine_prima_del_confronto() -> None:
    with localcontext() as contesto:
        contesto.prec = 60
        sessanta = D(180) / 7 * 7 / 3
        quasi = D(100) / 3 * 3
    assert quasi < 100
    assert netto(quasi) == D(100)
    assert arrotonda(sessanta, Modo.TRONCAMENTO, 2) == D(60)


def test_sotto_cento_non_si_arrotonda_mai_a_cento() -> None:
    assert arrotonda_punteggio(D("99.996"), Modo.META_SU, 2) == D("99.99")
    assert arrotonda_punteggio(D("99.6"), Modo.META_SU, 0) == D(99)
    assert arrotonda_punteggio(D("99.9999999999"), Modo.META_PARI, 4) == D("99.9999")
    assert arrotonda_punteggio(D(100), Modo.META_SU, 2) == D(100)
    assert arrotonda_punteggio(D("100.004"), Modo.META_SU, 2) == D(100)
    assert arrotonda_punteggio(D("119.996"), Modo.META_SU, 2) == D(120)


@pytest.mark.parametrize(
    ("valore", "decimali", "atteso"),
    [
        ("87.5", 2, "87,50"),
        ("100", 2, "100,00"),
        ("99.999", 2, "99,99"),
        ("99.995", 2, "99,99"),
        ("99.5", 0, "99"),
        ("0", 2, "0,00"),
        ("0.005", 2, "0,01"),
        ("1205.3", 2, "1.205,30"),
        ("120", 1, "120,0"),
        ("-5", 2, "-5,00"),
    ],
)
def test_un_punteggio_si_mostra_in_italiano(valore: str, decimali: int, atteso: str) -> None:
    assert mostra(D(valore), decimali) == atteso
    assert mostra(Calcolato(D(valore)), decimali) == atteso


def test_senza_punteggio_non_si_mostra_una_cifra() -> None:
    assert mostra(NonCalcolabile(Motivo.NESSUN_VALORE)) == ""
    assert mostra(Escluso("neutralizzato")) == ""


@pytest.mark.parametrize(
    ("valore", "atteso"),
    [
        ("95", "95"),
        ("1E+2", "100"),
        ("96.650", "96,65"),
        ("23499000", "23.499.000"),
        ("94.736842105", "94,7368"),
        ("0.00012345678", "0,0001"),
        ("-3.5", "-3,5"),
        ("0E-30", "0"),
        ("1E+60", "1E+60"),
    ],
)
def test_una_cifra_nella_frase_e_esatta_o_con_quattro_decimali(valore: str, atteso: str) -> None:
    assert numero(D(valore)) == atteso


def test_italiano_tiene_tutte_le_cifre() -> None:
    assert italiano(D("1205.30")) == "1.205,30"
    assert italiano(D("1.5E+60")) == "1,5E+60"


@settings(deadline=None)
@given(a=punteggi, b=punteggi, modo=modi, decimali=st.integers(0, 6))
def test_l_arrotondamento_non_scambia_l_ordine(
    a: Decimal, b: Decimal, modo: Modo, decimali: int
) -> None:
    minore, maggiore = sorted((a, b))
    assert arrotonda_punteggio(minore, modo, decimali) <= arrotonda_punteggio(
        maggiore, modo, decimali
    )


@settings(deadline=None)
@given(valore=punteggi, decimali=st.integers(0, 6))
def test_sotto_cento_non_si_mostra_mai_cento(valore: Decimal, decimali: int) -> None:
    cento = mostra(D(100), decimali)
    assert (mostra(valore, decimali) == cento) == (100 <= valore < 100 + D(5).scaleb(-decimali - 1))


@settings(deadline=None)
@given(valore=finiti, modo=modi, decimali=st.integers(0, 10))
def test_qualunque_numero_finito_si_arrotonda_e_si_scrive(
    valore: Decimal, modo: Modo, decimali: int
) -> None:
    assert arrotonda(valore, modo, decimali).is_finite()
    assert numero(valore)
    assert mostra(valore, decimali)


@settings(deadline=None)
@given(valore=punteggi)
def test_il_contesto_di_chi_chiama_non_conta(valore: Decimal) -> None:
    with localcontext() as contesto:
        contesto.prec = 3
        stretto = arrotonda(valore, Modo.META_SU, 2)
    assert stretto == arrotonda(valore, Modo.META_SU, 2)
