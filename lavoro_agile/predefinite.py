# SPDX-License-Identifier: AGPL-3.0-or-later
"""What comes with the program: the rules of two aziende as they were, some to fill in, the
indicators of the guideline.
"""

import json
from functools import cache
from typing import Any

from django.conf import settings

from lavoro_agile.calcolo.edizione import Parametri
from lavoro_agile.calcolo.edizione_dati import da_dati

CARTELLA = settings.BASE / "fixtures" / "edizioni_lavoro_agile"
NOMI = ("ats-milano-2018", "asst-cremona-2021", "da-riempire")
LINEE_GUIDA = settings.BASE / "fixtures" / "pola" / "linee-guida.json"


def dati_predefiniti(nome: str) -> dict[str, Any]:
    """The rules of a preset as plain data, ready for ``EdizioneLavoroAgile.parametri``."""
    return json.loads((CARTELLA / f"{nome}.json").read_text(encoding="utf-8"))


@cache
def predefinita(nome: str) -> Parametri:
    """The rules of a preset as values."""
    return da_dati(dati_predefiniti(nome))


@cache
def linee_guida() -> dict[str, Any]:
    """The 40 indicators of the guideline of the 9th of December 2020: «indicatori», each with
    codice, dimensione, natura, nome, formula, tipo_formula, unita, verso, fasi.
    """
    return json.loads(LINEE_GUIDA.read_text(encoding="utf-8"))
