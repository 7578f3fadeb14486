# SPDX-License-Identifier: AGPL-3.0-or-later
"""The rules that come with the program: two editions as they were, one to fill in."""

import json
from functools import cache
from typing import Any

from django.conf import settings

from conciliazione.calcolo.edizione import Parametri
from conciliazione.calcolo.edizione_dati import da_dati

CARTELLA = settings.BASE / "fixtures" / "edizioni_conciliazione"
NOMI = ("2017-2018", "2020-2023", "2025-2027")


def dati_predefiniti(nome: str) -> dict[str, Any]:
    """The rules of a preset as plain data, ready for ``EdizioneConciliazione.parametri``."""
    return json.loads((CARTELLA / f"{nome}.json").read_text(encoding="utf-8"))


@cache
def predefinita(nome: str) -> Parametri:
    """The rules of a preset as values."""
    return da_dati(dati_predefiniti(nome))
