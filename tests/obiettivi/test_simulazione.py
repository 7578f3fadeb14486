# SPDX-License-Identifier: AGPL-3.0-or-later
"""The simulator: a sheet of cases in, scores and roll-up out, worked by hand."""

from dataclasses import replace
from decimal import Decimal

import pytest

from obiettivi.calcolo.arrotondamento import Arrotondamento, Livello, Modo
from obiettivi.calcolo.edizione import (
    Cancelli,
    Cancello,
    Classe,
    Edizione,
    GruppoAree,
    Pesi,
    Politica,
    Sintesi,
    SintesiLivelli,
)
from obiettivi.simulazione import Riga, Simulazione, leggi_casi, simula
from tests.obiettivi.fogli import PROPORZIONE, prova


def una(riga: str, edizione: Edizione = PROPORZIONE, anno: int | None = None) -> Riga:
    return prova(f"x,,{riga},", edizione, anno).casi[0]


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
