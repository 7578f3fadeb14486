# SPDX-License-Identifier: AGPL-3.0-or-later
"""Notice, quorum, majority, ties: the numbers of the Regolamento, by hand."""

from datetime import date
from decimal import Decimal

import pytest

from conciliazione.calcolo.edizione import Maggioranza, Parita, Quorum, RegoleComitato
from conciliazione.calcolo.numero_legale import (
    Conta,
    decide,
    firme_necessarie,
    giorni_di_preavviso,
    numero_legale,
    primo_giorno_utile,
    spiega_numero_legale,
)

REGOLE = RegoleComitato()


@pytest.mark.parametrize(
    ("componenti", "serve"), [(30, 16), (28, 15), (29, 15), (2, 2), (1, 1), (0, 1)]
)
def test_il_numero_legale_e_la_meta_piu_uno(componenti: int, serve: int) -> None:
    assert numero_legale(componenti, Quorum.META_PIU_UNO) == serve
    assert numero_legale(componenti, Quorum.MAGGIORANZA) == serve


def test_il_numero_legale_si_spiega() -> None:
    assert spiega_numero_legale(30, Quorum.META_PIU_UNO) == "Metà di 30 più uno: 15 + 1 = 16."
    assert (
        spiega_numero_legale(29, Quorum.META_PIU_UNO)
        == "Metà di 29 (di 28, il numero pari che precede) più uno: 14 + 1 = 15."
    )
    assert spiega_numero_legale(30, Quorum.MAGGIORANZA) == "Più della metà di 30: 16."


def test_il_giorno_della_convocazione_non_conta() -> None:
    assert giorni_di_preavviso(date(2026, 3, 1), date(2026, 3, 6)) == 5
    assert primo_giorno_utile(date(2026, 2, 26), 5) == date(2026, 3, 3)


@pytest.mark.parametrize(("membri", "firme"), [(341, 86), (4, 1), (5, 2), (0, 1)])
def test_un_quarto_dei_membri_per_eccesso(membri: int, firme: int) -> None:
    assert firme_necessarie(membri, Decimal(25)) == firme


def conta(
    favorevoli: int, contrari: int, astenuti: int = 0, capofila: str = "", presenti: int = 0
) -> Conta:
    votanti = favorevoli + contrari + astenuti
    return Conta(30, presenti or votanti, favorevoli, contrari, astenuti, capofila)


@pytest.mark.parametrize(
    ("voti", "approvata", "parita"),
    [
        (conta(9, 7), True, False),
        (conta(8, 6, 2), False, False),  # more than half of sixteen are nine
        (conta(8, 8, capofila="favorevole"), True, True),
        (conta(8, 8, capofila="contrario"), False, True),
        (conta(8, 8), False, True),
        (conta(7, 7, 2, capofila="favorevole"), True, True),
        (conta(7, 7, 2, capofila="astenuto"), False, True),
        (conta(8, 0, presenti=16), False, False),
        (conta(0, 0, 16, capofila="astenuto"), False, False),
    ],
)
def test_decide_la_maggioranza_dei_presenti(voti: Conta, approvata: bool, parita: bool) -> None:
    decisione = decide(voti, REGOLE)
    assert (decisione.approvata, decisione.parita) == (approvata, parita)


def test_la_decisione_si_spiega_con_i_suoi_numeri() -> None:
    assert decide(conta(8, 8, capofila="favorevole"), REGOLE).spiegazione == (
        "Su 16 presenti: 8 favorevoli, 8 contrari, 0 astenuti. La maggioranza di 16 presenti è 9. "
        "Parità: prevale il voto del capofila di Rete, favorevole. La proposta è approvata."
    )
    assert decide(conta(9, 4, 1, presenti=17), REGOLE).spiegazione == (
        "Su 17 presenti: 9 favorevoli, 4 contrari, 1 astenuto, 3 senza voto. La maggioranza di 17 "
        "presenti è 9. La proposta è approvata."
    )


def test_un_altra_edizione_conta_sui_componenti_e_respinge_in_parita() -> None:
    regole = RegoleComitato(maggioranza=Maggioranza.COMPONENTI, parita=Parita.RESPINTA)
    assert not decide(conta(15, 0, presenti=20), regole).approvata
    assert decide(conta(16, 0, presenti=20), regole).approvata
    pari = decide(conta(8, 8, capofila="favorevole"), regole)
    assert (pari.approvata, pari.servivano) == (False, 16)
