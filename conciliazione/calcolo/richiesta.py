# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a project asks of an envelope; amounts as whole cents and back."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from conciliazione.calcolo.importi import CENTO, ZERO
from conciliazione.calcolo.metodo import Importo


@dataclass(frozen=True)
class Richiesta:
    """What a project asks. ``riservabile``: by reserve, how much of it is for its interventions."""

    chiave: str
    nome: str
    richiesto: Decimal
    costo: Decimal = ZERO
    posto: int | None = None
    riservabile: Mapping[str, Decimal] = field(default_factory=dict)


def cent(valore: Decimal) -> int:
    return int(valore * CENTO)


def da_cent(centesimi: int) -> Decimal:
    return Decimal(centesimi).scaleb(-2)


def trova(elenco: Iterable[Importo], chiave: str) -> Importo | None:
    return next((uno for uno in elenco if uno.chiave == chiave), None)
