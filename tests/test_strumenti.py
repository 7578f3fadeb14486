# SPDX-License-Identifier: AGPL-3.0-or-later
"""The two commands: their sentences, what they keep, what they leave behind."""

import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from strumenti import avvia, sistema
from strumenti.pezzi import PANGO, PIP
from strumenti.servizi import Servizi
from strumenti.voce import RADICE, Guasto


def lancia(*parole: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(parole, capture_output=True, text=True, cwd=RADICE)


def test_una_porta_gia_presa_e_detta_con_il_suo_numero() -> None:
    with socket.socket() as presa:
        presa.bind((avvia.INDIRIZZO, 0))
        presa.listen()
        porta = presa.getsockname()[1]
        with pytest.raises(Guasto) as detto:
            avvia.controlla_porta(porta)
    assert str(detto.value) == (
        f"La porta {porta} non si può usare (è già usata da un altro programma): "
        f"sceglierne un'altra, per esempio --porta {porta + 80}."
    )


def test_una_porta_che_non_esiste_e_detta() -> None:
    with pytest.raises(Guasto, match="La porta 70000 non esiste"):
        avvia.controlla_porta(70000)


def test_una_cartella_dove_non_si_scrive_e_detta_con_il_suo_nome(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(Guasto) as detto:
        avvia.cartella_dati(tmp_path / "file" / "dati")
    assert str(detto.value) == (
        f"Nella cartella {tmp_path / 'file' / 'dati'} non si può scrivere "
        "(una parte del percorso è un file): renderla scrivibile o sceglierne un'altra con --dati."
    )


def test_il_segreto_si_genera_una_volta_e_lo_legge_solo_chi_lo_ha_fatto(tmp_path: Path) -> None:
    primo = avvia.incorporato(tmp_path)
    secondo = avvia.incorporato(tmp_path)
    assert len(primo["SECRET_KEY"]) > 50
    assert primo["SECRET_KEY"] == secondo["SECRET_KEY"]
    assert (tmp_path / "segreto").stat().st_mode & 0o777 == 0o600


def test_un_segreto_rimasto_vuoto_si_rigenera(tmp_path: Path) -> None:
    (tmp_path / "segreto").touch()
    assert len(avvia.incorporato(tmp_path)["SECRET_KEY"]) > 50


@pytest.mark.parametrize(
    ("parole", "frase"),
    [
        (["--pippo"], "Opzione non compresa (non c'è --pippo); ./avvia --aiuto le elenca tutte."),
        (
            ["--porta", "x"],
            "Opzione non compresa (--porta: «x» non è un numero); ./avvia --aiuto le elenca tutte.",
        ),
    ],
)
def test_un_opzione_sbagliata_finisce_in_una_frase(parole: Sequence[str], frase: str) -> None:
    esito = lancia(RADICE / "avvia", *parole)
    assert (esito.returncode, esito.stderr) == (1, f"Non posso continuare. {frase}\n")


@pytest.mark.parametrize("comando", ["avvia", "prova"])
def test_l_aiuto_dice_le_opzioni(comando: str) -> None:
    esito = lancia(RADICE / comando, "--aiuto")
    assert esito.returncode == 0
    assert esito.stdout.startswith(f"uso: ./{comando}")


def test_un_python_vecchio_e_detto_con_il_comando_da_dare(tmp_path: Path) -> None:
    for nome in ("python3", "python3.11", "python3.12", "python3.13", "python3.14"):
        finto = tmp_path / nome
        finto.write_text('#!/bin/sh\n[ "$1" = -c ] && exit 1\necho Python 3.10.12\n')
        finto.chmod(0o755)
    comando = ["env", f"PATH={tmp_path}:/usr/bin:/bin", RADICE / "avvia"]
    esito = lancia(*comando)
    assert esito.returncode == 1
    assert esito.stderr.startswith(
        "Albero ha bisogno di Python 3.11 o più recente e qui c'è Python 3.10.12: "
    )
    assert "sudo apt-get install python3.11 python3.11-venv" in esito.stderr


def test_senza_apt_si_dice_il_comando_esatto(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    mancanti = [replace(pezzo, presente=lambda: False) for pezzo in (PIP, *PANGO)]
    with pytest.raises(Guasto) as detto:
        sistema.procura(mancanti)
    assert "sudo apt-get install --no-install-recommends python3." in str(detto.value)
    assert "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0" in str(detto.value)


def test_i_server_di_prova_si_fermano_e_non_lasciano_file() -> None:
    servizi = Servizi(["DATABASE_URL", "ALBERO_DATI"])
    cartelle = [
        Path(servizi.indirizzi["DATABASE_URL"].removeprefix("postgres://albero@/")).parent,
        Path(servizi.indirizzi["ALBERO_DATI"]),
    ]
    assert [cartella.is_dir() for cartella in cartelle] == [True, True]
    servizi.ferma()
    assert [cartella.exists() for cartella in cartelle] == [False, False]


def test_i_server_finiscono_anche_se_chi_li_ha_chiesti_e_ucciso() -> None:
    programma = (
        "import time; from strumenti.servizi import Servizi;"
        "print(Servizi(['ALBERO_DATI']).indirizzi['ALBERO_DATI'], flush=True); time.sleep(60)"
    )
    comando = [sys.executable, "-c", programma]
    with subprocess.Popen(comando, cwd=RADICE, stdout=subprocess.PIPE, text=True) as chi:
        assert chi.stdout
        cartella = Path(chi.stdout.readline().strip())
        assert cartella.is_dir()
        chi.send_signal(signal.SIGKILL)
        chi.stdout.read()
    _aspetta_che_sparisca(cartella)
    assert not cartella.exists()


def _aspetta_che_sparisca(cartella: Path) -> None:
    for _ in range(100):
        if not cartella.exists():
            return
        time.sleep(0.1)


def test_un_postgresql_che_non_c_e_e_detto_e_non_si_ripiega_su_sqlite(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("PG_BIN", "/non/esiste")
    with pytest.raises(Guasto) as detto:
        Servizi(["DATABASE_URL"])
    assert str(detto.value) == (
        "PostgreSQL non c'è in /non/esiste: ./prova lo prepara, o indicare DATABASE_URL."
    )
