# SPDX-License-Identifier: AGPL-3.0-or-later
"""The addresses of the imports in the API."""

import base64
from typing import Any

from piani.models import Azienda
from tests.factories import IndicatoreFactory
from tests.piani.importazioni.fogli import csv_, importa

# Only of who brings in that kind.
VUOTE = {"/importazioni"}
NASCOSTE = {
    f"/importazioni/{{id}}{passo}"
    for passo in ("", "/abbinamento", "/annullamento", "/conferma", "/scarto")
} | {"/importazioni/{importazione}/righe"}
FOGLIO = csv_([("Codice indicatore", "Anno", "Consuntivo"), ("DA-API", "2022", "5")])


def chiavi(azienda: Azienda) -> dict[str, dict[str, Any]]:
    IndicatoreFactory(azienda=azienda, codice="DA-API")
    questa = importa("rilevazioni", azienda, FOGLIO, nome="dati.csv")
    righe = "/importazioni/{importazione}/righe"
    return {
        **{percorso: {"id": questa.pk} for percorso in NASCOSTE - {righe}},
        righe: {"importazione": questa.pk},
    }


def corpi(azienda: Azienda) -> dict[str, Any]:
    return {
        "/importazioni": {
            "azienda": azienda.codice,
            "genere": "rilevazioni",
            "nome": "dati.csv",
            "contenuto": base64.b64encode(FOGLIO).decode(),
        }
    }
