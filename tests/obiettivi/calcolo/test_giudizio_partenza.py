# SPDX-License-Identifier: AGPL-3.0-or-later
"""Where an indicator starts from, and what is asked of it from there: ASST Cremona's rows."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from obiettivi.calcolo.edizione import Politica
from obiettivi.calcolo.giudizio import Giudizio, giudica
from obiettivi.calcolo.letture import Lettura, LetturaTarget, Tipo, Verso
from obiettivi.calcolo.misura import Base, Periodo, alla_partenza
from obiettivi.calcolo.passi import Codice
from obiettivi.calcolo.predefinite import ASST_CREMONA
from obiettivi.calcolo.valori import Calcolato, Motivo, NonCalcolabile, Punteggio
from tests.obiettivi.calcolo.misure import (
    ANNO,
    CRESCENTE,
    DECRESCENTE,
    EQ,
    GE,
    GT,
    LT,
    MANTENIMENTO,
    codici,
    lettura,
    misura,
    numero,
    soglia,
    target,
    tendenza,
    voto,
)

D = Decimal
SEDI = target(
    Tipo.PER_SEDE,
    lettura(EQ, "21.02", sede="Cremona"),
    lettura(EQ, "34.55", sede="Oglio Po"),
    testo="21,02% Cremona 34,55% Oglio Po",
)


def partenza(mira: LetturaTarget, base: LetturaTarget, **altro: Any) -> Giudizio:
    caso, periodo = alla_partenza(misura(mira, base=Base(base, anno=2021), **altro), 2021)
    assert periodo == Periodo(2021)
    return giudica(caso, ASST_CREMONA, periodo)


def stampato(valore: str, unita: str = "%") -> LetturaTarget:
    return soglia(EQ, valore, unita)


@pytest.mark.parametrize(
    ("mira", "base", "verso", "atteso"),
    [
        (tendenza(MANTENIMENTO), stampato("57.53"), DECRESCENTE, 100),
        (tendenza(MANTENIMENTO), stampato("74"), None, 100),
        (tendenza(DECRESCENTE), stampato("11.93"), DECRESCENTE, 0),
        (tendenza(None), stampato("42"), CRESCENTE, 0),
        (soglia(GE, "90"), stampato("90"), CRESCENTE, 100),
    ],
)
def test_la_posizione_di_partenza(
    mira: LetturaTarget, base: LetturaTarget, verso: Verso | None, atteso: int
) -> None:
    giudizio = partenza(mira, base, verso=verso)
    assert giudizio.punteggio == Calcolato(D(atteso))
    assert not giudizio.dimostrativo


@pytest.mark.parametrize("verso", [DECRESCENTE, None])
def test_alla_partenza_il_miglioramento_chiesto_non_c_e_e_si_dice(verso: Verso | None) -> None:
    giudizio = partenza(tendenza(verso), stampato("11.93"), verso=DECRESCENTE)
    assert Codice.TENDENZA_ALLA_PARTENZA in codici(giudizio)


def test_un_consuntivo_in_parole_contro_un_traguardo_non_si_calcola() -> None:
    avvio = target(Tipo.TRAGUARDO, testo="Avvio sperimentale")
    giudizio = partenza(target(Tipo.TRAGUARDO, testo="Consolidamento"), avvio)
    assert giudizio.punteggio == NonCalcolabile(
        Motivo.AVANZAMENTO_MANCANTE, "il risultato è un testo: «Avvio sperimentale»"
    )


@pytest.mark.parametrize(
    ("mira", "base", "atteso"),
    [
        (
            target(Tipo.TRAGUARDO),
            stampato("137746000", "€"),
            NonCalcolabile(
                Motivo.AVANZAMENTO_MANCANTE,
                "un valore misurato non dice quanto del traguardo è fatto",
            ),
        ),
        (
            soglia(GE, "90"),
            target(Tipo.NON_DISPONIBILE, testo="processo ex-novo"),
            NonCalcolabile(Motivo.NESSUN_VALORE, "processo ex-novo"),
        ),
        (
            tendenza(None),
            target(Tipo.SOGLIA, lettura(GT, "80"), testo=">80%"),
            NonCalcolabile(Motivo.VALORE_NON_NUMERICO, "«>80%»"),
        ),
        (
            target(Tipo.RIFERIMENTO, Lettura(riferimento="Benchmark regionale")),
            stampato("11.06"),
            NonCalcolabile(Motivo.RIFERIMENTO_SCONOSCIUTO, "«Benchmark regionale»"),
        ),
        (
            target(Tipo.TENDENZA, Lettura(riferimento="livelli pre-covid")),
            stampato("18.51"),
            NonCalcolabile(Motivo.RIFERIMENTO_SCONOSCIUTO, "«livelli pre-covid»"),
        ),
    ],
)
def test_la_posizione_di_partenza_che_non_si_calcola_dice_perche(
    mira: LetturaTarget, base: LetturaTarget, atteso: Punteggio
) -> None:
    assert partenza(mira, base).punteggio == atteso


def test_lo_sforamento_si_giudica_per_sede_e_si_vedono_tutte_e_due() -> None:
    giudizio = partenza(soglia(LT, "20"), SEDI, verso=DECRESCENTE)
    assert giudizio.punteggio == Calcolato(D("61.08"))
    assert [(una.nome, una.punteggio) for una in giudizio.parziali] == [
        ("Cremona", Calcolato(D("94.9"))),
        ("Oglio Po", Calcolato(D("27.25"))),
    ]


def test_il_miglioramento_si_giudica_sede_per_sede_con_la_sua_base() -> None:
    risultati = (
        numero("88.60", sede="CREMONA"),
        numero("53.00", sede="Oglio  Po"),
    )
    base = Base(SEDI, anno=2021)
    giudizio = giudica(misura(tendenza(None), *risultati, base=base), ASST_CREMONA, ANNO)
    assert giudizio.punteggio == Calcolato(D(100))
    calo = giudica(
        misura(tendenza(None), *risultati, base=base, verso=DECRESCENTE), ASST_CREMONA, ANNO
    )
    assert calo.punteggio == Calcolato(D(0))


def test_un_target_per_sede_senza_una_sede_segue_la_politica_dei_mancanti() -> None:
    mira = replace(SEDI, verso=DECRESCENTE)
    sola = misura(mira, numero("20", sede="Cremona"), verso=DECRESCENTE)
    giudizio = giudica(sola, ASST_CREMONA, ANNO)
    assert (giudizio.punteggio, giudizio.copertura) == (Calcolato(D(100)), 50)
    assert Codice.NON_VALUTATO_ESCLUSO in codici(giudizio)
    zero = giudica(sola, replace(ASST_CREMONA, mancanti=Politica.ZERO), ANNO)
    assert (zero.punteggio, zero.copertura) == (Calcolato(D(50)), 50)
    blocco = giudica(sola, replace(ASST_CREMONA, mancanti=Politica.BLOCCA), ANNO)
    assert blocco.punteggio == NonCalcolabile(Motivo.BLOCCATO, "Oglio Po")


def test_il_risultato_di_tutta_l_azienda_vale_piu_di_quelli_delle_sedi() -> None:
    caso = misura(soglia(GE, "90"), numero("50", sede="Cremona"), numero("90"))
    assert voto(caso) == Calcolato(D(100))
