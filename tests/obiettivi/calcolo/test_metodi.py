# SPDX-License-Identifier: AGPL-3.0-or-later
from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from obiettivi.calcolo import metodi
from obiettivi.calcolo.edizione import Decrescente
from obiettivi.calcolo.fasce import Fascia
from obiettivi.calcolo.letture import Comparatore, Verso
from obiettivi.calcolo.passi import Codice, Esito
from obiettivi.calcolo.valori import Calcolato, Motivo, NonCalcolabile

D = Decimal
GE, GT, LE, LT, EQ = (
    Comparatore.MAGGIORE_UGUALE,
    Comparatore.MAGGIORE,
    Comparatore.MINORE_UGUALE,
    Comparatore.MINORE,
    Comparatore.UGUALE,
)
IPERBOLICO, SPECULARE = Decrescente.IPERBOLICO, Decrescente.SPECULARE
CRESCENTE, DECRESCENTE = Verso.CRESCENTE, Verso.DECRESCENTE
finiti = st.decimals(allow_nan=False, allow_infinity=False)
misure = st.decimals(-(10**9), 10**9, allow_nan=False, places=4)
positivi = st.decimals(D("0.0001"), 10**9, allow_nan=False, places=4)
comparatori = st.sampled_from(list(Comparatore))


def punti(esito: Esito) -> Decimal:
    assert isinstance(esito.punteggio, Calcolato)
    return esito.punteggio.valore


def codici(esito: Esito) -> list[Codice]:
    return [uno.codice for uno in esito.passi]


@pytest.mark.parametrize(
    ("a", "comparatore", "t", "attesi"),
    [
        ("95", GE, "95", 100),
        ("94.999999", GE, "95", 0),
        ("95", GT, "95", 0),
        ("95.0001", GT, "95", 100),
        ("49", LE, "49", 100),
        ("49.01", LE, "49", 0),
        ("20", LT, "20", 0),
        ("19.99", LT, "20", 100),
        ("100", EQ, "100.00", 100),
        ("99", EQ, "100", 0),
        ("0", GE, "0", 100),
        ("0", LE, "0", 100),
        ("0", GT, "0", 0),
        ("0", LT, "0", 0),
        ("-1", GE, "0", 0),
        ("-1", LE, "0", 100),
        ("-5", GE, "-5", 100),
        ("-6", GE, "-5", 0),
    ],
)
def test_soglia(a: str, comparatore: Comparatore, t: str, attesi: int) -> None:
    assert punti(metodi.soglia(D(a), comparatore, D(t))) == attesi


@pytest.mark.parametrize(
    ("a", "comparatore", "t", "attesi"),
    [
        ("95", GE, "95", "100"),
        ("90", GE, "95", "94.7368421052631578947368421052631578947368421052631578947368"),
        ("47.5", GE, "95", "50"),
        ("0", GE, "95", "0"),
        ("-19", GE, "95", "-20"),
        ("190", GE, "95", "200"),
        ("95", GT, "95", "99.99"),
        ("94.999", GE, "95", "99.99"),
        ("0", GE, "0", "100"),
        ("0", GT, "0", "0"),
        ("-1", GE, "0", "0"),
        ("-4", GE, "-5", "100"),
        ("-6", GE, "-5", "0"),
        ("100", EQ, "100", "100"),
        ("80", EQ, "100", "0"),
    ],
)
def test_rapporto_crescente(a: str, comparatore: Comparatore, t: str, attesi: str) -> None:
    assert punti(metodi.rapporto(D(a), comparatore, D(t), massimo=None)) == D(attesi)


@pytest.mark.parametrize(
    ("a", "comparatore", "t", "speculare", "iperbolico"),
    [
        ("50", LE, "50", "100", "100"),
        ("62.5", LE, "50", "75", "80"),
        ("100", LE, "50", "0", "50"),
        ("125", LE, "50", "-50", "40"),
        ("40", LE, "50", "120", "125"),
        ("0", LE, "50", "200", "120"),
        ("-5", LE, "50", "210", "120"),
        ("20", LT, "20", "99.99", "99.99"),
        ("0", LE, "0", "100", "100"),
        ("1", LE, "0", "0", "0"),
        ("-1", LE, "0", "100", "100"),
        ("0", LT, "0", "0", "0"),
        ("-6", LE, "-5", "100", "100"),
        ("-4", LE, "-5", "0", "0"),
    ],
)
def test_rapporto_decrescente(
    a: str, comparatore: Comparatore, t: str, speculare: str, iperbolico: str
) -> None:
    args = (D(a), comparatore, D(t))
    assert punti(metodi.rapporto(*args, decrescente=SPECULARE, massimo=D(120))) == D(speculare)
    assert punti(metodi.rapporto(*args, decrescente=IPERBOLICO, massimo=D(120))) == D(iperbolico)


def test_rapporto_iperbolico_con_risultato_zero_e_senza_tetto() -> None:
    esito = metodi.rapporto(D(0), LE, D(50), decrescente=IPERBOLICO, massimo=None)
    assert punti(esito) == 200
    assert codici(esito) == [Codice.RISULTATO_ZERO, Codice.CONFRONTO]


@pytest.mark.parametrize(
    ("a", "attesi"), [("60", "60"), ("59.999", "0"), ("99", "99"), ("100", "100"), ("0", "0")]
)
def test_sotto_il_minimo_il_raggiungimento_parziale_vale_zero(a: str, attesi: str) -> None:
    assert punti(metodi.rapporto(D(a), GE, D(100), minimo=D(60))) == D(attesi)


def test_il_minimo_di_cento_azzera_ogni_mancato() -> None:
    assert punti(metodi.rapporto(D(20), LT, D(20), minimo=D(100))) == 0
    assert punti(metodi.rapporto(D(19), LT, D(20), minimo=D(100))) == 105


@pytest.mark.parametrize(
    ("a", "comparatore", "t", "b", "attesi"),
    [
        ("40", GE, "80", "40", "0"),
        ("60", GE, "80", "40", "50"),
        ("80", GE, "80", "40", "100"),
        ("80", GT, "80", "40", "99.99"),
        ("100", GE, "80", "40", "150"),
        ("30", GE, "80", "40", "-25"),
        ("25", LE, "20", "30", "50"),
        ("20", LE, "20", "30", "100"),
        ("0", LE, "0", "30", "100"),
        ("15", LE, "0", "30", "50"),
        ("-1", GE, "0", "-2", "50"),
        ("80", GE, "80", "80", "100"),
        ("79", GE, "80", "80", "0"),
        ("95", GE, "80", "90", "100"),
        ("70", GE, "80", "90", "0"),
        ("80", EQ, "80", "40", "100"),
        ("60", EQ, "80", "40", "0"),
    ],
)
def test_interpolazione(a: str, comparatore: Comparatore, t: str, b: str, attesi: str) -> None:
    assert punti(metodi.interpolazione(D(a), comparatore, D(t), D(b))) == D(attesi)


@pytest.mark.parametrize(
    ("a", "tolleranza", "attesi"),
    [
        ("40", 0, "100"),
        ("60", 0, "100"),
        ("50", 0, "100"),
        ("39.99", 0, "0"),
        ("60.01", 0, "0"),
        ("63", 10, "50"),
        ("66", 10, "0"),
        ("70", 10, "0"),
        ("38", 10, "50"),
        ("36", 10, "0"),
    ],
)
def test_intervallo(a: str, tolleranza: int, attesi: str) -> None:
    assert punti(metodi.intervallo(D(a), D(40), D(60), D(tolleranza))) == D(attesi)


def test_intervallo_con_limiti_uguali_zero_o_scambiati() -> None:
    assert punti(metodi.intervallo(D(5), D(5), D(5))) == 100
    assert punti(metodi.intervallo(D(6), D(5), D(5))) == 0
    assert punti(metodi.intervallo(D("0.1"), D(-5), D(0), D(50))) == 0
    assert punti(metodi.intervallo(D("-5.5"), D(-5), D(0), D(20))) == 50
    assert metodi.intervallo(D(5), D(6), D(5)).punteggio == NonCalcolabile(
        Motivo.TARGET_NON_INTERPRETABILE, "i limiti sono scambiati"
    )


@pytest.mark.parametrize(
    ("a", "t", "tolleranza", "attesi"),
    [
        ("100", "100", 0, 100),
        ("101", "100", 0, 0),
        ("101", "100", 1, 100),
        ("99", "100", 1, 100),
        ("98.99", "100", 1, 0),
        ("0", "0", 5, 100),
        ("0.01", "0", 5, 0),
        ("-99", "-100", 1, 100),
    ],
)
def test_uguaglianza(a: str, t: str, tolleranza: int, attesi: int) -> None:
    assert punti(metodi.uguaglianza(D(a), D(t), D(tolleranza))) == attesi


@pytest.mark.parametrize(
    ("fatto", "con_fasce", "senza"),
    [
        (date(2022, 12, 30), 100, 100),
        (date(2022, 12, 31), 100, 100),
        (date(2023, 1, 1), 50, 0),
        (date(2023, 1, 30), 50, 0),
        (date(2023, 1, 31), 0, 0),
    ],
)
def test_scostamento_di_data(fatto: date, con_fasce: int, senza: int) -> None:
    bande = (Fascia(None, D(1), D(100)), Fascia(D(1), D(31), D(50)), Fascia(D(31), None, D(0)))
    entro = date(2022, 12, 31)
    assert punti(metodi.scostamento_data(fatto, entro, bande)) == con_fasce
    assert punti(metodi.scostamento_data(fatto, entro)) == senza


@pytest.mark.parametrize("percento", ["0", "85", "100", "-5", "130"])
def test_avanzamento_e_la_percentuale_dichiarata(percento: str) -> None:
    assert punti(metodi.avanzamento(D(percento))) == D(percento)


@pytest.mark.parametrize(
    ("pesi", "completati", "attesi"),
    [
        ([1, 1, 1, 1], [1, 2], "50"),
        ([1, 1, 1, 1], [2, 2], "25"),
        ([50, 30, 20], [1, 3], "70"),
        ([50, 30, 20], [], "0"),
        ([50, 30, 20], [1, 2, 3], "100"),
        ([50, 30, 20], [9, 0, -1], "0"),
    ],
)
def test_avanzamento_a_passi(pesi: list[int], completati: list[int], attesi: str) -> None:
    esito = metodi.avanzamento_a_passi([D(peso) for peso in pesi], completati)
    assert punti(esito) == D(attesi)


@pytest.mark.parametrize("pesi", [[], [D(0), D(0)]])
def test_senza_passi_l_avanzamento_non_si_calcola(pesi: list[Decimal]) -> None:
    assert metodi.avanzamento_a_passi(pesi, [1]).punteggio == NonCalcolabile(
        Motivo.PARAMETRO_MANCANTE, "nessun passo con un peso"
    )


@pytest.mark.parametrize(
    ("a", "b", "verso", "attesi"),
    [
        ("10", "9", CRESCENTE, 100),
        ("9", "10", CRESCENTE, 0),
        ("9", "10", DECRESCENTE, 100),
        ("10", "9", DECRESCENTE, 0),
        ("10", "10", CRESCENTE, 0),
        ("10", "10", DECRESCENTE, 0),
        ("10", "10", Verso.MANTENIMENTO, 100),
        ("0", "0", DECRESCENTE, 0),
        ("-1", "0", DECRESCENTE, 100),
    ],
)
def test_tendenza(a: str, b: str, verso: Verso, attesi: int) -> None:
    assert punti(metodi.tendenza(D(a), D(b), verso)) == attesi


def test_alla_partenza_la_tendenza_vale_zero_e_dice_perche() -> None:
    esito = metodi.tendenza(D("11.93"), D("11.93"), DECRESCENTE)
    assert codici(esito) == [Codice.TENDENZA_ALLA_PARTENZA]


@pytest.mark.parametrize(
    ("a", "b", "verso", "tolleranza", "attesi"),
    [
        ("57.53", "57.53", DECRESCENTE, 0, 100),
        ("55.80", "57.53", DECRESCENTE, 0, 100),
        ("57.54", "57.53", DECRESCENTE, 0, 0),
        ("58.10", "57.53", DECRESCENTE, 1, 100),
        ("58.11", "57.53", DECRESCENTE, 1, 0),
        ("60", "57.53", CRESCENTE, 0, 100),
        ("57", "57.53", CRESCENTE, 0, 0),
        ("74.2", "74", None, 0, 0),
        ("74.2", "74", None, 1, 100),
        ("73.26", "74", None, 1, 100),
        ("73.25", "74", None, 1, 0),
        ("0", "0", None, 50, 100),
        ("0.1", "0", None, 50, 0),
        ("-9", "-10", DECRESCENTE, 10, 100),
        ("-8.9", "-10", DECRESCENTE, 10, 0),
    ],
)
def test_mantenimento(a: str, b: str, verso: Verso | None, tolleranza: int, attesi: int) -> None:
    assert punti(metodi.mantenimento(D(a), D(b), verso, D(tolleranza))) == attesi


@pytest.mark.parametrize(
    ("b", "quanto", "verso", "percento", "atteso"),
    [
        ("40", "5", CRESCENTE, True, "42"),
        ("40", "5", DECRESCENTE, True, "38"),
        ("-40", "5", CRESCENTE, True, "-38"),
        ("40", "5", CRESCENTE, False, "45"),
        ("0", "5", CRESCENTE, True, "0"),
    ],
)
def test_una_variazione_quantificata_da_il_suo_target(
    b: str, quanto: str, verso: Verso, percento: bool, atteso: str
) -> None:
    assert metodi.obiettivo_di_tendenza(D(b), D(quanto), verso, percento=percento) == D(atteso)


def test_si_no() -> None:
    assert punti(metodi.si_no(True)) == 100
    assert punti(metodi.si_no(False)) == 0
    assert punti(metodi.si_no(False, atteso=False)) == 100


@pytest.mark.parametrize(
    ("stampato", "verso", "atteso"),
    [
        (GE, None, GE),
        (LT, CRESCENTE, LT),
        (EQ, CRESCENTE, GE),
        (EQ, DECRESCENTE, LE),
        (None, DECRESCENTE, LE),
        (EQ, None, None),
        (None, Verso.MANTENIMENTO, None),
    ],
)
def test_un_numero_nudo_prende_il_verso_dell_indicatore(
    stampato: Comparatore | None, verso: Verso | None, atteso: Comparatore | None
) -> None:
    assert metodi.comparatore_effettivo(stampato, verso) is atteso


# --- properties ---------------------------------------------------------------------------


@settings(deadline=None)
@given(a=misure, b=misure, t=misure, comparatore=st.sampled_from([GE, GT, LE, LT]))
@pytest.mark.parametrize("modo", list(Decrescente))
def test_il_rapporto_cresce_nel_verso_voluto(
    a: Decimal, b: Decimal, t: Decimal, comparatore: Comparatore, modo: Decrescente
) -> None:
    peggio, meglio = sorted((a, b), reverse=comparatore in (LE, LT))
    massimo = D(120)
    prima = min(punti(metodi.rapporto(peggio, comparatore, t, decrescente=modo)), massimo)
    dopo = metodi.rapporto(meglio, comparatore, t, decrescente=modo, massimo=massimo)
    assert prima <= punti(dopo)


@settings(deadline=None)
@given(a=misure, b=misure, t=misure, base=misure, comparatore=st.sampled_from([GE, GT, LE, LT]))
def test_l_interpolazione_cresce_nel_verso_voluto(
    a: Decimal, b: Decimal, t: Decimal, base: Decimal, comparatore: Comparatore
) -> None:
    peggio, meglio = sorted((a, b), reverse=comparatore in (LE, LT))
    assert punti(metodi.interpolazione(peggio, comparatore, t, base)) <= punti(
        metodi.interpolazione(meglio, comparatore, t, base)
    )


@settings(deadline=None)
@given(a=misure, t=positivi, comparatore=st.sampled_from([GE, GT, LE, LT]))
def test_un_target_mancato_non_arriva_mai_a_cento(
    a: Decimal, t: Decimal, comparatore: Comparatore
) -> None:
    assume(not metodi.raggiunto(a, comparatore, t))
    for modo in Decrescente:
        assert punti(metodi.rapporto(a, comparatore, t, decrescente=modo)) <= D("99.99")


@settings(deadline=None)
@given(a=misure, t=misure, comparatore=st.sampled_from([GE, GT, LE, LT]))
def test_un_target_raggiunto_vale_almeno_cento(
    a: Decimal, t: Decimal, comparatore: Comparatore
) -> None:
    assume(metodi.raggiunto(a, comparatore, t))
    for modo in Decrescente:
        assert punti(metodi.rapporto(a, comparatore, t, decrescente=modo)) >= 100


@settings(deadline=None)
@given(valori=st.lists(misure, min_size=2), minimo=misure, massimo=misure, tolleranza=positivi)
def test_fuori_dall_intervallo_piu_lontano_non_vale_di_piu(
    valori: list[Decimal], minimo: Decimal, massimo: Decimal, tolleranza: Decimal
) -> None:
    minimo, massimo = sorted((minimo, massimo))
    oltre = sorted(valore for valore in valori if valore >= massimo)
    ottenuti = [punti(metodi.intervallo(v, minimo, massimo, tolleranza)) for v in oltre]
    assert all(prima >= dopo for prima, dopo in pairwise(ottenuti))
    assert all(0 <= uno <= 100 for uno in ottenuti)


@settings(deadline=None)
@given(
    a=finiti, t=finiti, b=finiti, tolleranza=finiti, comparatore=comparatori,
    verso=st.sampled_from(list(Verso)), minimo=st.none() | finiti,
)  # fmt: skip
def test_nessun_metodo_solleva_errori_con_numeri_finiti(
    a: Decimal,
    t: Decimal,
    b: Decimal,
    tolleranza: Decimal,
    comparatore: Comparatore,
    verso: Verso,
    minimo: Decimal | None,
) -> None:
    esiti = [
        metodi.soglia(a, comparatore, t),
        *(
            metodi.rapporto(a, comparatore, t, decrescente=modo, massimo=tetto, minimo=minimo)
            for modo in Decrescente
            for tetto in (None, D(100))
        ),
        metodi.interpolazione(a, comparatore, t, b, minimo=minimo),
        metodi.intervallo(a, t, b, tolleranza),
        metodi.uguaglianza(a, t, tolleranza),
        metodi.tendenza(a, b, verso),
        metodi.mantenimento(a, b, verso, tolleranza),
        metodi.avanzamento(a),
        metodi.avanzamento_a_passi([a, t, b], [1, 3]),
        metodi.fasce(a, (Fascia(None, t, a), Fascia(t, None, b))),
    ]
    for esito in esiti:
        if isinstance(esito.punteggio, Calcolato):
            assert esito.punteggio.valore.is_finite()
        else:
            assert isinstance(esito.punteggio, NonCalcolabile)
