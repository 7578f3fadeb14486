# SPDX-License-Identifier: AGPL-3.0-or-later
"""Every route for ``test_frontiere``: ``elenchi`` and ``chiavi`` those of plans and objectives, one
module per part those of the floors above.

Each of these says, of its own routes: ``PUBBLICHE``, ``PERSONALI``, ``SCRITTURE``, ``MODULI`` (as
``elenchi`` does), ``NASCOSTE`` (404 also for who reads the azienda: drafts, sealed, of one person),
and ``chiavi(azienda)``: for each private route with a key, the keys of rows of that azienda.
"""

from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

from piani.models import Azienda

NOMI = (
    "edizioni", "rete", "comitato", "bando", "valutazione", "riparto", "finanziario", "progetti",
    "monitoraggio", "impatto", "agile", "agile_mappatura", "agile_domande", "agile_accordi",
    "agile_pola", "agile_cifre", "azioni_positive", "obblighi", "piao", "firme", "webhook",
    "attestazione", "logo", "importazioni", "foglio",
)  # fmt: skip


def parti() -> list[ModuleType]:
    return [import_module(f"tests.frontiere.{nome}") for nome in NOMI]


def dell_api() -> list[ModuleType]:
    """The parts that say the addresses of the API, each after those whose rows it uses."""
    qui = Path(__file__).parent
    return [import_module(f"tests.frontiere.{uno.stem}") for uno in sorted(qui.glob("api*.py"))]


def insieme(elenco: str) -> set[str]:
    """The names that all the parts put in a list."""
    return set().union(*(getattr(parte, elenco) for parte in parti()))


def chiavi_conciliazione(azienda: Azienda) -> dict[str, dict[str, Any]]:
    trovate: dict[str, dict[str, Any]] = {}
    for parte in parti():
        trovate |= parte.chiavi(azienda)
    return trovate
