# SPDX-License-Identifier: AGPL-3.0-or-later
"""The reader of targets is total: cells of the two plans, random and heavy text, the command."""

import csv
import io
import sys
import time
from decimal import Decimal
from pathlib import Path

import pytest
import simplejson
from hypothesis import example, given, settings
from hypothesis import strategies as st

from obiettivi.calcolo.letture import Certezza, Tipo, da_dati
from obiettivi.espressioni import LUNGHEZZA_MASSIMA, leggi

FIXTURE = Path(__file__).resolve().parents[2] / "fixtures"


def _celle() -> list[tuple[str, str, str]]:
    celle = []
    for tavola in sorted([*FIXTURE.glob("*/obiettivi.csv"), *FIXTURE.glob("*/progetti.csv")]):
        with tavola.open(encoding="utf-8", newline="") as righe:
            for riga in csv.DictReader(righe):
                colonne = [nome for nome in riga if nome == "base" or nome.isdigit()]
                celle += [(riga["codice"], nome, riga[nome]) for nome in colonne if riga[nome]]
    return celle


def test_ogni_cella_dei_due_piani_si_legge() -> None:
    celle = _celle()
    # 34 objectives x 3 years + 11 x 1, 39 rows x 4 columns, tables 5.1-5.7: see the fixtures.
    assert len(celle) > 300
    non_lette = [cella for cella in celle if leggi(cella[2]).tipo is Tipo.NON_INTERPRETABILE]
    assert non_lette == []


def test_nessuna_cella_dei_due_piani_e_un_traguardo_letto_a_caso() -> None:
    basse = {testo for _, _, testo in _celle() if leggi(testo).certezza is Certezza.BASSA}
    assert basse == set()


PEZZI = """
≥ ≤ > < = % gg ore € mln n. entro almeno max tra e da a nel dei casi rispetto al 2021 2022 95
1.205 1.20.5 31/12/2022 30/06 1/2 trim 1° 2° III T4 Cremona Riduzione Mantenimento benchmark
regionale Sì no N.D. definire Avvio - – ± ; : ( ) / . , + x ½ ² \x00 🎉 min su in più meno se
fino circa media valore anno precedente dicembre giorni cento zero sem. M6.C2 DGR Q1 12:00
"""

FRAMMENTI = st.sampled_from([*PEZZI.split(), "\n", " "])
TESTI = st.one_of(
    st.text(max_size=200),
    st.text(st.characters(categories=None), max_size=80),
    st.lists(FRAMMENTI, max_size=25).map(" ".join),
    st.lists(FRAMMENTI, max_size=25).map("".join),
)


@given(TESTI)
@example("\ud800")
@example("\x00" * 50)
@example("terapia semi intensiva")
@example("a" * LUNGHEZZA_MASSIMA)
@settings(max_examples=600, deadline=None)
def test_qualunque_testo_ha_una_lettura_coerente(testo: str) -> None:
    letto = leggi(testo)
    assert letto.testo == testo
    assert (letto.certezza is Certezza.ALTA) == (letto.motivo == "")
    if letto.motivo:
        assert letto.motivo.endswith(".")
    if letto.tipo is Tipo.NON_INTERPRETABILE:
        assert (letto.letture, letto.certezza) == ((), Certezza.BASSA)
    if letto.tipo in (Tipo.SOGLIA, Tipo.QUOTA_DI_CASI, Tipo.PER_PERIODO, Tipo.PER_SEDE):
        assert letto.letture
    dati = simplejson.loads(simplejson.dumps(letto.come_dati(), use_decimal=True), use_decimal=True)
    assert da_dati(dati) == letto


SEGNI = {"≥": ">=", ">=": ">=", ">": ">", "≤": "<=", "<": "<", "almeno": ">=", "entro": "<="}


@given(
    st.sampled_from(sorted(SEGNI)),
    st.decimals(0, 10**9, places=2, allow_nan=False),
    st.sampled_from(["%", "gg", "ore", "€"]),
)
@settings(max_examples=200, deadline=None)
def test_ogni_numero_italiano_torna_uguale(segno: str, valore: Decimal, unita: str) -> None:
    italiano = f"{valore:,.2f}".translate(str.maketrans(",.", ".,"))
    letto = leggi(f"{segno} {italiano} {unita}")
    [una] = letto.letture
    assert una.comparatore is not None
    assert (una.comparatore.value, una.valore, una.unita) == (SEGNI[segno], valore, unita)
    assert letto.certezza is Certezza.ALTA


PESANTI = {
    "numeri": "1 " * 1400,
    "segni": "≥" * 2900,
    "parentesi": "(" * 2900,
    "percentuali": "5%" * 1400,
    "trimestri": "1° trim: 80% " * 230,
    "intervalli": "tra 1 e " * 370,
    "riferimenti": "valori di riferimento " * 130,
    "livelli": "livelli di performance standard " * 90,
    "lunghissimo": "almeno il 90% " * 50_000,
}


@pytest.mark.parametrize("nome", PESANTI)
def test_nessun_testo_tiene_occupato_il_lettore(nome: str) -> None:
    leggi("≥ 95%")  # the grammar is built once
    inizio = time.perf_counter()
    leggi(PESANTI[nome])
    assert time.perf_counter() - inizio < 5


def test_il_comando_legge_gli_argomenti(capsys: pytest.CaptureFixture[str]) -> None:
    from django.core.management import call_command

    call_command("leggi_target", "≥ 95%", "1,5 mln €")
    prima, seconda = map(simplejson.loads, capsys.readouterr().out.splitlines())
    assert prima["letture"][0]["valore"] == 95
    assert list(seconda) == [
        *("testo", "tipo", "letture", "verso", "certezza", "motivo", "passi"),
    ]
    assert {"comparatore", "valore", "valore_max", "unita", "periodo", "sede", "quota"} <= set(
        seconda["letture"][0]
    )
    assert seconda["letture"][0]["valore"] == 1500000


def test_il_comando_legge_lo_standard_input_riga_per_riga(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.core.management import call_command

    byte = "≥ 95%\r\n\nRiduzione\n".encode() + b"\xff 9%\n"
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(byte)))
    call_command("leggi_target")
    righe = [simplejson.loads(riga) for riga in capsys.readouterr().out.splitlines()]
    assert [riga["testo"] for riga in righe] == ["≥ 95%", "", "Riduzione", "� 9%"]
    assert [riga["tipo"] for riga in righe] == [
        *("soglia", "non_interpretabile", "tendenza", "soglia"),
    ]


def test_un_testo_col_trattino_non_e_una_opzione() -> None:
    from obiettivi.management.commands.leggi_target import con_separatore

    assert con_separatore(["≥ 5", "-5%", "-"]) == ["≥ 5", "--", "-5%", "-"]
    assert con_separatore(["--no-color", "-"]) == ["--no-color", "-"]
    assert con_separatore(["--", "-5%"]) == ["--", "-5%"]
