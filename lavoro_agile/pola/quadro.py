# SPDX-License-Identifier: AGPL-3.0-or-later
"""The development programme of a POLA as a table: dimensions, indicators, a level a phase."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.functional import cached_property

from lavoro_agile.models import Dimensione, FaseSviluppo, IndicatorePola, Pola
from obiettivi.calcolo.letture import LetturaTarget
from obiettivi.models import Indicatore, Misura, Target
from obiettivi.views.lettura import Parole, in_parole
from piani.models import Piano

ABILITANTI = (
    Dimensione.ORGANIZZATIVA, Dimensione.PROFESSIONALE, Dimensione.ECONOMICA, Dimensione.DIGITALE,
)  # fmt: skip
ATTUAZIONE = (Dimensione.QUANTITA, Dimensione.QUALITA)
"""The conditions that enable, and how far the lavoro agile has gone: they are counted apart."""


@dataclass(frozen=True)
class Colonna:
    """A year of the programme, with the phase that falls in it if one does."""

    anno: int
    fase: FaseSviluppo | None = None

    @property
    def nome(self) -> str:
        return str(self.fase) if self.fase else str(self.anno)


@dataclass(frozen=True)
class Livello:
    """What is expected in a year: as it is printed, and as it is read."""

    anno: int
    stampato: str
    letto: LetturaTarget | None
    da_confermare: bool = False

    @property
    def parole(self) -> Parole | None:
        return in_parole(self.letto) if self.letto else None


@dataclass(frozen=True)
class Riga:
    """An indicator with its levels, one for each column; None where the programme prints none."""

    pola: IndicatorePola
    livelli: tuple[Livello | None, ...]

    @property
    def misura(self) -> Misura:
        return self.pola.misura

    @property
    def indicatore(self) -> Indicatore:
        return self.pola.misura.indicatore


@dataclass(frozen=True)
class Gruppo:
    """The indicators of a dimension."""

    dimensione: Dimensione
    righe: tuple[Riga, ...]
    colonne: tuple[Colonna, ...]
    """All those of the programme: ``usate`` are the ones to show."""

    def usate(self, piano: Piano) -> list[Colonna]:
        """The years of the plan, and those before it in which one of its indicators begins."""
        partenze = {livello.anno for riga in self.righe for livello in riga.livelli if livello}
        return [una for una in self.colonne if una.anno in piano.anni or una.anno in partenze]


@dataclass(frozen=True)
class Programma:
    """The programme of a POLA, dimension by dimension in the order of the guideline."""

    colonne: tuple[Colonna, ...]
    gruppi: tuple[Gruppo, ...]

    @property
    def fasi(self) -> list[FaseSviluppo]:
        """The phases, in the order of their years."""
        return [una.fase for una in self.colonne if una.fase]

    @cached_property
    def righe(self) -> tuple[Riga, ...]:
        return tuple(riga for gruppo in self.gruppi for riga in gruppo.righe)

    def quanti(self, dimensioni: Iterable[Dimensione]) -> int:
        """How many indicators those dimensions have."""
        scelte = set(dimensioni)
        return sum(len(uno.righe) for uno in self.gruppi if uno.dimensione in scelte)

    @property
    def abilitanti(self) -> int:
        return self.quanti(ABILITANTI)

    @property
    def attuazione(self) -> int:
        return self.quanti(ATTUAZIONE)


def programma(pola: Pola) -> Programma:
    """The programme as it is now, in three queries."""
    colonne = tuple(colonne_di(pola.piano, pola.fasi.all()))
    righe = [
        Riga(uno, tuple(_livelli(uno.misura, colonne)))
        for uno in pola.indicatori.select_related("misura__indicatore__azienda")
        .prefetch_related("misura__target")
        .order_by("ordine")
    ]
    gruppi = (
        Gruppo(una, tuple(riga for riga in righe if riga.pola.dimensione == una), colonne)
        for una in Dimensione
    )
    return Programma(colonne, tuple(gruppo for gruppo in gruppi if gruppo.righe))


def colonne_di(piano: Piano, fasi: Iterable[FaseSviluppo]) -> Iterator[Colonna]:
    """The years of the plan and of its phases, in order."""
    per_anno = {fase.anno: fase for fase in fasi}
    for anno in sorted({*piano.anni, *per_anno}):
        yield Colonna(anno, per_anno.get(anno))


def _livelli(misura: Misura, colonne: Iterable[Colonna]) -> Iterator[Livello | None]:
    target = {uno.anno: uno for uno in misura.target.all()}
    for colonna in colonne:
        yield _livello(misura, target.get(colonna.anno), colonna.anno)


def _livello(misura: Misura, target: Target | None, anno: int) -> Livello | None:
    """The target of that year; of the year from which one starts, the starting point."""
    if target is not None:
        return Livello(anno, target.stampato, target.letto, target.da_confermare)
    if misura.base_anno == anno and misura.base_stampata:
        return Livello(anno, misura.base_stampata, misura.base)
    return None
