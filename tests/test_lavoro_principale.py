# SPDX-License-Identifier: AGPL-3.0-or-later
"""What ``./avvia`` does: the two plans loaded, computed, published; and again, changing nothing."""

import json
import os
import subprocess
import sys
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from jsonschema import Draft202012Validator

from obiettivi.models import Calcolo
from piani.models import DocumentoPubblicato, Utente
from tests.conftest import RADICE

pytestmark = [pytest.mark.django_db, pytest.mark.due_banche]
SLUG = ("asst-cremona-performance-2022-2024", "ats-milano-performance-2021-2023")


@pytest.fixture
def documenti(settings: Any, tmp_path: Path) -> Path:
    settings.DATI = tmp_path
    call_command("avvia_dimostrazione", stdout=StringIO())
    return Path(settings.DOCUMENTI)


def leggi(documenti: Path, slug: str) -> dict[str, Any]:
    dati: dict[str, Any] = json.loads((documenti / slug / "documento.json").read_text())
    return dati


@pytest.mark.lunga
def test_il_lavoro_principale_mantiene_il_suo_contratto(documenti: Path) -> None:
    schema = json.loads((RADICE / "static/schemi/documento-1.schema.json").read_text())
    for slug in SLUG:
        cartella = documenti / slug
        assert (cartella / "documento.pdf").read_bytes().startswith(b"%PDF-1.7")
        assert (cartella / "documento.html").read_text().startswith("<!DOCTYPE html>")
        assert len(list((cartella / "csv").glob("*.csv"))) >= 8
        Draft202012Validator(schema).validate(leggi(documenti, slug))
    cremona, milano = (leggi(documenti, slug) for slug in SLUG)
    assert [len(righe(milano)), len(righe(cremona))] == [45, 39]
    assert len(cremona["progetti"]) == 25
    assert cremona["progetti"][0]["traguardi"][0]["anno"] == 2022
    assert {q["dove"] for q in cremona["quadrature"] if q["differenza"] != 0} >= {
        "2.2 Organizzazione: «8 Dipartimenti gestionali»"
    }
    per_trimestre = next(i for i in righe(cremona) if i["codice"] == "CR-14")
    assert per_trimestre["target"][0]["lettura"]["tipo"] == "per_periodo"
    assert cremona["piano"]["raggiungimento"]["partenza"]["dimostrativo"] is False
    assert cremona["piano"]["raggiungimento"]["consuntivo"]["dimostrativo"] is True
    assert milano["piano"]["raggiungimento"]["partenza"] is None
    ripeti(documenti)


def righe(documento: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        indicatore
        for area in documento["aree"]
        for obiettivo in area["obiettivi"]
        for indicatore in obiettivo["indicatori"]
    ]


def ripeti(documenti: Path) -> None:
    """A second time nothing changes, and a lost file comes back the same, byte for byte."""
    perso = documenti / SLUG[0] / "documento.pdf"
    prima = perso.read_bytes()
    perso.unlink()
    persone = Utente.objects.count()
    call_command("avvia_dimostrazione", stdout=StringIO())
    assert perso.read_bytes() == prima
    assert Utente.objects.count() == persone == 82
    assert DocumentoPubblicato.objects.count() == 2
    ultimi = Calcolo.objects.order_by("-pk")[:3]
    assert [calcolo.scritti for calcolo in ultimi] == [0, 0, 0]


def test_manage_funziona_senza_ambiente_e_legge_i_target(tmp_path: Path) -> None:
    esito = subprocess.run(
        [sys.executable, RADICE / "manage.py", "leggi_target", "≥ 95%", "da definire"],
        env={"PATH": os.environ["PATH"], "ALBERO_DATI": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    letti = [json.loads(riga) for riga in esito.stdout.splitlines()]
    assert [letto["tipo"] for letto in letti] == ["soglia", "da_definire"]
    prima = letti[0]["letture"][0]
    assert (prima["comparatore"], prima["valore"], prima["unita"]) == (">=", 95, "%")


def test_manage_dice_dove_non_può_scrivere(tmp_path: Path) -> None:
    occupato = tmp_path / "occupato"
    occupato.write_text("")
    esito = subprocess.run(
        [sys.executable, RADICE / "manage.py", "check"],
        env={"PATH": os.environ["PATH"], "ALBERO_DATI": str(occupato)},
        capture_output=True,
        text=True,
    )
    assert esito.returncode == 1
    assert "non si può scrivere" in esito.stderr
