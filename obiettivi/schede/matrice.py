# SPDX-License-Identifier: AGPL-3.0-or-later
"""The matrix of the weights of a year: objectives down, CdR across."""

import json
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import count

from obiettivi.models import AreaScheda, Indicatore, RigaScheda, SchedaBudget
from obiettivi.schede.lettura import Contenuto, Gruppo, contenuti

Area = tuple[str, str]
"""Type and name of an area: what makes it one over many schede."""
Posto = tuple[str, int, int]
"""Objective, indicator, and which one it is of those alike in an area of a scheda."""


@dataclass(frozen=True)
class Cella:
    """Where a row (or an area) of the matrix meets a CdR.

    ``nome`` is the field of the form: ``riga-12``, ``area-3``, ``nuova-7-12`` (in scheda 7, a row
    like row 12), "" where there is nothing to write. ``gruppo`` is the sum that its weight is in.
    """

    nome: str = ""
    peso: Decimal | None = None
    gruppo: str = ""
    c_e: bool = True


@dataclass
class RigaMatrice:
    """An objective with its indicator, and its weight in each scheda."""

    obiettivo: str
    indicatore: Indicatore
    celle: list[Cella] = field(default_factory=list)


@dataclass
class SommaCella:
    """The sum of the weights of a group of areas in a scheda, where its last area ends."""

    gruppo: str = ""
    somma: Decimal | None = None
    giusta: bool = True
    in_comune: bool = False
    """The sum is at the area that follows: the weight is one."""


@dataclass
class AreaMatrice:
    """An area by name, with its weight in each scheda, its rows and their sums."""

    tipo: str
    nome: str
    pesi: list[Cella]
    righe: list[RigaMatrice]
    somme: list[SommaCella]

    @property
    def pesa(self) -> bool:
        return self.tipo == AreaScheda.Tipo.AREA


@dataclass
class Matrice:
    """The sheet: its columns are schede, the blocks of its rows are areas."""

    schede: list[SchedaBudget]
    aree: list[AreaMatrice]
    totali: list[SommaCella]
    """Of the weights of the areas, one per scheda."""

    @property
    def scrivibili(self) -> dict[str, Decimal | None]:
        """The weight that each field holds now."""
        celle = [cella for area in self.aree for cella in area.pesi]
        celle += [cella for area in self.aree for riga in area.righe for cella in riga.celle]
        return {cella.nome: cella.peso for cella in celle if cella.nome}

    @property
    def visti(self) -> str:
        """What each field said when the page was made: a save over something else is told."""
        return json.dumps({nome: scritto(peso) for nome, peso in self.scrivibili.items()})


def scritto(peso: Decimal | None) -> str:
    """A weight as the mark of a page keeps it."""
    return "" if peso is None else f"{peso.normalize() + 0:f}"


def letti(testo: str) -> dict[str, str]:
    """What the page had seen, from its hidden field; nothing if it is not understood."""
    try:
        dati = json.loads(testo)
    except ValueError:
        return {}
    if not isinstance(dati, dict):
        return {}
    return {chiave: valore for chiave, valore in dati.items() if isinstance(valore, str)}


def matrice(schede: Collection[SchedaBudget], *, scrive: bool) -> Matrice:
    """The matrix of some schede of one azienda and year, in two queries.

    :param scrive: whether the person may write them; those already signed are only read.
    """
    lette = contenuti(schede)
    colonne = [Colonna(lette[una.pk], scrive and una.in_preparazione) for una in schede]
    aree: dict[Area, None] = {}
    for colonna in colonne:
        aree |= dict.fromkeys(colonna.aree)
    ordinate = sorted(aree, key=lambda chiave: _posto(chiave, colonne))
    return Matrice(
        schede=list(schede),
        aree=[_area(chiave, colonne) for chiave in ordinate],
        totali=[colonna.totale for colonna in colonne],
    )


def _posto(chiave: Area, colonne: list["Colonna"]) -> int:
    """The earliest place that an area has in a scheda."""
    return min(list(colonna.aree).index(chiave) for colonna in colonne if chiave in colonna.aree)


class Colonna:
    """A scheda, as a column of the matrix."""

    def __init__(self, letto: Contenuto, scrive: bool) -> None:
        self.scheda, self.scrive, self.letto = letto.scheda, scrive, letto
        self.aree: dict[Area, AreaScheda] = {}
        self.posti: dict[Area, list[Posto]] = defaultdict(list)
        self.per_posto: dict[tuple[Area, Posto], RigaScheda] = {}
        contate: dict[tuple[Area, str, int], count[int]] = defaultdict(count)
        for una in letto.aree:
            chiave = (una.area.tipo, una.area.nome)
            self.aree.setdefault(chiave, una.area)
            for riga in una.righe:
                detta = (riga.obiettivo, riga.indicatore_id)
                posto = (*detta, next(contate[chiave, *detta]))
                self.posti[chiave].append(posto)
                self.per_posto[chiave, posto] = riga
        self.gruppi: dict[int, Gruppo] = {
            una.area.pk: gruppo for gruppo in letto.gruppi for una in gruppo.aree
        }

    def cella_area(self, chiave: Area) -> Cella:
        area = self.aree.get(chiave)
        if area is None:
            return Cella(c_e=False)
        primo = area.pk in self.gruppi and self.gruppi[area.pk].chiave == area.pk
        if not primo or area.con_la_precedente:
            return Cella(c_e=False)
        nome = f"area-{area.pk}" if self.scrive else ""
        return Cella(nome, area.peso, f"s{self.scheda.pk}")

    def cella(self, chiave: Area, posto: Posto, simile: RigaScheda) -> Cella:
        riga, area = self.per_posto.get((chiave, posto)), self.aree.get(chiave)
        gruppo = f"g{self.gruppi[area.pk].chiave}" if area and area.pk in self.gruppi else ""
        if not gruppo:
            return Cella(c_e=riga is not None)
        if riga is not None:
            return Cella(f"riga-{riga.pk}" if self.scrive else "", riga.peso, gruppo)
        nome = f"nuova-{self.scheda.pk}-{simile.pk}" if self.scrive else ""
        return Cella(nome, None, gruppo, c_e=False)

    def somma(self, chiave: Area) -> SommaCella:
        area = self.aree.get(chiave)
        gruppo = self.gruppi.get(area.pk) if area else None
        if area is None or gruppo is None:
            return SommaCella()
        if gruppo.aree[-1].area.pk != area.pk:
            return SommaCella(in_comune=True)
        return SommaCella(f"g{gruppo.chiave}", gruppo.somma, gruppo.fa_cento)

    @property
    def totale(self) -> SommaCella:
        letto = self.letto
        return SommaCella(f"s{self.scheda.pk}", letto.somma_aree, letto.aree_fanno_cento)


def _area(chiave: Area, colonne: list[Colonna]) -> AreaMatrice:
    simili: dict[Posto, RigaScheda] = {}
    for colonna in colonne:
        for posto in colonna.posti[chiave]:
            simili.setdefault(posto, colonna.per_posto[chiave, posto])
    return AreaMatrice(
        tipo=chiave[0],
        nome=chiave[1],
        pesi=[colonna.cella_area(chiave) for colonna in colonne],
        righe=[
            RigaMatrice(
                riga.obiettivo,
                riga.indicatore,
                [colonna.cella(chiave, posto, riga) for colonna in colonne],
            )
            for posto, riga in simili.items()
        ],
        somme=[colonna.somma(chiave) for colonna in colonne],
    )
