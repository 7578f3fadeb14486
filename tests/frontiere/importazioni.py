# SPDX-License-Identifier: AGPL-3.0-or-later
"""The routes of the imports: only who brings in that kind finds them."""

from typing import Any

from piani.models import Azienda
from tests.factories import IndicatoreFactory
from tests.piani.importazioni.fogli import importa, xlsx

PUBBLICHE: set[str] = set()
PERSONALI: set[str] = {"importazioni_di"}
SCRITTURE: set[str] = {"importazione_abbina", "importazione_conferma", "importazione_scarta"}
MODULI: set[str] = set()
NASCOSTE: set[str] = {
    "importazione_nuova", "importazione_esempio", "importazione", "importazione_abbina",
    "importazione_conferma", "importazione_annulla", "importazione_scarta",
}  # fmt: skip


def chiavi(azienda: Azienda) -> dict[str, dict[str, Any]]:
    ente = {"azienda": azienda.codice}
    IndicatoreFactory(azienda=azienda, codice="DA-FILE")
    foglio = xlsx([("Codice indicatore", "Anno", "Consuntivo"), ("DA-FILE", 2022, 5)])
    questa = ente | {"pk": importa("rilevazioni", azienda, foglio).pk}
    nuova = ente | {"genere": "rilevazioni"}
    return {
        "importazioni": ente,
        **dict.fromkeys(NASCOSTE, questa),
        "importazione_nuova": nuova,
        "importazione_esempio": nuova,
    }
