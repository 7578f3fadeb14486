# SPDX-License-Identifier: AGPL-3.0-or-later
"""The machine that prints: the process of the large documents, what it does not hold."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from pydyf import Dictionary

from piani.tipografia import processo
from piani.tipografia.composizione import StampaNonDisponibile, stampa_qui
from piani.tipografia.fogli import stretto
from piani.tipografia.stampatrice import di_fabbrica

PAGINA = (
    '<!DOCTYPE html><html lang="it"><head><title>Prova</title><style>p{color:#123456}</style>'
    "</head><body><h1>Prova</h1><ul><li>uno</li></ul><p>Perché no</p></body></html>"
)


@pytest.fixture
def grande(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every page is large enough for a process of its own."""
    monkeypatch.setattr(processo, "GRANDE", 0)


def finta(cartella: Path, corpo: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A WeasyPrint that the other process finds before the real one."""
    (cartella / "weasyprint.py").write_text(corpo)
    monkeypatch.setenv("PYTHONPATH", str(cartella))


def test_un_documento_grande_ha_gli_stessi_byte_di_uno_stampato_qui(grande: None) -> None:
    assert processo.stampa_html(PAGINA) == stampa_qui(PAGINA)


def test_un_documento_grande_non_si_stampa_in_questo_processo(
    grande: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def vietata(_testo: str) -> Any:
        raise AssertionError("stampata qui")

    monkeypatch.setattr(processo, "stampa_qui", vietata)
    assert processo.stampa_html(PAGINA).pagine == 1


def test_anche_l_altro_processo_dice_quali_librerie_mancano(
    grande: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    finta(tmp_path, "raise OSError('cannot load library')", monkeypatch)
    with pytest.raises(StampaNonDisponibile, match=r"mancano le librerie di Pango.*apt-get"):
        processo.stampa_html(PAGINA)


def test_un_processo_che_si_ferma_e_una_stampa_interrotta(
    grande: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    finta(tmp_path, "raise RuntimeError('carta inceppata')", monkeypatch)
    with pytest.raises(processo.StampaInterrotta, match="carta inceppata"):
        processo.stampa_html(PAGINA)


def test_una_stampa_che_non_finisce_si_ferma(
    grande: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    finta(tmp_path, "import time; time.sleep(60)", monkeypatch)
    monkeypatch.setattr(processo, "SECONDI", 0.5)
    with pytest.raises(processo.StampaInterrotta, match=r"non finita dopo 0\.5 secondi"):
        processo.stampa_html(PAGINA)


def test_chi_stampa_non_porta_con_se_ne_django_ne_i_fogli_di_calcolo() -> None:
    chiede = (
        "import sys, piani.tipografia.composizione, weasyprint\n"
        "print([n for n in ('django', 'numpy', 'pandas', 'openpyxl') if n in sys.modules])"
    )
    comando = [sys.executable, "-c", chiede]
    detto = subprocess.run(
        comando, capture_output=True, text=True, check=True, cwd=processo.RADICE
    ).stdout
    assert detto.strip() == "[]"


def test_nessuna_regola_di_fabbrica_vale_per_un_pezzo_di_ogni_elemento() -> None:
    """Each would be one more style for every element of the document."""
    senza_nome = [
        pseudo
        for _prova, _specificita, _ordine, pseudo, *_altro in di_fabbrica().matcher.other_selectors
        if pseudo
    ]
    assert senza_nome == []


def test_i_pezzi_di_una_pagina_si_uniscono_e_i_segni_restano_a_parte() -> None:
    segno = Dictionary({"MCID": 3})
    flusso = [b"q", "1 0 0 1 0 0 cm", "/P", segno, b"BDC", b"BT", b"ET", b"EMC"]
    assert stretto(flusso) == [b"q\n1 0 0 1 0 0 cm", "/P", segno, b"BDC", b"BT\nET\nEMC"]
