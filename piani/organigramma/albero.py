# SPDX-License-Identifier: AGPL-3.0-or-later
"""The units of a version as nested branches, for pages and drawings."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from piani.models import UnitaOrganizzativa
from piani.organigramma.responsabili import Guida


@dataclass
class Ramo:
    """A unit with what hangs from it; ``guida`` is who answers for it on the day asked about."""

    unita: UnitaOrganizzativa
    guida: Guida | None = None
    rami: list["Ramo"] = field(default_factory=list)
    primo: bool = True
    ultimo: bool = True


def annida(
    unita: Iterable[UnitaOrganizzativa], guide: Mapping[int, Guida] | None = None
) -> list[Ramo]:
    """Units that come parents first as nested branches, no further query."""
    radici: list[Ramo] = []
    per_chiave: dict[int, Ramo] = {}
    for una in unita:
        ramo = Ramo(una, (guide or {}).get(una.pk))
        per_chiave[una.pk] = ramo
        padre = per_chiave.get(una.parent_id or 0)
        fratelli = padre.rami if padre else radici
        if fratelli:
            fratelli[-1].ultimo = ramo.primo = False
        fratelli.append(ramo)
    return radici


def in_fila(rami: Iterable[Ramo]) -> Iterator[Ramo]:
    """Every branch, parents first."""
    for ramo in rami:
        yield ramo
        yield from in_fila(ramo.rami)


Padri = Mapping[int, int | None]  # each unit of a version → the unit above it


def discendenti(chiave: int, padri: Padri) -> set[int]:
    """The units under this one, at any level."""
    sotto: set[int] = set()
    davanti = {chiave}
    while davanti:
        davanti = {una for una, padre in padri.items() if padre in davanti}
        sotto |= davanti
    return sotto


def livello(chiave: int | None, padri: Padri) -> int:
    """How many units from the top down to this one, itself included; 0 above everything."""
    quanti = 0
    while chiave is not None:
        chiave, quanti = padri[chiave], quanti + 1
    return quanti


def altezza(chiave: int, padri: Padri) -> int:
    """How many levels this unit and what hangs from it take."""
    partenza = livello(chiave, padri)
    sotto = [livello(una, padri) for una in discendenti(chiave, padri)]
    return max([partenza, *sotto]) - partenza + 1
