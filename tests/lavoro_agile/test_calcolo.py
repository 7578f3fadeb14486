# SPDX-License-Identifier: AGPL-3.0-or-later
"""The pure rules: smartabile, the two shares, the cells that stay silent, the editions."""

import random
from decimal import Decimal
from itertools import product

import pytest

from lavoro_agile.calcolo.celle import Tavola, tavola
from lavoro_agile.calcolo.controlli import mancanze
from lavoro_agile.calcolo.edizione import ParametriNonValidi
from lavoro_agile.calcolo.edizione_dati import come_dati, da_dati
from lavoro_agile.calcolo.quote import DoppiaQuota, percento
from lavoro_agile.calcolo.smartabile import Livello, Smartabile, smartabile
from lavoro_agile.predefinite import NOMI, dati_predefiniti, linee_guida, predefinita

ALTO, MEDIO, BASSO = Livello.ALTO, Livello.MEDIO, Livello.BASSO


@pytest.mark.parametrize(
    ("aspetti", "atteso"),
    [
        ((ALTO, BASSO, ALTO), Smartabile.SI),
        ((ALTO, BASSO, MEDIO), Smartabile.SI),
        ((MEDIO, MEDIO, ALTO), Smartabile.IN_PARTE),
        ((ALTO, ALTO, ALTO), Smartabile.IN_PARTE),
        ((BASSO, ALTO, ALTO), Smartabile.NO),
        ((BASSO, BASSO, BASSO), Smartabile.NO),
    ],
)
def test_tre_aspetti_dicono_se_un_attivita_si_puo_fare_fuori_sede(
    aspetti: tuple[Livello, Livello, Livello], atteso: Smartabile
) -> None:
    assert smartabile(*aspetti) == atteso


def test_cio_che_non_si_sposta_non_e_mai_smartabile() -> None:
    for aspetti in product(Livello, repeat=3):
        assert smartabile(*aspetti, delocalizzabile=False) == Smartabile.NO


def test_le_due_quote_di_cremona_stanno_insieme() -> None:
    quota = DoppiaQuota(73, 2426, 223)
    assert (round(quota.sui_dipendenti, 2), round(quota.sui_potenziali, 2)) == (
        Decimal("3.01"),
        Decimal("32.74"),
    )


def test_senza_denominatore_non_c_e_quota() -> None:
    assert DoppiaQuota(7, 0, None).sui_dipendenti is None
    assert percento(None, 10) is None


def test_una_tavola_di_gruppi_grandi_si_mostra_intera() -> None:
    mostrata = tavola({("a", "F"): 9, ("a", "M"): 7, ("b", "F"): 5, ("b", "M"): 0})
    assert not mostrata.tace
    assert mostrata.cella(None, None) == 21
    assert mostrata.cella("b", "M") == 0


def test_di_un_gruppo_piccolo_non_si_dice_nemmeno_per_differenza() -> None:
    mostrata = tavola({("a", "F"): 9, ("a", "M"): 2, ("b", "F"): 8, ("b", "M"): 7})
    assert mostrata.cella("a", "M") is None
    assert {("a", "F"), ("b", "M"), ("b", "F")} <= mostrata.taciute
    assert mostrata.cella("a", None) == 11
    assert mostrata.cella(None, None) == 26


def test_di_un_unita_di_una_persona_tace_anche_il_totale() -> None:
    mostrata = tavola({("a", "F"): 1, ("a", "M"): 0, ("b", "F"): 20, ("c", "F"): 30})
    assert mostrata.cella("a", "F") is None
    assert mostrata.cella("a", None) is None
    assert mostrata.cella(None, None) == 51


def test_un_totale_troppo_piccolo_tace_con_tutto_il_resto() -> None:
    mostrata = tavola({("a", "F"): 1, ("a", "M"): 2})
    assert mostrata.cella(None, None) is None
    assert mostrata.cella("a", "F") is None


def test_le_quattordici_unita_di_cremona_non_si_ricavano() -> None:
    stampate = {
        ("formazione", "F"): 3, ("tecnico", "F"): 1, ("controllo", "M"): 2, ("controllo", "F"): 2,
        ("economica", "F"): 11, ("acquisti", "F"): 4, ("legale", "F"): 1, ("comunicazione", "F"): 1,
        ("medica", "F"): 2, ("agl", "F"): 6, ("rimi", "F"): 1, ("ssst", "M"): 1, ("ssst", "F"): 9,
        ("sia", "M"): 7, ("sia", "F"): 5, ("umane", "M"): 3, ("umane", "F"): 13, ("go", "F"): 1,
    }  # fmt: skip
    mostrata = tavola(stampate)
    assert mostrata.cella(None, None) == 73
    assert (mostrata.cella(None, "F"), mostrata.cella(None, "M")) == (60, 13)
    assert mostrata.cella("economica", "F") == 11
    assert mostrata.cella("rimi", "F") is None
    assert mostrata.cella("umane", "M") is None
    assert mostrata.cella("umane", "F") is None
    assert svelate(mostrata) == []


def svelate(mostrata: Tavola) -> list[object]:
    """The silent cells that one more equation away can be found, trying sums one at a time."""
    ignote = set(mostrata.taciute)
    righe = {riga for riga, _c in mostrata.conteggi if riga is not None}
    colonne = {colonna for _r, colonna in mostrata.conteggi if colonna is not None}
    somme = [[(riga, None), *((riga, c) for c in colonne)] for riga in righe]
    somme += [[(None, c), *((riga, c) for riga in righe)] for c in colonne]
    somme += [[(None, None), *((r, None) for r in righe)]]
    somme += [[(None, None), *((None, c) for c in colonne)]]
    return [somma for somma in somme if len(ignote & set(somma)) == 1]


def test_nessuna_tavola_a_caso_lascia_una_sola_cella_da_ricavare() -> None:
    dadi = random.Random(6)  # noqa: S311 -- tables of a test
    for _volta in range(60):
        celle = {
            (riga, colonna): dadi.choice((0, 0, 1, 2, 4, 5, 8, 20))
            for riga in range(dadi.randint(1, 7))
            for colonna in "FM"
        }
        mostrata = tavola(celle)
        assert svelate(mostrata) == []
        assert all(
            quanti == 0 or quanti >= 5
            for cella, quanti in mostrata.conteggi.items()
            if cella not in mostrata.taciute
        )


@pytest.mark.parametrize("nome", NOMI)
def test_le_regole_pronte_vanno_e_tornano(nome: str) -> None:
    regole = predefinita(nome)
    assert da_dati(come_dati(regole)) == regole


def test_le_regole_di_ats_milano_sono_quelle_del_regolamento() -> None:
    regole = predefinita("ats-milano-2018")
    assert (regole.giorni_mese.valore, regole.giorni_settimana.valore) == (6, 2)
    assert [tranche.posti for tranche in regole.tranche] == [40, 35, 35, 35, 35]
    assert [(una.area, una.colloquio) for una in regole.aree] == [
        ("comparto", True),
        ("dirigenza", False),
    ]
    assert mancanze(regole) == []


def test_di_cremona_mancano_i_giorni_che_il_documento_non_dice() -> None:
    assert [uno.split(":")[0] for uno in mancanze(predefinita("asst-cremona-2021"))] == [
        "giorni_mese"
    ]


def test_regole_sbagliate_dicono_tutto_insieme() -> None:
    dati = dati_predefiniti("da-riempire")
    dati["giorni_settimana"] = {"valore": 9, "fonte": ""}
    dati["cella_minima"] = 1
    dati["termini"]["recesso"] = 10
    with pytest.raises(ParametriNonValidi) as raccolto:
        da_dati(dati)
    assert raccolto.value.problemi == [
        "giorni_settimana.valore: va da 1 a 7.",
        "giorni_settimana.valore: sono più dei giorni al mese.",
        "termini.recesso: almeno 30 giorni (art. 19 c. 2 L. 81/2017).",
        "cella_minima: almeno 3, altrimenti le persone si riconoscono.",
    ]


def test_la_linea_guida_ha_quaranta_indicatori_in_undici_dimensioni() -> None:
    indicatori = linee_guida()["indicatori"]
    assert len({uno["codice"] for uno in indicatori}) == 40
    assert len({uno["dimensione"] for uno in indicatori}) == 11
