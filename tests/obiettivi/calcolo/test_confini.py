# SPDX-License-Identifier: AGPL-3.0-or-later
"""The boundaries of every method and of every roll-up, through the whole path."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from obiettivi.calcolo.edizione import Decrescente, MetodiPredefiniti, Metodo
from obiettivi.calcolo.fasce import Fascia
from obiettivi.calcolo.letture import Comparatore, Lettura, LetturaTarget, Tipo, Verso
from obiettivi.calcolo.misura import Base, Risultato
from obiettivi.calcolo.valori import (
    Calcolato,
    Escluso,
    Mancante,
    Motivo,
    NonApplicabile,
    NonCalcolabile,
    Punteggio,
)
from tests.obiettivi.calcolo.confini import (
    ANNO,
    EQ,
    ESATTA,
    GE,
    GT,
    LE,
    LT,
    NORMALE,
    misura,
    soglia,
    voto,
)

D = Decimal
IPERBOLICA = replace(ESATTA, decrescente=Decrescente.IPERBOLICO)
NUMERICI = [
    # method, A, comparison, T, score before floor and cap
    (Metodo.SOGLIA, "0", GE, "0", "100"),
    (Metodo.SOGLIA, "0", GT, "0", "0"),
    (Metodo.SOGLIA, "-0.01", GE, "0", "0"),
    (Metodo.SOGLIA, "-5", LE, "-5", "100"),
    (Metodo.SOGLIA, "-5", LT, "-5", "0"),
    (Metodo.SOGLIA, "79.999999", GE, "80", "0"),
    # ratio, to rise
    (Metodo.RAPPORTO, "0", GE, "80", "0"),
    (Metodo.RAPPORTO, "-8", GE, "80", "-10"),
    (Metodo.RAPPORTO, "80", GE, "80", "100"),
    (Metodo.RAPPORTO, "79.9999999", GE, "80", "99.99"),  # missed: at most 99,99
    (Metodo.RAPPORTO, "80", GT, "80", "99.99"),  # ratio 100, and missed
    (Metodo.RAPPORTO, "120", GE, "80", "150"),
    (Metodo.RAPPORTO, "0", GE, "0", "100"),  # T = 0: met or not
    (Metodo.RAPPORTO, "-1", GE, "0", "0"),
    (Metodo.RAPPORTO, "-3", GE, "-4", "100"),  # T < 0: met or not
    (Metodo.RAPPORTO, "-5", GE, "-4", "0"),
    # ratio, to fall (mirror)
    (Metodo.RAPPORTO, "0", LE, "40", "200"),
    (Metodo.RAPPORTO, "40", LE, "40", "100"),
    (Metodo.RAPPORTO, "40.0000001", LE, "40", "99.99"),
    (Metodo.RAPPORTO, "60", LE, "40", "50"),
    (Metodo.RAPPORTO, "80", LE, "40", "0"),
    (Metodo.RAPPORTO, "100", LE, "40", "-50"),
    (Metodo.RAPPORTO, "-4", LE, "40", "210"),
    (Metodo.RAPPORTO, "0", LE, "0", "100"),
    (Metodo.RAPPORTO, "0.01", LE, "0", "0"),
    (Metodo.RAPPORTO, "40", LT, "40", "99.99"),
    # bands on the attainment: half-open, last one closed
    (Metodo.FASCE, "39.999", GE, "80", "0"),  # attainment 49,99…
    (Metodo.FASCE, "40", GE, "80", "50"),  # attainment 50
    (Metodo.FASCE, "63.999", GE, "80", "50"),
    (Metodo.FASCE, "64", GE, "80", "80"),  # attainment 80
    (Metodo.FASCE, "79.999999", GE, "80", "80"),
    (Metodo.FASCE, "80", GE, "80", "100"),
    (Metodo.FASCE, "800", GE, "80", "100"),
    (Metodo.FASCE, "-80", GE, "80", "0"),
    (Metodo.FASCE, "0", GE, "0", "100"),
    (Metodo.FASCE, "60", LE, "40", "50"),  # attainment 50, to fall
    # equality, tolerance 10 % of the target
    (Metodo.UGUAGLIANZA, "72", EQ, "80", "100"),
    (Metodo.UGUAGLIANZA, "71.999", EQ, "80", "0"),
    (Metodo.UGUAGLIANZA, "88", EQ, "80", "100"),
    (Metodo.UGUAGLIANZA, "0", EQ, "0", "100"),
    (Metodo.UGUAGLIANZA, "0.001", EQ, "0", "0"),
    (Metodo.UGUAGLIANZA, "-88", EQ, "-80", "100"),
]


@pytest.mark.parametrize(("metodo", "a", "comparatore", "t", "atteso"), NUMERICI)
def test_ogni_metodo_ai_confini(
    metodo: Metodo, a: str, comparatore: Comparatore, t: str, atteso: str
) -> None:
    caso = misura(soglia(comparatore, t), a, metodo=metodo)
    assert voto(caso) == Calcolato(D(atteso))
    limitato = min(max(D(atteso), D(0)), D(100))
    assert voto(caso, NORMALE) == Calcolato(limitato)


@pytest.mark.parametrize(
    ("a", "t", "atteso"),
    [
        ("0", "40", "1000"),  # better than any ratio: the cap
        ("-1", "40", "1000"),
        ("40", "40", "100"),
        ("80", "40", "50"),
        ("0", "0", "100"),
        ("1", "0", "0"),
        ("0.0004", "40", "1000"),  # 100 × 40 / 0,0004 is ten million: the cap
    ],
)
def test_il_rapporto_iperbolico_ai_confini(a: str, t: str, atteso: str) -> None:
    caso = misura(soglia(LE, t), a, metodo=Metodo.RAPPORTO)
    assert voto(caso, IPERBOLICA) == Calcolato(D(atteso))


@pytest.mark.parametrize(
    ("a", "comparatore", "t", "b", "atteso"),
    [
        ("60", GE, "80", "60", "0"),
        ("70", GE, "80", "60", "50"),
        ("80", GE, "80", "60", "100"),
        ("55", GE, "80", "60", "-25"),
        ("90", GE, "80", "60", "150"),
        ("0", GE, "10", "-10", "50"),
        ("30", LE, "20", "40", "50"),
        ("0", LE, "0", "40", "100"),
        ("40", LE, "0", "40", "0"),
        # limits the wrong way round, or equal: met or not
        ("70", GE, "60", "80", "100"),
        ("59", GE, "60", "80", "0"),
        ("60", GE, "60", "60", "100"),
        ("59", GE, "60", "60", "0"),
        ("45", LE, "50", "40", "100"),
        ("51", LE, "50", "40", "0"),
        ("80", GT, "80", "60", "99.99"),
    ],
)
def test_l_interpolazione_ai_confini(
    a: str, comparatore: Comparatore, t: str, b: str, atteso: str
) -> None:
    caso = misura(soglia(comparatore, t), a, metodo=Metodo.INTERPOLAZIONE, base=Base(valore=D(b)))
    assert voto(caso) == Calcolato(D(atteso))


@pytest.mark.parametrize(
    ("a", "minimo", "massimo", "atteso"),
    [
        ("40", "40", "60", Calcolato(D(100))),
        ("60", "40", "60", Calcolato(D(100))),
        ("39", "40", "60", Calcolato(D(75))),  # out by 1 on a width of 4
        ("36", "40", "60", Calcolato(D(0))),
        ("63", "40", "60", Calcolato(D(50))),  # out by 3 on a width of 6
        ("66", "40", "60", Calcolato(D(0))),
        ("50", "50", "50", Calcolato(D(100))),  # equal limits
        ("52.5", "50", "50", Calcolato(D(50))),
        ("0", "0", "10", Calcolato(D(100))),
        ("-0.01", "0", "10", Calcolato(D(0))),  # no width under a limit of 0
        ("-9", "-10", "10", Calcolato(D(100))),
        ("-10.5", "-10", "10", Calcolato(D(50))),
        (
            "50",
            "60",
            "40",
            NonCalcolabile(Motivo.TARGET_NON_INTERPRETABILE, "i limiti sono scambiati"),
        ),
        (None, "40", "60", NonCalcolabile(Motivo.NESSUN_VALORE)),
    ],
)
def test_l_intervallo_ai_confini(
    a: str | None, minimo: str, massimo: str, atteso: Punteggio
) -> None:
    lettura = Lettura(valore=D(minimo), valore_max=D(massimo), unita="%")
    assert voto(misura(LetturaTarget("x", Tipo.INTERVALLO, (lettura,)), a)) == atteso


@pytest.mark.parametrize(
    ("a", "b", "verso", "atteso"),
    [
        ("10", "10", Verso.DECRESCENTE, "0"),
        ("9.999", "10", Verso.DECRESCENTE, "100"),
        ("10.001", "10", Verso.DECRESCENTE, "0"),
        ("0", "0", Verso.CRESCENTE, "0"),
        ("0.001", "0", Verso.CRESCENTE, "100"),
        ("-1", "-2", Verso.CRESCENTE, "100"),
        ("10", "10", Verso.MANTENIMENTO, "100"),
        ("10.001", "10", Verso.MANTENIMENTO, "0"),
        ("0", "0", Verso.MANTENIMENTO, "100"),
    ],
)
def test_la_tendenza_ai_confini(a: str, b: str, verso: Verso, atteso: str) -> None:
    target = LetturaTarget("x", Tipo.TENDENZA, (), verso)
    assert voto(misura(target, a, base=Base(valore=D(b)))) == Calcolato(D(atteso))


@pytest.mark.parametrize(
    ("fatto", "atteso"),
    [
        (date(2022, 12, 1), "100"),
        (date(2022, 12, 31), "100"),
        (date(2023, 1, 1), "50"),
        (date(2023, 1, 30), "50"),
        (date(2023, 1, 31), "0"),
    ],
)
def test_lo_scostamento_di_data_ai_confini(fatto: date, atteso: str) -> None:
    giorni = (Fascia(None, D(1), D(100)), Fascia(D(1), D(31), D(50)), Fascia(D(31), None, D(0)))
    edizione = replace(
        ESATTA, metodi=MetodiPredefiniti(data=Metodo.SCOSTAMENTO_DATA), fasce_giorni=giorni
    )
    lettura = Lettura(LE, unita="data", data="2022-12-31")
    target = LetturaTarget("x", Tipo.SOGLIA, (lettura,))
    caso = misura(target, Risultato(ANNO, data=fatto), unita="")
    assert voto(caso, edizione) == Calcolato(D(atteso))


@pytest.mark.parametrize(
    ("casi", "atteso"),
    [
        (("90", "100"), Calcolato(D(100))),
        (("899", "1000"), Calcolato(D("99.8889"))),  # 89,9 on 90
        (("0", "100"), Calcolato(D(0))),
        (("0", "0"), NonCalcolabile(Motivo.DENOMINATORE_ZERO)),
    ],
)
def test_la_quota_di_casi_ai_confini(casi: tuple[str, str], atteso: Punteggio) -> None:
    lettura = Lettura(LE, D(21), unita="gg", quota=D(90))
    risultato = Risultato(ANNO, numeratore=D(casi[0]), denominatore=D(casi[1]))
    target = LetturaTarget("x", Tipo.QUOTA_DI_CASI, (lettura,))
    assert voto(misura(target, risultato, unita="gg")) == atteso


@pytest.mark.parametrize("percento", ["-1", "0", "99.99", "100", "101"])
def test_l_avanzamento_ai_confini(percento: str) -> None:
    caso = misura(LetturaTarget("x", Tipo.TRAGUARDO), Risultato(ANNO, avanzamento=D(percento)))
    assert voto(caso) == Calcolato(D(percento))
    assert voto(caso, NORMALE) == Calcolato(min(max(D(percento), D(0)), D(100)))


@pytest.mark.parametrize(
    "metodo",
    [Metodo.SOGLIA, Metodo.RAPPORTO, Metodo.INTERPOLAZIONE, Metodo.FASCE, Metodo.UGUAGLIANZA],
)
@pytest.mark.parametrize(
    ("risultato", "atteso"),
    [
        (Risultato(ANNO), NonCalcolabile(Motivo.NESSUN_VALORE)),
        (Risultato(ANNO, valore=Mancante("N.D.")), NonCalcolabile(Motivo.NESSUN_VALORE, "N.D.")),
        (
            Risultato(ANNO, numeratore=D(1), denominatore=D(0)),
            NonCalcolabile(Motivo.DENOMINATORE_ZERO),
        ),
        (Risultato(ANNO, valore=NonApplicabile("sospeso")), Escluso("sospeso")),
    ],
)
def test_cio_che_manca_non_diventa_zero_con_nessun_metodo(
    metodo: Metodo, risultato: Risultato, atteso: Punteggio
) -> None:
    caso = misura(soglia(GE, "80"), risultato, metodo=metodo, base=Base(valore=D(40)))
    assert voto(caso) == atteso


@pytest.mark.parametrize(
    ("tetto", "atteso"),
    [("100", "100"), ("120", "120"), ("125", "125"), (None, "125")],
)
def test_il_tetto_cento_centoventi_o_nessuno(tetto: str | None, atteso: str) -> None:
    edizione = replace(ESATTA, tetto=None if tetto is None else D(tetto))
    assert voto(misura(soglia(GE, "80"), "100"), edizione) == Calcolato(D(atteso))


@pytest.mark.parametrize(
    ("a", "atteso"), [("47.999", "0"), ("48", "60"), ("80", "100"), ("-80", "0")]
)
def test_il_minimo_del_sessanta_per_cento(a: str, atteso: str) -> None:
    edizione = replace(NORMALE, minimo_parziale=D(60))
    assert voto(misura(soglia(GE, "80"), a), edizione) == Calcolato(D(atteso))
