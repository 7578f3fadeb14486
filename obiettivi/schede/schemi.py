# SPDX-License-Identifier: AGPL-3.0-or-later
"""The schemes of a scheda: areas with their weights, in dated files of ``fixtures/schede``."""

import json
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

from obiettivi.models import AreaScheda

CARTELLA: Path = settings.BASE / "fixtures" / "schede"
SCHEMA = "albero/schema-scheda/1"


@dataclass(frozen=True)
class AreaDiSchema:
    """An area as the scheme has it; the weight is the one of the group that it begins."""

    tipo: str
    nome: str
    peso: Decimal | None = None
    con_la_precedente: bool = False


@dataclass(frozen=True)
class Schema:
    """A scheme, in use from the year ``dal`` to the year ``al`` (still, if it is ``None``)."""

    codice: str
    nome: str
    fonte: str
    dal: int
    al: int | None
    aree: tuple[AreaDiSchema, ...]

    def vale_nel(self, anno: int) -> bool:
        return self.dal <= anno and (self.al is None or anno <= self.al)


@cache
def schemi() -> tuple[Schema, ...]:
    """All of them, the newest first."""
    letti = [_schema(json.loads(uno.read_text("utf-8"))) for uno in sorted(CARTELLA.glob("*.json"))]
    return tuple(sorted(letti, key=lambda uno: (-uno.dal, uno.nome)))


def schemi_del(anno: int) -> list[Schema]:
    """Those in use in a year."""
    return [uno for uno in schemi() if uno.vale_nel(anno)]


def _schema(dati: dict[str, Any]) -> Schema:
    if dati["schema"] != SCHEMA:
        raise ValueError(f"Schema sconosciuto: {dati['schema']}")
    return Schema(
        codice=dati["codice"],
        nome=dati["nome"],
        fonte=dati["fonte"],
        dal=dati["dal"],
        al=dati["al"],
        aree=tuple(_area(una) for una in dati["aree"]),
    )


def _area(dati: dict[str, Any]) -> AreaDiSchema:
    peso = dati.get("peso")
    return AreaDiSchema(
        tipo=AreaScheda.Tipo(dati["tipo"]).value,
        nome=dati["nome"],
        peso=None if peso is None else Decimal(peso),
        con_la_precedente=dati.get("con_la_precedente", False),
    )
