# SPDX-License-Identifier: AGPL-3.0-or-later
"""Static files where nobody compressed them before: small on the wire, the same once opened."""

import gzip
from collections.abc import Callable
from pathlib import Path
from typing import Any

import brotli
import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client

from config import statici

pytestmark = pytest.mark.django_db

FOGLIO = "css/pubblico.css"
INDIRIZZO = f"/static/{FOGLIO}"


def vero(nome: str) -> bytes:
    trovato = finders.find(nome)
    assert isinstance(trovato, str)
    return Path(trovato).read_bytes()


def copie() -> list[Path]:
    return sorted((settings.DATI / statici.CARTELLA).glob("*"))


@pytest.fixture(autouse=True)
def _dati_vuoti(settings: Any, tmp_path: Path) -> None:
    settings.DATI = tmp_path


@pytest.mark.parametrize(("come", "apri"), [("br", brotli.decompress), ("gzip", gzip.decompress)])
def test_un_foglio_viaggia_compresso(come: str, apri: Callable[[bytes], bytes]) -> None:
    risposta = Client().get(INDIRIZZO, headers={"Accept-Encoding": come})
    dati = risposta.getvalue()
    assert risposta["Content-Encoding"] == come
    assert int(risposta["Content-Length"]) == len(dati) < len(vero(FOGLIO)) / 3
    assert risposta["Vary"] == "Accept-Encoding"
    assert risposta["Content-Type"].startswith("text/css")
    assert apri(dati) == vero(FOGLIO)


def test_chi_non_apre_niente_lo_riceve_intero() -> None:
    risposta = Client().get(INDIRIZZO)
    assert "Content-Encoding" not in risposta
    assert risposta.getvalue() == vero(FOGLIO)


def test_si_comprime_una_volta_sola() -> None:
    Client().get(INDIRIZZO, headers={"Accept-Encoding": "br"}).close()
    prima = [(una.name, una.stat().st_mtime_ns) for una in copie()]
    assert len(prima) == 2
    Client().get(INDIRIZZO, headers={"Accept-Encoding": "br"}).close()  # another process
    assert [(una.name, una.stat().st_mtime_ns) for una in copie()] == prima


def test_chi_ce_l_ha_gia_non_lo_riceve_di_nuovo() -> None:
    client = Client()
    prima = client.get(INDIRIZZO, headers={"Accept-Encoding": "br"})
    prima.close()
    detto = {"Accept-Encoding": "br", "If-None-Match": prima["ETag"]}
    assert client.get(INDIRIZZO, headers=detto).status_code == 304


def test_un_immagine_e_un_carattere_restano_come_sono() -> None:
    carattere = next(uno for uno in _nomi() if uno.endswith(".woff2"))
    risposta = Client().get(f"/static/{carattere}", headers={"Accept-Encoding": "br"})
    assert "Content-Encoding" not in risposta
    assert risposta.getvalue() == vero(carattere)
    assert copie() == []


def test_dove_non_si_puo_scrivere_si_serve_com_e(tmp_path: Path) -> None:
    (tmp_path / statici.CARTELLA).write_text("un file al posto della cartella")
    risposta = Client().get(INDIRIZZO, headers={"Accept-Encoding": "br"})
    assert "Content-Encoding" not in risposta
    assert risposta.getvalue() == vero(FOGLIO)


def _nomi() -> list[str]:
    return [nome for trova in finders.get_finders() for nome, _dove in trova.list([])]
