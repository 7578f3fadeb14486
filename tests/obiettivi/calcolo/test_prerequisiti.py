# SPDX-License-Identifier: AGPL-3.0-or-later
"""Conditions on a roll-up: prerequisites, and a minimum for every child."""

from dataclasses import replace
from decimal import Decimal

import pytest

from obiettivi.calcolo.aggregazione import Nodo, aggrega
from obiettivi.calcolo.arrotondamento import Livello
from obiettivi.calcolo.edizione import Cancelli, Cancello, Effetto, Insieme, Politica
from obiettivi.calcolo.passi import Codice
from obiettivi.calcolo.valori import Calcolato, Motivo, NonCalcolabile, Punteggio
from tests.obiettivi.calcolo.gruppi import (
    DUE,
    ESATTA,
    FUORI,
    GRADI,
    IGNOTO,
    LIVELLI,
    MANCA,
    codici,
    foglia,
    scheda,
)

D = Decimal


def cancelli(livello: Livello, cancello: Cancello) -> Cancelli:
    return Cancelli(**{livello.value: cancello})


# --- prerequisites ------------------------------------------------------------------------


@pytest.mark.parametrize("livello", LIVELLI)
@pytest.mark.parametrize(("condizione", "atteso"), [("100", 82), ("99.99", 0), ("0", 0)])
def test_un_prerequisito_mancato_azzera_a_ogni_livello(
    livello: Livello, condizione: str, atteso: int
) -> None:
    edizione = replace(ESATTA, prerequisiti=cancelli(livello, Cancello()))
    nodo = scheda(*DUE, foglia(condizione, None, "Privacy", True), livello=livello)
    assert aggrega(nodo, edizione).punteggio == Calcolato(D(atteso))


def test_un_area_intera_puo_essere_il_prerequisito_della_scheda() -> None:
    edizione = replace(ESATTA, prerequisiti=Cancelli(scheda=Cancello(soglia=D(60))))
    istituzionali = Nodo(Livello.AREA, "a0", "Istituzionali", (foglia("59.9"),), prerequisito=True)
    economica = Nodo(Livello.AREA, "a1", "Economica", (foglia("90"),))
    nodo = Nodo(Livello.SCHEDA, "s", "Scheda", (istituzionali, economica))
    aggregato = aggrega(nodo, edizione)
    assert aggregato.punteggio == Calcolato(D(0))
    assert [(voce.nome, voce.quota) for voce in aggregato.contributi] == [
        ("Istituzionali", 0),
        ("Economica", 100),
    ]
    assert aggrega(nodo, replace(edizione, prerequisiti=Cancelli())).punteggio == Calcolato(D(90))


def test_un_prerequisito_non_pesa_e_non_entra_nella_copertura() -> None:
    edizione = replace(ESATTA, prerequisiti=Cancelli(scheda=Cancello()))
    aggregato = aggrega(scheda(*DUE, foglia(MANCA, "50", "Privacy", True)), edizione)
    assert (aggregato.somma_pesi, aggregato.copertura) == (100, 100)
    assert Codice.PESI_NON_CENTO not in codici(aggregato)


def test_senza_una_regola_il_prerequisito_resta_fuori_e_si_dice() -> None:
    aggregato = aggrega(scheda(*DUE, foglia("0", None, "Privacy", True)), ESATTA)
    assert aggregato.punteggio == Calcolato(D(82))
    assert Codice.PREREQUISITO_SENZA_REGOLA in codici(aggregato)


@pytest.mark.parametrize(
    ("condizione", "atteso"),
    [
        ("0", "0"),
        ("49.99", "0"),
        ("50", "41"),  # 82 × 50 %
        ("79.99", "41"),
        ("80", "65.6"),  # 82 × 80 %
        ("99.99", "65.6"),
        ("100", "82"),
        ("120", "82"),
    ],
)
def test_il_fattore_graduato_moltiplica_il_totale(condizione: str, atteso: str) -> None:
    edizione = replace(
        ESATTA, prerequisiti=Cancelli(scheda=Cancello(Effetto.FATTORE, fattori=GRADI))
    )
    nodo = scheda(*DUE, foglia(condizione, None, "Privacy", True))
    assert aggrega(nodo, edizione).punteggio == Calcolato(D(atteso))


@pytest.mark.parametrize(
    ("insieme", "pesi", "atteso"),
    [
        (Insieme.MINIMO, ("3", "1"), "41"),  # the worst is 60: 82 × 50 %
        (Insieme.MEDIA, ("3", "1"), "65.6"),  # (3 × 100 + 60) / 4 = 90: 82 × 80 %
        (Insieme.MEDIA, ("1", "3"), "41"),  # (100 + 3 × 60) / 4 = 70: 82 × 50 %
        (Insieme.MEDIA, (None, None), "65.6"),  # 80
        (Insieme.MEDIA, ("0", "0"), "65.6"),  # weights all zero: plain mean, 80
    ],
)
def test_piu_prerequisiti_fanno_una_condizione_sola(
    insieme: Insieme, pesi: tuple[str | None, str | None], atteso: str
) -> None:
    cancello = Cancello(Effetto.FATTORE, insieme=insieme, fattori=GRADI)
    edizione = replace(ESATTA, prerequisiti=Cancelli(scheda=cancello))
    nodo = scheda(*DUE, foglia("100", pesi[0], "A", True), foglia("60", pesi[1], "B", True))
    assert aggrega(nodo, edizione).punteggio == Calcolato(D(atteso))


def test_il_cancello_che_limita_non_alza_mai() -> None:
    limita = Cancello(Effetto.LIMITA, soglia=D(60), limite=D("59.99"))
    edizione = replace(ESATTA, prerequisiti=Cancelli(scheda=limita))
    rosso = foglia("59", None, "Privacy", True)
    assert aggrega(scheda(*DUE, rosso), edizione).punteggio == Calcolato(D("59.99"))
    assert aggrega(scheda(foglia("40"), rosso), edizione).punteggio == Calcolato(D(40))
    verde = foglia("60", None, "Privacy", True)
    assert aggrega(scheda(*DUE, verde), edizione).punteggio == Calcolato(D(82))


def test_il_cancello_che_sbarra_toglie_il_punteggio_e_dice_perche() -> None:
    edizione = replace(ESATTA, prerequisiti=Cancelli(scheda=Cancello(Effetto.SBARRA)))
    aggregato = aggrega(scheda(*DUE, foglia("0", None, "Privacy", True)), edizione)
    assert aggregato.punteggio == NonCalcolabile(Motivo.SBARRATO, "Privacy")


@pytest.mark.parametrize(
    ("stato", "mancanti", "non_valutabili", "atteso"),
    [
        (MANCA, Politica.ESCLUDI, Politica.BLOCCA, Calcolato(D(82))),
        (MANCA, Politica.ZERO, Politica.BLOCCA, Calcolato(D(0))),
        (MANCA, Politica.BLOCCA, Politica.ZERO, NonCalcolabile(Motivo.BLOCCATO, "Privacy")),
        (IGNOTO, Politica.BLOCCA, Politica.ESCLUDI, Calcolato(D(82))),
        (IGNOTO, Politica.ESCLUDI, Politica.ZERO, Calcolato(D(0))),
        (FUORI, Politica.BLOCCA, Politica.BLOCCA, Calcolato(D(82))),
    ],
)
def test_un_prerequisito_senza_punteggio_segue_le_politiche(
    stato: Punteggio, mancanti: Politica, non_valutabili: Politica, atteso: Punteggio
) -> None:
    edizione = replace(
        ESATTA,
        prerequisiti=Cancelli(scheda=Cancello()),
        mancanti=mancanti,
        non_valutabili=non_valutabili,
    )
    nodo = scheda(*DUE, foglia(stato, None, "Privacy", True))
    assert aggrega(nodo, edizione).punteggio == atteso


def test_i_soli_prerequisiti_non_fanno_un_punteggio() -> None:
    edizione = replace(ESATTA, prerequisiti=Cancelli(scheda=Cancello()))
    aggregato = aggrega(scheda(foglia("100", None, "Privacy", True)), edizione)
    assert aggregato.punteggio == NonCalcolabile(Motivo.NESSUN_ELEMENTO)


# --- a minimum for every child ------------------------------------------------------------


@pytest.mark.parametrize(
    ("punti", "atteso"),
    [(("60", "60", "90", "70"), 70), (("59.99", "60", "90"), 0), (("100", "100", "59"), 0)],
)
def test_tutte_le_aree_almeno_a_sessanta(punti: tuple[str, ...], atteso: int) -> None:
    edizione = replace(ESATTA, minimi=Cancelli(piano=Cancello(soglia=D(60))))
    aree = tuple(Nodo(Livello.AREA, p, p, (foglia(p),)) for p in punti)
    assert aggrega(Nodo(Livello.PIANO, "p", "p", aree), edizione).punteggio == Calcolato(D(atteso))


def test_un_area_senza_punteggio_non_chiude_il_cancello_se_resta_fuori() -> None:
    edizione = replace(ESATTA, minimi=Cancelli(scheda=Cancello(soglia=D(60))))
    nodo = scheda(foglia("80"), foglia(MANCA))
    assert aggrega(nodo, edizione).punteggio == Calcolato(D(80))
    assert aggrega(nodo, replace(edizione, mancanti=Politica.ZERO)).punteggio == Calcolato(D(0))


def test_i_due_cancelli_agiscono_uno_dopo_l_altro() -> None:
    edizione = replace(
        ESATTA,
        prerequisiti=Cancelli(scheda=Cancello(Effetto.FATTORE, fattori=GRADI)),
        minimi=Cancelli(scheda=Cancello(Effetto.LIMITA, soglia=D(75), limite=D(60))),
    )
    # 82 × 80 % = 65,6; «Esiti» is at 70, under 75: at most 60
    nodo = scheda(*DUE, foglia("80", None, "Privacy", True))
    assert aggrega(nodo, edizione).punteggio == Calcolato(D(60))
