# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a person does from a page, another system does through the API: page by page.

A new page fails here until ``tests/api/pagine`` says which operation does the same, or why none.
"""

import json
from pathlib import Path

import pytest

from tests.api.pagine import operazioni_delle_pagine, senza_operazione
from tests.frontiere.elenchi import MODULI, SCRITTURE
from tests.test_frontiere import nomi

FILE = Path(__file__).resolve().parents[2] / "docs" / "api" / "openapi.json"
ESISTONO = {
    f"{metodo.upper()} {percorso}"
    for percorso, metodi in json.loads(FILE.read_text())["paths"].items()
    for metodo in metodi
}
NON_SONO_PAGINE = ("api:", "admin:")


def pagine() -> set[str]:
    return {nome for nome in nomi() if not nome.startswith(NON_SONO_PAGINE)}


def test_ogni_pagina_dice_la_sua_operazione() -> None:
    con, senza = set(operazioni_delle_pagine()), set(senza_operazione())
    assert con | senza == pagine()
    assert con & senza == set(), "una pagina è detta due volte"


def test_ogni_operazione_detta_esiste() -> None:
    dette = {una for tutte in operazioni_delle_pagine().values() for una in tutte}
    assert dette - ESISTONO == set()


@pytest.mark.parametrize("nome", sorted(SCRITTURE | MODULI))
def test_chi_scrive_da_una_pagina_scrive_dall_api(nome: str) -> None:
    sue = operazioni_delle_pagine().get(nome)
    assert sue is None or any(not una.startswith("GET ") for una in sue), sue
