# SPDX-License-Identifier: AGPL-3.0-or-later
"""The simulator: a sheet of cases in, scores and roll-up out, worked by hand."""

import csv
import json
from dataclasses import replace
from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given, settings
from hypothesis import strategies as st

from obiettivi.calcolo.arrotondamento import Arrotondamento, Livello, Modo
from obiettivi.calcolo.edizione import (
    Cancelli,
    Cancello,
    Classe,
    Edizione,
    GruppoAree,
    MetodiPredefiniti,
    Metodo,
    Pesi,
    Politica,
    Sintesi,
    SintesiLivelli,
)
from obiettivi.calcolo.edizione_dati import come_dati
from obiettivi.simulazione import (
    CasiNonValidi,
    EdizioneIlleggibile,
    Riga,
    Simulazione,
    edizione_da_json,
    in_csv,
    in_dati,
    leggi_casi,
    simula,
)
from obiettivi.simulazione.cifre import Cifra, Grafia, Illeggibile, cifra, grafia_di

RADICE = Path(__file__).resolve().parents[2]
PROPORZIONE = Edizione(
    codice="prova",
    nome="Proporzione",
    metodi=MetodiPredefiniti(valore=Metodo.RAPPORTO, riferimento=Metodo.SOGLIA),
)
INTESTAZIONE = "id,gruppo,target,operatore,valore,verso,base,risultato,peso"


def prova(righe: str, edizione: Edizione = PROPORZIONE, anno: int | None = None) -> Simulazione:
    return simula(leggi_casi(f"{INTESTAZIONE}\n{righe}", anno), edizione)


def una(riga: str, edizione: Edizione = PROPORZIONE, anno: int | None = None) -> Riga:
    return prova(f"x,,{riga},", edizione, anno).casi[0]


def problemi(testo: str) -> list[str]:
    with pytest.raises(CasiNonValidi) as preso:
        leggi_casi(testo)
    return list(preso.value.problemi)


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


# One row -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("riga", "punteggio"),
    [
        ("≥ 95%,,,,,92%", "96.84"),  # 100 · 92 / 95 = 96,8421
        ("≥ 95%,,,,,92", "96.84"),
        ("≥ 95%,,,,,95", "100.00"),
        ("≥ 95%,,,,,99", "100.00"),
        (",>=,90,,,85", "94.44"),  # 100 · 85 / 90
        (",≥,90%,,,54/60", "100.00"),
        (",>=,90,,,54/60", "100.00"),  # a ratio against 90 is a percentage
        (",>=,0.8,,,30/50", "75.00"),  # a ratio against 0,8 is a quotient
        (",>,20,,,20", "99.99"),  # proportion 100, but the target is missed
        (",<,20,,,20", "99.99"),
        (",<=,50,,,60", "80.00"),  # mirror: 100 · (100 − 60) / 50
        (",<=,0,,,0", "100.00"),
        (",>=,0,,,0", "100.00"),
        (",>=,10,,,-5", "0.00"),
        (",=,5,,,5", "100.00"),
        (",=,5,,,4", "0.00"),
        (",=,50,crescente,,25", "50.00"),  # a bare number with a direction is a least
        (",,50,crescente,,25", "50.00"),
        ("60%,,,decrescente,,66%", "90.00"),
        ("tra 40 e 60,,,,,40", "100.00"),
        ("tra 40 e 60,,,,,61", "0.00"),
        (",tra,40 e 60,,,50", "100.00"),
        (",almeno,80%,,,40", "50.00"),
        ("Riduzione,,,,74.5,70.1", "100.00"),
        ("Riduzione,,,,74.5,74.5", "0.00"),
        ("Mantenimento,,,decrescente,120,118.5", "100.00"),
        ("Sì,,,,,sì", "100.00"),
        ("Sì,,,,,NO", "0.00"),
        ("Sì,,,,,1", "100.00"),
        (",=,sì,,,sì", "100.00"),
        (",=,no,,,sì", "0.00"),
        ("Avvio,,,,,75%", "75.00"),
        ("Avvio,,,,,75", "75.00"),
        ("Avvio,,,,,3/4", "75.00"),
        ("Avvio,,,,,sì", "100.00"),
        ("entro il 31/12/2022,,,,,31/12/2022", "100.00"),
        ("entro il 31/12/2022,,,,,2023-01-01", "0.00"),
        (",<=,31/12/2022,,,15/11/2022", "100.00"),
        ("entro il 30/06,,,,,15/06/2023", "100.00"),
        ("Benchmark regionale,,8.7,decrescente,,8.5", "100.00"),
        ("Benchmark regionale,,8.7,decrescente,,8.8", "0.00"),
        ("≤ 21 gg nel 90% dei casi,,,,,45/50", "100.00"),
        ("≤ 21 gg nel 90% dei casi,,,,,81%", "90.00"),
        ("1° trim: 80% 4° trim: 90%,,,crescente,,81%", "90.00"),  # the last quarter counts
        ("1° trim: 80% 4° trim: 90%,,,crescente,,1° trim: 40% 4° trim: 90%", "75.00"),
        ('"87% Cremona 50% Oglio Po",,,crescente,,"87% Cremona 25% Oglio Po"', "75.00"),
        ("≥ 95%,>=,95,,,95", "100.00"),  # the same said twice
    ],
)  # fmt: skip
def test_una_riga_ha_il_punteggio_fatto_a_mano(riga: str, punteggio: str) -> None:
    esito = una(riga)
    assert (esito.stato, esito.punteggio) == ("calcolato", punteggio)


@pytest.mark.parametrize(
    ("riga", "stato", "motivo"),
    [
        ("≥ 95%,,,,,", "non_calcolabile", "manca il risultato"),
        ("≥ 95%,,,,,n.d.", "non_calcolabile", "manca il risultato: n.d."),
        ("≥ 95%,,,,,-", "non_calcolabile", "manca il risultato: -"),
        ("≥ 95%,,,,,5/0", "non_calcolabile", "il denominatore è zero"),
        ("≥ 95%,,,,,sì", "non_calcolabile", "il risultato non è un numero: «sì»"),
        (",,,,,92", "non_calcolabile", "manca il target"),
        (",>=,,,,92", "non_calcolabile", "manca il target"),
        ("60%,,,,,66%", "non_calcolabile", "non è indicato se è meglio crescere o diminuire"),
        ("Riduzione,,,,,70", "non_calcolabile", "manca il valore di partenza"),
        ("Benchmark regionale,,,crescente,,8", "non_calcolabile",
         "benchmark sconosciuto: «Benchmark regionale»"),
        ("≥ 95%,,,,,48 ore", "non_calcolabile",
         "risultato e target hanno unità diverse: risultato in ore, target in %"),
        ("Da definire,,,,,8", "non_calcolabile", "il target è da definire: «Da definire»"),
        ("≥ 95%,,,,,non applicabile: reparto chiuso", "escluso",
         "non applicabile: reparto chiuso"),
    ],
)  # fmt: skip
def test_cio_che_manca_non_vale_zero_e_dice_perche(riga: str, stato: str, motivo: str) -> None:
    esito = una(riga)
    assert (esito.stato, esito.punteggio, esito.esito.frase) == (stato, "", motivo)


def test_di_un_target_per_anno_vale_l_anno_chiesto() -> None:
    riga = "2022: 80% 2023: 90%,,,crescente,,72"
    assert una(riga).punteggio == "80.00"
    assert una(riga, anno=2022).punteggio == "90.00"


def test_la_spiegazione_ha_i_numeri_la_riga_e_nessun_anno_inventato() -> None:
    frasi = una("≥ 95%,,,,,92%").frasi
    assert "Risultato dell’anno: 92 % (origine: riga 2)." in frasi
    assert "100 × 92 / 95 = 96,8421." in frasi
    assert frasi[-1] == "Punteggio: 96,84."


# Decimals ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("modo", "decimali", "scritto"),
    [
        (Modo.META_SU, 2, "66.67"),
        (Modo.TRONCAMENTO, 2, "66.66"),
        (Modo.TRONCAMENTO, 0, "66"),
        (Modo.META_PARI, 3, "66.667"),
        (Modo.NESSUNO, 1, "66.7"),
    ],
)
def test_il_punteggio_ha_i_decimali_dell_edizione(modo: Modo, decimali: int, scritto: str) -> None:
    livelli = () if modo is Modo.NESSUNO else (Livello.INDICATORE,)
    edizione = replace(PROPORZIONE, arrotondamento=Arrotondamento(modo, decimali, livelli))
    assert una(",>=,3,,,2", edizione).punteggio == scritto


def test_arrotondare_ai_livelli_di_sotto_o_solo_in_cima_da_cifre_diverse() -> None:
    # 100 · 2/3 and 100 · 1/3: cut below 66,66 + 33,33 = 99,99 / 2 = 49,995; uncut, exactly 50.
    righe = "a,A,,>=,3,,,2,\nb,A,,>=,3,,,1,\n"
    sotto = replace(PROPORZIONE, arrotondamento=Arrotondamento(Modo.TRONCAMENTO, 2))
    sopra = replace(sotto, arrotondamento=Arrotondamento(Modo.TRONCAMENTO, 2, (Livello.PIANO,)))
    assert [riga.punteggio for riga in prova(righe, sotto).righe] == [
        "66.66", "33.33", "49.99", "49.99"
    ]  # fmt: skip
    assert prova(righe, sotto).totale.esatto == Decimal("49.995")
    assert [riga.punteggio for riga in prova(righe, sopra).righe] == [
        "66.66", "33.33", "50.00", "50.00"
    ]  # fmt: skip


def test_sotto_cento_non_si_scrive_mai_cento() -> None:
    edizione = replace(PROPORZIONE, arrotondamento=Arrotondamento(Modo.META_SU, 0))
    assert una(",>=,1000,,,999.9", edizione).punteggio == "99"


# Roll-up -----------------------------------------------------------------------------------------

DUE_GRUPPI = "a,A,,>=,100,,,80,{}\nb,A,,>=,100,,,60,{}\nc,B,,>=,100,,,50,{}\n"


def punteggi(simulazione: Simulazione) -> list[str]:
    return [riga.punteggio for riga in (*simulazione.gruppi, simulazione.totale)]


@pytest.mark.parametrize(
    ("pesi", "attesi"),
    [
        (("", "", ""), ["70.00", "50.00", "60.00"]),  # equal rows, equal groups
        (("30", "10", "60"), ["75.00", "50.00", "60.00"]),  # 40 % of 75 + 60 % of 50
        (("50", "50", "100"), ["70.00", "50.00", "60.00"]),  # 100 in each group: equal groups
        (("3", "1", "2"), ["75.00", "50.00", "66.67"]),  # (4 · 75 + 2 · 50) / 6
    ],
)
def test_i_gruppi_pesano_quanto_le_loro_righe(
    pesi: tuple[str, str, str], attesi: list[str]
) -> None:
    assert punteggi(prova(DUE_GRUPPI.format(*pesi))) == attesi


def test_i_pesi_mantenuti_valgono_sul_totale_del_foglio() -> None:
    edizione = replace(PROPORZIONE, pesi=Pesi.MANTENUTI)
    assert punteggi(prova(DUE_GRUPPI.format(30, 10, 60), edizione)) == ["75.00", "50.00", "60.00"]
    senza_c = DUE_GRUPPI.format(30, 10, 60).replace(",50,60", ",,60")
    assert punteggi(prova(senza_c, edizione)) == ["75.00", "", "30.00"]


def test_i_pesi_delle_aree_dell_edizione_valgono_per_i_gruppi_che_nomina() -> None:
    edizione = replace(
        PROPORZIONE,
        gruppi_aree=(
            GruppoAree("Economia", ("A",), Decimal(30)),
            GruppoAree("Altro", ("B",), Decimal(70)),
        ),
    )
    assert punteggi(prova(DUE_GRUPPI.format(3, 1, 2), edizione)) == ["75.00", "50.00", "57.50"]


def test_ogni_livello_ha_la_sua_sintesi() -> None:
    edizione = replace(
        PROPORZIONE, sintesi=SintesiLivelli(area=Sintesi.MINIMO, piano=Sintesi.MEDIA_SEMPLICE)
    )
    assert punteggi(prova(DUE_GRUPPI.format(30, 10, 60), edizione)) == ["60.00", "50.00", "55.00"]


@pytest.mark.parametrize(
    ("politica", "attesi"),
    [
        (Politica.ESCLUDI, ["80.00", "80.00"]),
        (Politica.ZERO, ["40.00", "40.00"]),
        (Politica.BLOCCA, ["", ""]),
    ],
)
def test_un_risultato_mancante_segue_la_politica_dell_edizione(
    politica: Politica, attesi: list[str]
) -> None:
    righe = "a,A,,>=,100,,,80,\nb,A,,>=,100,,,n.d.,\n"
    simulazione = prova(righe, replace(PROPORZIONE, mancanti=politica))
    assert punteggi(simulazione) == attesi
    assert simulazione.casi[1].punteggio == ""
    assert simulazione.totale.copertura == 50


def test_senza_gruppi_c_e_solo_il_totale() -> None:
    simulazione = prova("a,,,>=,100,,,80,\nb,,,>=,100,,,60,\n")
    assert simulazione.gruppi == ()
    assert simulazione.totale.punteggio == "70.00"


def test_chi_non_ha_gruppo_fra_gli_altri_fa_gruppo_a_se() -> None:
    simulazione = prova("a,A,,>=,100,,,80,\nb,,,>=,100,,,60,\nc,,,>=,100,,,40,\n")
    assert [riga.celle["id"] for riga in simulazione.gruppi] == ["gruppo:A", "gruppo:"]
    assert punteggi(simulazione) == ["80.00", "50.00", "65.00"]


def test_il_totale_dice_la_classe_finale() -> None:
    edizione = replace(
        PROPORZIONE,
        classi=(
            Classe("Non sufficiente", Decimal(0), Decimal(0)),
            Classe("Buono", Decimal(60), Decimal("87.5")),
        ),
    )
    totale = prova("a,,,>=,100,,,60,\n", edizione).totale
    assert totale.classe == edizione.classi[1]
    assert "Buono" in totale.frasi[-1]
    assert "87,5" in totale.frasi[-1]


CON_CANCELLO = replace(
    PROPORZIONE,
    prerequisiti=Cancelli(area=Cancello(soglia=Decimal(100)), piano=Cancello(soglia=Decimal(100))),
)
COLONNE_IN_PIU = "id,gruppo,operatore,valore,risultato,peso,prerequisito,recupero\n"


def con_colonne(righe: str, edizione: Edizione) -> Simulazione:
    return simula(leggi_casi(COLONNE_IN_PIU + righe), edizione)


def test_una_riga_prerequisito_e_una_condizione_sul_suo_gruppo() -> None:
    righe = "p,A,>=,10,{},,sì,\na,A,>=,100,80,,,\nb,B,>=,100,60,,no,\n"
    assert punteggi(con_colonne(righe.format(10), CON_CANCELLO)) == ["80.00", "60.00", "70.00"]
    assert punteggi(con_colonne(righe.format(9), CON_CANCELLO)) == ["0.00", "60.00", "30.00"]


@pytest.mark.parametrize("gruppo", ["prerequisiti", "Prerequisito"])
def test_il_gruppo_prerequisiti_e_una_condizione_sul_totale_riga_per_riga(gruppo: str) -> None:
    righe = f"p,{gruppo},>=,10,10,,,\nq,{gruppo},>=,10,{{}},,,\na,A,>=,100,80,,,\n"
    assert punteggi(con_colonne(righe.format(10), CON_CANCELLO)) == ["100.00", "80.00", "80.00"]
    assert punteggi(con_colonne(righe.format(5), CON_CANCELLO)) == ["75.00", "80.00", "0.00"]


def test_un_gruppo_fuori_dalle_aree_con_un_peso_e_un_prerequisito_se_il_piano_ha_un_cancello() -> (
    None
):
    gruppi = (GruppoAree("Tutte", ("A",), Decimal(100)),)
    righe = "p,IST,>=,10,5,,,\na,A,>=,100,80,,,\n"
    con = con_colonne(righe, replace(CON_CANCELLO, gruppi_aree=gruppi))
    senza = con_colonne(righe, replace(PROPORZIONE, gruppi_aree=gruppi))
    assert punteggi(con) == ["50.00", "80.00", "0.00"]
    assert punteggi(senza) == ["50.00", "80.00", "80.00"]


def test_il_recupero_per_cause_esogene_rende_una_parte_di_cio_che_manca() -> None:
    simulazione = con_colonne("a,,>=,100,60,,,25\n", PROPORZIONE)
    assert simulazione.casi[0].punteggio == "70.00"  # 60 + 40 · 25 / 100


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


# The command -------------------------------------------------------------------------------------


@pytest.fixture
def regole(tmp_path: Path) -> Path:
    percorso = tmp_path / "edizione.json"
    percorso.write_text(json.dumps(come_dati(PROPORZIONE)), encoding="utf-8")
    return percorso


def comando(regole: Path, casi: Path, *opzioni: str) -> str:
    uscita = StringIO()
    call_command("simula", f"--edizione={regole}", f"--casi={casi}", *opzioni, stdout=uscita)
    return uscita.getvalue()


ESEMPIO = RADICE / "fixtures" / "esempi" / "simulazione-casi.csv"


def test_il_comando_scrive_le_righe_i_gruppi_e_il_totale(regole: Path) -> None:
    righe = list(csv.DictReader(StringIO(comando(regole, ESEMPIO))))
    assert [(r["id"], r["gruppo"], r["punteggio"], r["stato"]) for r in righe] == [
        ("P1", "Prevenzione", "97.16", "calcolato"),  # 100 · 92,3 / 95
        ("P2", "Prevenzione", "100.00", "calcolato"),
        ("E1", "Economia", "95.92", "calcolato"),  # 100 · (98 − 51) / 49
        ("E2", "Economia", "100.00", "calcolato"),
        ("E3", "Economia", "100.00", "calcolato"),
        ("S1", "Sviluppo", "75.00", "calcolato"),
        ("S2", "Sviluppo", "100.00", "calcolato"),
        ("S3", "Sviluppo", "", "non_calcolabile"),
        ("gruppo:Prevenzione", "Prevenzione", "98.30", "calcolato"),  # 58,296 + 40
        ("gruppo:Economia", "Economia", "97.96", "calcolato"),  # 47,96 + 50
        ("gruppo:Sviluppo", "Sviluppo", "87.50", "calcolato"),
        ("totale", "", "94.59", "calcolato"),  # (98,296 + 97,96 + 87,5) / 3 = 94,5853
    ]
    assert righe[0]["risultato"] == "92,3%"
    assert righe[-1]["spiegazione"].endswith("Punteggio: 94,59.")


def test_il_json_dice_le_stesse_cifre_del_csv_e_quelle_esatte(regole: Path) -> None:
    dati = json.loads(comando(regole, ESEMPIO, "--formato=json"))
    assert dati["schema"] == "albero/simulazione/1"
    assert dati["edizione"] == {"codice": "prova", "nome": "Proporzione"}
    assert dati["casi"][0]["punteggio"] == "97.16"
    assert dati["casi"][7]["punteggio"] is None
    assert dati["casi"][7]["motivo"] == "manca il risultato: n.d."
    assert dati["gruppi"][0]["punteggio_esatto"] == "98.296"
    assert dati["totale"]["punteggio"] == "94.59"
    assert dati["totale"]["classe"] is None
    righe = list(csv.DictReader(StringIO(comando(regole, ESEMPIO))))
    json_righe = [*dati["casi"], *dati["gruppi"], dati["totale"]]
    assert [r["punteggio"] or None for r in righe] == [r["punteggio"] for r in json_righe]
    assert [r["spiegazione"] for r in righe] == [r["spiegazione"] for r in json_righe]


def test_il_comando_dice_tutto_cio_che_non_va_e_non_scrive_niente(
    regole: Path, tmp_path: Path
) -> None:
    dati = come_dati(PROPORZIONE) | {"tetto": "-1", "colore": "blu"}
    regole.write_text(json.dumps(dati), encoding="utf-8")
    casi = tmp_path / "casi.csv"
    casi.write_text(f"{INTESTAZIONE}\na,,≥ 95%,,,,,boh,\n", encoding="utf-8")
    uscita = StringIO()
    with pytest.raises(CommandError) as preso:
        call_command("simula", f"--edizione={regole}", f"--casi={casi}", stdout=uscita)
    assert preso.value.returncode == 1
    assert str(preso.value).splitlines() == [
        "Edizione, colore: campo sconosciuto.",
        "Riga 2, colonna «risultato»: «boh» non si sa confrontare: serve un numero, oppure sì, no "
        "o n.d. (manca).",
    ]
    assert uscita.getvalue() == ""


def test_un_file_che_non_c_e_si_dice(regole: Path, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"manca\.csv: il file non si legge"):
        comando(regole, tmp_path / "manca.csv")


@pytest.mark.parametrize(
    ("testo", "attesi"),
    [
        ("{", ("Il file dell'edizione non è JSON (riga 1, colonna 2).",)),
        ('{"tetto": NaN}', ("Il file dell'edizione non si legge: NaN non è un numero.",)),
        ("[]", ("edizione: serve un oggetto con dei campi.",)),
        ('{"codice": "x", "nome": "y", "pesi": "boh"}',
         ("pesi: «boh» non va bene, serve uno fra normalizzati, mantenuti.",)),
    ],
)  # fmt: skip
def test_un_edizione_sbagliata_nomina_il_campo(testo: str, attesi: tuple[str, ...]) -> None:
    with pytest.raises(EdizioneIlleggibile) as preso:
        edizione_da_json(testo)
    assert preso.value.problemi == attesi


def test_i_numeri_dell_edizione_tengono_tutte_le_cifre() -> None:
    testo = '{"codice": "x", "nome": "y", "tetto_se_mancato": 99.12345678901234567890}'
    assert edizione_da_json(testo).tetto_se_mancato == Decimal("99.12345678901234567890")


TESTI = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        ["≥ 95%", "92", "10/12", "sì", "no", "n.d.", "1.205", "60%", "Avvio", "Riduzione", "=",
         ">=", "tra", "40 e 60", "31/12/2022", "crescente", "0", "-3,5",
         "1° trim: 80% 4° trim: 90%", "87% Cremona 50% Oglio Po", "Benchmark regionale",
         "0/0", "entro il 30/06", "A", ""]
    ),
)  # fmt: skip


@given(st.lists(st.lists(TESTI, min_size=9, max_size=9), min_size=1, max_size=4))
@settings(max_examples=150, deadline=None)
def test_qualunque_foglio_da_un_esito_o_delle_frasi(righe: list[list[str]]) -> None:
    testo = StringIO()
    csv.writer(testo).writerows([INTESTAZIONE.split(","), *righe])
    try:
        simulazione = simula(leggi_casi(testo.getvalue()), PROPORZIONE)
    except CasiNonValidi:
        assert all(frase.endswith(".") for frase in problemi(testo.getvalue()))
        return
    assert len(simulazione.casi) <= len(righe)
    assert all(bool(r.punteggio) == (r.stato == "calcolato") for r in simulazione.righe)
    assert len(list(csv.reader(StringIO(in_csv(simulazione))))) == len(simulazione.righe) + 1


def test_due_volte_lo_stesso_foglio_danno_lo_stesso_testo() -> None:
    testo = ESEMPIO.read_text(encoding="utf-8")
    prima = in_csv(simula(leggi_casi(testo), PROPORZIONE))
    assert in_csv(simula(leggi_casi(testo), PROPORZIONE)) == prima
    assert in_dati(simula(leggi_casi(testo), PROPORZIONE)) == in_dati(
        simula(leggi_casi(testo), PROPORZIONE)
    )
