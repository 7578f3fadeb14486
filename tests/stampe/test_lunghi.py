# SPDX-License-Identifier: AGPL-3.0-or-later
"""Long documents: a table of hundreds of rows with merged cells, and the memory given back."""

import gc
import json
import re
from functools import cache
from io import BytesIO

import jsonschema
import pytest
from django.conf import settings
from pypdf import PdfReader
from weasyprint.formatting_structure.boxes import Box

from bench.documento import fotografia_grande, tabella_lunga
from piani.stampa import rende_json, rende_pdf
from piani.stampa.pagina import componi
from piani.stampa.pdf import stile_stampa
from piani.tipografia.processo import GRANDE, PICCOLO
from tests.stampe.veloce import fallimenti

RIGHE, UNITE = 500, 12
CODICE = re.compile(r"\bI1\.\d+\.\d+\b")


@cache
def lungo() -> bytes:
    return rende_pdf(tabella_lunga(RIGHE, UNITE)).contenuto


@cache
def pagine_lette() -> list[str]:
    return [pagina.extract_text() for pagina in PdfReader(BytesIO(lungo())).pages]


def codici() -> list[str]:
    """The codes of the rows, in the order of the plan."""
    return [f"I1.{n // UNITE + 1}.{n % UNITE + 1}" for n in range(RIGHE)]


@pytest.mark.lunga
def test_ogni_riga_sta_intera_in_una_pagina_sola_e_in_ordine() -> None:
    assert [codice for testo in pagine_lette() for codice in CODICE.findall(testo)] == codici()


@pytest.mark.lunga
def test_ogni_pagina_della_tabella_ripete_intestazione_e_obiettivo() -> None:
    con_righe = [testo for testo in pagine_lette() if CODICE.search(testo)]
    assert len(con_righe) > 20
    for testo in con_righe:
        assert testo.count("Target 2024") == 1
        assert re.search(r"\bO1\.\d+\b", testo[: CODICE.search(testo).end() + 200])  # type: ignore[union-attr]


@pytest.mark.lunga
def test_le_celle_unite_della_tabella_lunga_sono_conformi() -> None:
    """A merged cell that crossed a page would fail the rules of PDF/UA on tables."""
    assert fallimenti(lungo()) == {"ua1": set(), "2a": set()}


def test_la_fotografia_inventata_e_sempre_la_stessa() -> None:
    assert fotografia_grande(8) == fotografia_grande(8)
    assert fotografia_grande(8) != fotografia_grande(8, seme=8)


def test_la_fotografia_inventata_ha_la_forma_di_quelle_vere() -> None:
    schema = json.loads((settings.BASE / "static/schemi/documento-1.schema.json").read_text())
    jsonschema.validate(json.loads(rende_json(fotografia_grande(4))), schema)


@pytest.mark.lunga
def test_dopo_una_stampa_grande_l_albero_dell_impaginazione_non_c_e_piu() -> None:
    """What is left would stay with the worker for ever."""

    def quante() -> int:
        return sum(issubclass(type(uno), Box) for uno in gc.get_objects())

    gc.collect()
    prima = quante()  # what other tests still hold
    foto = fotografia_grande(12)
    assert PICCOLO < len(componi(foto, stile_stampa(), per_pdf=True)) < GRANDE, "si stampa altrove"
    rende_pdf(foto)
    assert quante() <= prima
