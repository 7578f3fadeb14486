# SPDX-License-Identifier: AGPL-3.0-or-later
"""The command of the simulator: its files, its rules, any sheet at all."""

import csv
import json
from decimal import Decimal
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given, settings
from hypothesis import strategies as st

from obiettivi.calcolo.edizione_dati import come_dati
from obiettivi.simulazione import (
    CasiNonValidi,
    EdizioneIlleggibile,
    edizione_da_json,
    in_csv,
    in_dati,
    leggi_casi,
    simula,
)
from tests.obiettivi.fogli import INTESTAZIONE, PROPORZIONE, problemi

RADICE = Path(__file__).resolve().parents[2]


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
