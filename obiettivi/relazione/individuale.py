# SPDX-License-Identifier: AGPL-3.0-or-later
"""The individual evaluation as the Relazione may tell it: aggregates, and no small cell.

The tables come from ``settings.ALBERO_AGGREGATI_INDIVIDUALI``: functions (azienda, anno) that give
:class:`Aggregato`. They say for each cell how many people it is made of; what is made of too few
is suppressed here, whoever gives it (art. 20 c. 2 D.Lgs. 33/2013; art. 5 GDPR, minimisation).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from piani.models import Azienda
from piani.stampa.formati import numero_italiano

Dati = dict[str, Any]


@dataclass(frozen=True)
class Casella:
    """A figure, and the number of people that it is made of."""

    valore: Decimal | int | None
    persone: int


@dataclass(frozen=True)
class Aggregato:
    """A table of aggregates, without totals: a total gives away a suppressed cell."""

    titolo: str
    intestazione: str
    colonne: tuple[str, ...]
    righe: tuple[tuple[str, tuple[Casella, ...]], ...]
    nota: str = ""
    dimostrativo: bool = False


def aggregati(azienda: Azienda, anno: int) -> list[Dati]:
    """What the other parts of the program say of the individual evaluation, small cells out."""
    return [
        _in_dati(tavola)
        for percorso in settings.ALBERO_AGGREGATI_INDIVIDUALI
        for tavola in import_string(percorso)(azienda, anno)
    ]


def _in_dati(tavola: Aggregato) -> Dati:
    celle = sopprimi([list(celle) for _nome, celle in tavola.righe])
    return {
        "titolo": tavola.titolo,
        "intestazione": tavola.intestazione,
        "colonne": list(tavola.colonne),
        "righe": [
            {"etichetta": nome, "celle": riga}
            for (nome, _celle), riga in zip(tavola.righe, celle, strict=True)
        ],
        "nota": tavola.nota,
        "soppresse": sum(cella["soppressa"] for riga in celle for cella in riga),
        "minimo": settings.CELLA_MINIMA,
        "dimostrativo": tavola.dimostrativo,
    }


def sopprimi(righe: list[list[Casella]]) -> list[list[Dati]]:
    """The cells without those of too few people.

    One cell alone suppressed in its row or column could be found again by difference from a total
    known elsewhere: the smallest beside it is suppressed too, until none is alone.
    """
    coperte = {
        (r, c)
        for r, riga in enumerate(righe)
        for c, una in enumerate(riga)
        if 0 < una.persone < settings.CELLA_MINIMA
    }
    while altra := _da_coprire(righe, coperte):
        coperte.add(altra)
    return [
        [_cella(una, soppressa=(r, c) in coperte) for c, una in enumerate(riga)]
        for r, riga in enumerate(righe)
    ]


def _da_coprire(
    righe: list[list[Casella]], coperte: set[tuple[int, int]]
) -> tuple[int, int] | None:
    """The smallest cell to hide beside one that is hidden alone in its line; None if none is."""
    for linea in _linee(righe):
        if sum(posto in coperte for posto in linea) != 1:
            continue
        altre = [(r, c) for r, c in linea if (r, c) not in coperte and righe[r][c].persone]
        if altre:
            return min(altre, key=lambda posto: (righe[posto[0]][posto[1]].persone, posto))
    return None


def _linee(righe: list[list[Casella]]) -> Iterator[list[tuple[int, int]]]:
    """The places of each row, then of each column."""
    for r, riga in enumerate(righe):
        yield [(r, c) for c in range(len(riga))]
    for c in range(max((len(riga) for riga in righe), default=0)):
        yield [(r, c) for r, riga in enumerate(righe) if c < len(riga)]


def _cella(una: Casella, *, soppressa: bool) -> Dati:
    if soppressa:
        return {"soppressa": True, "stampato": "", "valore": None}
    valore = None if una.valore is None else Decimal(una.valore).normalize() + 0
    return {"soppressa": False, "stampato": numero_italiano(valore), "valore": valore}


def dimostrativi(tavole: Iterable[Dati]) -> bool:
    return any(tavola["dimostrativo"] for tavola in tavole)
