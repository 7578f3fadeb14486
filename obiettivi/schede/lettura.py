# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a scheda says: its areas and rows with the sums of the weights, its resources.

Sums and percentages are computed here, from the rows: no form brings them.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from obiettivi.calcolo.arrotondamento import Modo, arrotonda, italiano
from obiettivi.models import AreaScheda, RigaScheda, RisorsaScheda, SchedaBudget

CENTO = Decimal(100)


@dataclass(frozen=True)
class AreaLetta:
    """An area with its rows, in order."""

    area: AreaScheda
    righe: tuple[RigaScheda, ...]


@dataclass(frozen=True)
class Gruppo:
    """Areas of performance with one weight for all, often just one: their rows make 100 together.

    The first of them carries the weight.
    """

    aree: tuple[AreaLetta, ...]

    @property
    def chiave(self) -> int:
        return self.aree[0].area.pk

    @property
    def nome(self) -> str:
        return ", ".join(una.area.nome for una in self.aree)

    @property
    def orfano(self) -> bool:
        """Its first area shares a weight, but no area of performance comes before it."""
        return self.aree[0].area.con_la_precedente

    @property
    def peso(self) -> Decimal | None:
        return self.aree[0].area.peso

    @property
    def righe(self) -> tuple[RigaScheda, ...]:
        return tuple(riga for una in self.aree for riga in una.righe)

    @property
    def somma(self) -> Decimal | None:
        """Of the weights of its rows; None when none has one."""
        return somma_di(riga.peso for riga in self.righe)

    @property
    def fa_cento(self) -> bool:
        return self.somma == CENTO and all(riga.peso is not None for riga in self.righe)


@dataclass(frozen=True)
class RisorsaLetta:
    """A resource with how far forecast and actual are from the budget."""

    risorsa: RisorsaScheda

    @property
    def scarto_previsione(self) -> Decimal | None:
        return _scarto(self.risorsa.previsione, self.risorsa.budget)

    @property
    def scarto_consuntivo(self) -> Decimal | None:
        return _scarto(self.risorsa.consuntivo, self.risorsa.budget)

    @property
    def usato(self) -> Decimal | None:
        """Percentage of the budget used; None without a budget or an actual figure."""
        if self.risorsa.consuntivo is None or not self.risorsa.budget:
            return None
        return self.risorsa.consuntivo / self.risorsa.budget * CENTO

    @property
    def usato_mostrato(self) -> str:
        """The same with one decimal, as people read it; "" when there is none."""
        if self.usato is None:
            return ""
        return f"{italiano(arrotonda(self.usato, Modo.META_SU, 1).normalize() + 0)}%"


@dataclass(frozen=True)
class Contenuto:
    """A scheda as it is read: areas in order, groups that weigh, resources."""

    scheda: SchedaBudget
    aree: tuple[AreaLetta, ...]
    gruppi: tuple[Gruppo, ...]
    risorse: tuple[RisorsaLetta, ...] = ()

    @property
    def somma_aree(self) -> Decimal | None:
        """Of the weights of the areas, each shared one counted once; None when none has one."""
        return somma_di(gruppo.peso for gruppo in self.gruppi)

    @property
    def aree_fanno_cento(self) -> bool:
        return self.somma_aree == CENTO and all(uno.peso is not None for uno in self.gruppi)

    @property
    def pesi_giusti(self) -> bool:
        """Areas make 100, and so do the rows of each group."""
        return self.aree_fanno_cento and all(gruppo.fa_cento for gruppo in self.gruppi)

    @property
    def righe(self) -> tuple[RigaScheda, ...]:
        return tuple(riga for una in self.aree for riga in una.righe)

    def gruppo_di(self, area: AreaScheda) -> Gruppo | None:
        """The group that an area weighs in; None for what does not weigh."""
        return next((uno for uno in self.gruppi if any(a.area == area for a in uno.aree)), None)


def contenuto(scheda: SchedaBudget) -> Contenuto:
    """The content of a scheda, in three queries."""
    risorse = tuple(RisorsaLetta(una) for una in scheda.risorse.order_by("ordine", "pk"))
    letto = contenuti([scheda])[scheda.pk]
    return Contenuto(letto.scheda, letto.aree, letto.gruppi, risorse)


def contenuti(schede: Collection[SchedaBudget]) -> dict[int, Contenuto]:
    """Areas and rows of many schede by key, without resources, in two queries."""
    aree: dict[int, list[AreaScheda]] = defaultdict(list)
    for area in AreaScheda.objects.filter(scheda__in=schede).order_by("ordine", "pk"):
        aree[area.scheda_id].append(area)
    righe: dict[int, list[RigaScheda]] = defaultdict(list)
    per_scheda = RigaScheda.objects.filter(area__scheda__in=schede).select_related(
        "indicatore__azienda", "indicatore__fonte", "misura__obiettivo__area__piano"
    )
    for riga in per_scheda.order_by("ordine", "pk"):
        righe[riga.area_id].append(riga)
    return {una.pk: _composto(una, aree[una.pk], righe) for una in schede}


def _composto(
    scheda: SchedaBudget, aree: Iterable[AreaScheda], righe: dict[int, list[RigaScheda]]
) -> Contenuto:
    lette = tuple(AreaLetta(area, tuple(righe[area.pk])) for area in aree)
    return Contenuto(scheda, lette, tuple(raggruppa(lette)))


def raggruppa(aree: Iterable[AreaLetta]) -> list[Gruppo]:
    """The areas of performance, those that share a weight together.

    An area that shares the weight of the one before goes with it only if that one weighs too.
    """
    gruppi: list[list[AreaLetta]] = []
    prima_pesa = False
    for una in aree:
        pesa = una.area.tipo == AreaScheda.Tipo.AREA
        if pesa and una.area.con_la_precedente and prima_pesa:
            gruppi[-1].append(una)
        elif pesa:
            gruppi.append([una])
        prima_pesa = pesa
    return [Gruppo(tuple(insieme)) for insieme in gruppi]


def somma_di(pesi: Iterable[Decimal | None]) -> Decimal | None:
    """Of the weights that are there; None when there is none."""
    presenti = [peso for peso in pesi if peso is not None]
    return sum(presenti, Decimal()) if presenti else None


def in_cifre(peso: Decimal | None) -> str:
    """A weight as people read it: ``33,3``; «nessuno» when there is none."""
    return _("nessuno") if peso is None else italiano(peso.normalize() + 0)


def _scarto(cifra: Decimal | None, budget: Decimal | None) -> Decimal | None:
    return None if cifra is None or budget is None else cifra - budget
