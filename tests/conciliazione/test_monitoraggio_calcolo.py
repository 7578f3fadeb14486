# SPDX-License-Identifier: AGPL-3.0-or-later
"""The arithmetic of monitoring: figures by hand, to the cent."""

from decimal import Decimal

import pytest

from conciliazione.calcolo.edizione import Grandezza, Gruppo, IndicatoreEdizione
from conciliazione.calcolo.indicatori import (
    Azione,
    AzioneDiRete,
    Progetto,
    Situazione,
    Valore,
    calcola,
)
from conciliazione.calcolo.parole import cifra, euro, percento
from conciliazione.calcolo.rendiconto import Conto, perche_no, verifica
from conciliazione.predefinite import predefinita

REGOLE = predefinita("2020-2023")
SENZA_TETTI = predefinita("2017-2018")
D = Decimal


def limiti(codice: str, conto: Conto, regole: object = REGOLE) -> dict[str, Decimal]:
    rata = regole.rata(codice)  # type: ignore[attr-defined]
    return {uno.codice: uno.valore for uno in verifica(rata, conto, regole).limiti}  # type: ignore[arg-type]


def conto(**altro: Decimal) -> Conto:
    return Conto(costo=D("100000.00"), contributo=D("70000.00"), **altro)


def test_importi_e_quote_si_scrivono_all_italiana() -> None:
    assert euro(D("1234567.895")) == "1.234.567,90 €"
    assert euro(D("-12.5")) == "-12,50 €"
    assert percento(D("85.714285")) == "85,71 %"
    assert [cifra(D("50")), cifra(D("1205.50")), cifra(0)] == ["50", "1.205,5", "0"]


def test_l_anticipo_e_meta_del_contributo() -> None:
    assert limiti("anticipo", conto()) == {
        "rata": D("35000.00"), "assegnato": D("70000.00"), "massimo": D("110000"),
    }  # fmt: skip


def test_la_rata_intermedia_chiede_di_aver_speso_l_80_per_cento() -> None:
    rata = REGOLE.rata("intermedia")
    assert rata is not None
    poco = verifica(rata, conto(pagato=D("35000.00"), spese=D("27999.99")), REGOLE)
    assert perche_no(poco, D("21000.00")) == [
        "Almeno 80 % speso di ciò che si è ricevuto: sono rendicontate spese per 27.999,99 € "
        "su 35.000,00 € ricevuti (80,00 %); ne servono 28.000,00 €."
    ]
    basta = verifica(rata, conto(pagato=D("35000.00"), spese=D("28000.00")), REGOLE)
    assert perche_no(basta, D("21000.00")) == []


def test_oltre_il_tetto_la_frase_dice_di_quanto_e_perche() -> None:
    rata = REGOLE.rata("anticipo")
    assert rata is not None
    esito = verifica(rata, conto(), REGOLE)
    assert perche_no(esito, D("35000.01")) == [
        "35.000,01 € supera il massimo di 35.000,00 € (0,01 € in più). Quota della rata "
        "«Anticipo all’avvio»: 50 % di 70.000,00 € = 35.000,00 €."
    ]


def test_il_saldo_prende_il_tetto_piu_basso() -> None:
    saldo = conto(
        pagato=D("54234.57"), spese=D("75765.42"), personale=D("10015.63"), denaro=D("15000.00")
    )
    assert limiti("saldo", saldo) == {
        "assegnato": D("15765.43"),
        "massimo": D("55765.43"),
        "quota": D("5812.17"),  # 70 % di 85.781,05 = 60.046,735 → 60.046,74; − 54.234,57
        "scoperto": D("6530.85"),  # 85.781,05 − 25.015,63 − 54.234,57
    }


def test_la_prima_edizione_non_ha_il_tetto_del_70_per_cento() -> None:
    saldo = conto(pagato=D("35000.00"), spese=D("90000.00"), denaro=D("20000.00"))
    assert limiti("saldo", saldo, SENZA_TETTI) == {
        "assegnato": D("35000.00"), "scoperto": D("35000.00"),
    }  # fmt: skip


def test_se_si_e_pagato_di_piu_il_saldo_si_recupera() -> None:
    rata = REGOLE.rata("saldo")
    assert rata is not None
    esito = verifica(rata, conto(pagato=D("35000.00"), spese=D("20000.01")), REGOLE)
    assert (esito.massimo, esito.da_recuperare, esito.riconosciuto) == (
        D(0), D("20999.99"), D("14000.01"),
    )  # fmt: skip
    assert perche_no(esito, D(0)) == []  # chiedere nulla chiude il conto
    assert len(perche_no(esito, D("0.01"))) == 2


def indicatore(codice: str, sopra: Grandezza, sotto: Grandezza | None = None, **altro: object):  # type: ignore[no-untyped-def]
    gruppo = Gruppo(codice[0])
    return IndicatoreEdizione(codice, codice, gruppo, sopra, sotto, **altro)  # type: ignore[arg-type]


CENTRI = Azione(1, "Centri estivi", 100, 40, 10, None)
SPORTELLO = Azione(2, "Sportello", 50, None, None, None)
PIANO = Situazione(
    enti={"profit": 12, "pubblico": 27},
    progetti=(
        Progetto(
            7, "Labor", enti={"pubblico": 2}, azioni=(CENTRI, SPORTELLO), costo=D("100000.00"),
            contributo=D("70000.00"), liquidato=D("35000.00"), cofinanziamento=D("30000.00"),
            monetario=D("12000.00"), reso=D("4000.00"),
        ),
        Progetto(8, "E-net", concluso=True, costo=D("50000.00"), contributo=D("30000.00")),
    ),
    rete=(
        AzioneDiRete(3, "Comunicazione", 200, 90, dettaglio="sistema-1", risorse=D("1000.00")),
        AzioneDiRete(
            4, "Welfare", genere="trasversale", dettaglio="trasversale-1", avviata=True, incontri=3
        ),
    ),
)  # fmt: skip


def test_cio_che_manca_e_detto_e_non_vale_zero() -> None:
    (persone,) = calcola(
        [indicatore("a5", Grandezza.PERSONE_RAGGIUNTE, Grandezza.PERSONE_PREVISTE)], PIANO
    )
    # 40 + 90 su 100 + 50 + 200: lo sportello non ha detto.
    assert (persone.numeratore, persone.denominatore) == (D(130), D(350))
    assert persone.nota == "Mancano le persone raggiunte di «Sportello»."
    (imprese,) = calcola(
        [indicatore("a6", Grandezza.IMPRESE_RAGGIUNTE, Grandezza.IMPRESE_PREVISTE)], PIANO
    )
    assert (imprese.numeratore, imprese.denominatore) == (None, D(10))
    assert imprese.motivo == "Mancano le imprese raggiunte di «Centri estivi»."


def test_gli_indicatori_di_progetto_sono_per_azione_e_per_tipologia() -> None:
    per_azione = calcola(
        [
            indicatore(
                "b2", Grandezza.PERSONE_RAGGIUNTE, Grandezza.PERSONE_PREVISTE, per_azione=True
            )
        ],
        PIANO,
    )
    assert [(v.progetto, v.azione, v.numeratore, v.denominatore) for v in per_azione] == [
        (7, 1, D(40), D(100)),
        (7, 2, None, D(50)),
    ]
    enti = calcola([indicatore("a1", Grandezza.ENTI_RETE, per_tipologia=True)], PIANO)
    assert [(v.dettaglio, v.numeratore) for v in enti] == [
        ("", D(39)), ("profit", D(12)), ("pubblico", D(27)),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("codice", "sopra", "sotto", "attesi"),
    [
        ("a2", Grandezza.PROGETTI_CONCLUSI, Grandezza.PROGETTI, (D(1), D(2))),
        ("a3", Grandezza.PERSONE_RAGGIUNTE_SISTEMA, Grandezza.PERSONE_PREVISTE_SISTEMA,
         (D(90), D(200))),
        ("a7", Grandezza.RISORSE_LIQUIDATE, Grandezza.RISORSE_PREVISTE,
         (D("35000.00"), D("101000.00"))),
        ("a8", Grandezza.COFINANZIAMENTO_RESO, Grandezza.COFINANZIAMENTO,
         (D("4000.00"), D("30000.00"))),
        ("c1", Grandezza.GRUPPI_AVVIATI, Grandezza.GRUPPI_PREVISTI, (D(1), D(1))),
        ("c3", Grandezza.SPERIMENTAZIONI_AVVIATE, None, (D(0), None)),
    ],
)  # fmt: skip
def test_i_due_termini_di_ogni_indicatore(
    codice: str, sopra: Grandezza, sotto: Grandezza | None, attesi: tuple[Decimal, Decimal | None]
) -> None:
    (valore,) = calcola([indicatore(codice, sopra, sotto)], PIANO)
    assert (valore.numeratore, valore.denominatore) == attesi


def test_gli_incontri_sono_anche_per_gruppo_di_lavoro() -> None:
    assert calcola([indicatore("c2", Grandezza.INCONTRI, per_azione=True)], PIANO) == [
        Valore("c2", D(3)),
        Valore("c2", D(3), dettaglio="trasversale-1"),
    ]


def test_un_piano_vuoto_non_si_divide() -> None:
    valori = calcola(REGOLE.indicatori, Situazione())
    assert {v.codice: v.motivo for v in valori} == {
        "a1": "",
        "a2": "Il denominatore è zero.",
        "a3": "Nessuna azione dice quante sono le persone raggiunte. Nessuna azione dice quante "
              "sono le persone previste.",
        "a4": "Nessuna azione dice quante sono le imprese raggiunte. Nessuna azione dice quante "
              "sono le imprese previste.",
        "a5": "Nessuna azione dice quante sono le persone raggiunte. Nessuna azione dice quante "
              "sono le persone previste.",
        "a6": "Nessuna azione dice quante sono le imprese raggiunte. Nessuna azione dice quante "
              "sono le imprese previste.",
        "a7": "Non ci sono risorse liquidate. Non ci sono risorse previste.",
        "a8": "Non ci sono cifre di cofinanziamento reso. Non ci sono cifre di cofinanziamento.",
        "a9": "Non ci sono cifre di cofinanziamento in denaro. Non ci sono cifre di "
              "cofinanziamento.",
    }  # fmt: skip
