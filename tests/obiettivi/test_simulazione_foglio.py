# SPDX-License-Identifier: AGPL-3.0-or-later
"""The sheet of cases as it is read: numbers as written, columns, what is refused and where."""

import csv
from decimal import Decimal
from io import StringIO

import pytest

from obiettivi.simulazione import CasiNonValidi, in_csv, leggi_casi, simula
from obiettivi.simulazione.cifre import Cifra, Grafia, Illeggibile, cifra, grafia_di
from tests.obiettivi.fogli import INTESTAZIONE, PROPORZIONE, problemi

# Numbers -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("testo", "grafia", "atteso"),
    [
        ("92", Grafia.ITALIANA, Cifra(Decimal(92))),
        ("92,5%", Grafia.ITALIANA, Cifra(Decimal("92.5"), "%")),
        ("92.88", Grafia.ITALIANA, Cifra(Decimal("92.88"))),
        ("1.205,30", Grafia.SEMPLICE, Cifra(Decimal("1205.30"))),
        ("1.205", Grafia.ITALIANA, Cifra(Decimal(1205))),
        ("1.205", Grafia.SEMPLICE, Cifra(Decimal("1.205"))),
        ("0.125", Grafia.ITALIANA, Cifra(Decimal("0.125"))),
        ("1.205.300", Grafia.SEMPLICE, Cifra(Decimal(1205300))),
        ("-3", Grafia.ITALIANA, Cifra(Decimal(-3))),
        ("−3,5", Grafia.ITALIANA, Cifra(Decimal("-3.5"))),
        ("48 ore", Grafia.ITALIANA, Cifra(Decimal(48), "ore")),
        ("57,53 GG", Grafia.ITALIANA, Cifra(Decimal("57.53"), "gg")),
        ("€ 23.499.000", Grafia.ITALIANA, Cifra(Decimal(23499000), "€")),
        ("n. 3", Grafia.ITALIANA, Cifra(Decimal(3))),
    ],
)  # fmt: skip
def test_un_numero_si_legge_all_italiana_o_con_il_punto(
    testo: str, grafia: Grafia, atteso: Cifra
) -> None:
    assert cifra(testo, grafia) == atteso


@pytest.mark.parametrize(
    "testo", ["", "abc", "1,2,3", "1.20.5", "12e3", "1 2", "--3", "NaN", "9" * 31]
)
def test_cio_che_non_e_un_numero_si_rifiuta(testo: str) -> None:
    with pytest.raises(Illeggibile):
        cifra(testo, Grafia.ITALIANA)


@pytest.mark.parametrize(
    ("celle", "separatore", "attesa"),
    [
        (["1.205", "96,65"], ",", Grafia.ITALIANA),
        (["1.205", "96.65"], ";", Grafia.SEMPLICE),
        (["1.205", "95"], ";", Grafia.ITALIANA),
        (["1.205", "95"], ",", Grafia.SEMPLICE),
        (["1.205", "95"], "\t", Grafia.ITALIANA),
        (["96,65", "96.65"], ",", Grafia.MISTA),
        (["10/12,5"], ";", Grafia.ITALIANA),
    ],
)  # fmt: skip
def test_come_sono_scritti_i_numeri_lo_dicono_gli_altri_numeri_poi_il_separatore(
    celle: list[str], separatore: str, attesa: Grafia
) -> None:
    assert grafia_di(celle, separatore) is attesa


# The sheet ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("segno", ["", "\ufeff"])
@pytest.mark.parametrize("separatore", [",", ";", "\t"])
@pytest.mark.parametrize("fine", ["\n", "\r\n"])
def test_si_leggono_virgole_punti_e_virgola_e_tabulazioni(
    segno: str, separatore: str, fine: str
) -> None:
    righe = [INTESTAZIONE, 'a,,≥ 95%,,,,,"92,3%",']
    testo = segno + fine.join(righe).replace('"92,3%"', "92.3%").replace(",", separatore)
    tabella = leggi_casi(testo.encode())
    assert tabella.colonne == tuple(INTESTAZIONE.split(","))
    assert simula(tabella, PROPORZIONE).casi[0].punteggio == "97.16"


def test_un_a_capo_dentro_una_cella_non_spezza_la_riga() -> None:
    testo = f'{INTESTAZIONE},nota\na,,≥ 95%,,,,,92%,,"prima\rseconda\r\nterza"\n'
    scritto = csv.reader(StringIO(in_csv(simula(leggi_casi(testo), PROPORZIONE))))
    assert [riga[9] for riga in scritto] == ["nota", "prima\nseconda\nterza", ""]


def test_le_colonne_stanno_in_qualunque_ordine_e_quelle_in_piu_restano() -> None:
    testo = "Risultato;nota;ID;target\n92%;dal foglio 3;a;≥ 95%\n\n"
    simulazione = simula(leggi_casi(testo), PROPORZIONE)
    assert in_csv(simulazione).splitlines()[:2] == [
        "risultato,nota,id,target,punteggio,stato,spiegazione",
        in_csv(simulazione).splitlines()[1],
    ]
    assert (
        in_csv(simulazione).splitlines()[1].startswith("92%,dal foglio 3,a,≥ 95%,96.84,calcolato")
    )


def test_ogni_cella_sbagliata_e_nominata_con_la_sua_riga_e_la_sua_colonna() -> None:
    testo = (
        f"{INTESTAZIONE}\n"
        "a,,≥ 95%,,,in su,abc,92,-1\n"
        "\n"
        "b,,,circa,95,,,fatto bene,x\n"
        "a,,≥ 95%,<=,95,,,31/02/2022,\n"
        "c,,≥ 95%,,,,,92,1,e altro\n"
    )
    assert problemi(testo) == [
        "Riga 6: ha 10 celle, l'intestazione 9.",
        "Riga 2, colonna «verso»: «in su» non è un verso: serve uno fra crescente, decrescente, "
        "mantenimento, o niente.",
        "Riga 2, colonna «base»: «abc» non è un numero.",
        "Riga 2, colonna «peso»: «-1» è negativo: un peso va da zero in su.",
        "Riga 4, colonna «valore»: «circa» non è un operatore: serve uno fra ≥, >, ≤, <, =.",
        "Riga 4, colonna «peso»: «x» non è un numero.",
        "Riga 4, colonna «risultato»: «fatto bene» non si sa confrontare: serve un numero, "
        "oppure sì, no o n.d. (manca).",
        "Riga 5, colonna «target»: «≥ 95%» e «<= 95» dicono cose diverse: scrivere o il target "
        "come stampato, o operatore e valore.",
        "Riga 5, colonna «risultato»: «31/02/2022» non è una data del calendario.",
        "Riga 5, colonna «id»: «a» è già alla riga 2.",
    ]


def test_un_numero_ambiguo_in_un_foglio_misto_si_chiede() -> None:
    testo = f'{INTESTAZIONE}\na,,,>=,"96,5",,,96.5,\nb,,,>=,1000,,,1.205,\n'
    assert problemi(testo) == [
        "Riga 3, colonna «risultato»: «1.205» può essere 1205 o 1,205: scriverlo in uno di "
        "questi modi."
    ]


@pytest.mark.parametrize(
    ("testo", "attesi"),
    [
        ("", ["Il file è vuoto: serve l'intestazione con i nomi delle colonne."]),
        (INTESTAZIONE, ["Sotto l'intestazione non c'è nessuna riga da valutare."]),
        ("id,target,risultati\na,1,2", [
            "Intestazione: «risultati» non è una colonna; forse «risultato»?",
            "Intestazione: manca la colonna «risultato».",
        ]),
        ("id,risultato\na,1", [
            "Intestazione: serve la colonna «target», o «operatore» e «valore»."
        ]),
        ("id,id,target,risultato,stato\na,b,1,2,3", [
            "Intestazione: la colonna «id» compare più di una volta.",
            "Intestazione: la colonna «stato» la scrive il simulatore; toglierla o rinominarla.",
        ]),
        (f'{INTESTAZIONE}\na,,"≥ 95%,,,,,92,', [
            "Riga 2: le virgolette non tornano, o la cella è troppo lunga."
        ]),
    ],
)  # fmt: skip
def test_un_foglio_che_non_si_legge_dice_perche(testo: str, attesi: list[str]) -> None:
    assert problemi(testo) == attesi


def test_un_file_che_non_e_utf8_dice_come_salvarlo() -> None:
    with pytest.raises(CasiNonValidi) as preso:
        leggi_casi("id,target,risultato\nè,1,2".encode("latin-1"))
    assert preso.value.problemi == ("Il file non è in UTF-8 (byte 21): salvarlo come «CSV UTF-8».",)
