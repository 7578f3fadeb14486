# SPDX-License-Identifier: AGPL-3.0-or-later
"""How the actions of a plan go, year by year: which were due, which were carried out."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Exists, OuterRef

from piani.models import AreaAzioniPositive, AzionePositiva, MonitoraggioAzione, Piano
from piani.models.azione_positiva import DellArea, quota_realizzata

Stato = MonitoraggioAzione.Stato
ATTESA = Decimal(90)
"""Per cent of the actions of a year that should be carried out."""


@dataclass(frozen=True)
class Voce:
    """An action in a year; ``riga`` is not saved when nobody wrote of it yet."""

    azione: AzionePositiva
    riga: MonitoraggioAzione

    @property
    def scritta(self) -> bool:
        return self.riga.pk is not None


@dataclass(frozen=True)
class Gruppo:
    """The actions of an area in a year."""

    area: AreaAzioniPositive
    voci: tuple[Voce, ...]


@dataclass(frozen=True)
class QuadroAnno:
    """A year of the plan: an action of that year of which nobody wrote is due and not done."""

    anno: int
    gruppi: tuple[Gruppo, ...]

    @property
    def voci(self) -> list[Voce]:
        return [voce for gruppo in self.gruppi for voce in gruppo.voci]

    @property
    def dovute(self) -> int:
        return sum(voce.riga.stato != Stato.NON_DOVUTA for voce in self.voci)

    @property
    def realizzate(self) -> int:
        return sum(voce.riga.stato == Stato.REALIZZATA for voce in self.voci)

    @property
    def da_scrivere(self) -> int:
        return sum(not voce.scritta for voce in self.voci)

    @property
    def quota(self) -> Decimal | None:
        return quota_realizzata([voce.riga for voce in self.voci])

    @property
    def raggiunta(self) -> bool | None:
        return None if self.quota is None else self.quota >= ATTESA


def aree_di(piano: Piano) -> list[AreaAzioniPositive]:
    """The areas with their actions, units and monitoring, in a fixed number of queries."""
    return list(
        AreaAzioniPositive.objects.filter(piano=piano)
        .order_by("ordine", "pk")
        .prefetch_related("azioni__responsabile", "azioni__monitoraggi")
    )


def tolte_da(piano: Piano) -> DellArea:
    """The actions of the plan that this one rolls on from, that are not in it any more."""
    qui = AzionePositiva.objects.filter(area__piano=piano, precedente=OuterRef("pk"))
    di_prima = AzionePositiva.objects.filter(area__piano=piano.scorrimento_di_id)
    return di_prima.filter(~Exists(qui)).select_related("area")


def quadro_anno(aree: list[AreaAzioniPositive], anno: int) -> QuadroAnno:
    gruppi = (Gruppo(area, tuple(_voci(area, anno))) for area in aree)
    return QuadroAnno(anno, tuple(gruppo for gruppo in gruppi if gruppo.voci))


def _voci(area: AreaAzioniPositive, anno: int) -> Iterator[Voce]:
    for azione in area.azioni.all():
        if azione.anno_inizio <= anno <= azione.anno_fine:
            scritte = {riga.anno: riga for riga in azione.monitoraggi.all()}
            yield Voce(azione, scritte.get(anno) or MonitoraggioAzione(azione=azione, anno=anno))


def righe_csv(piano: Piano, solo: int | None = None) -> Iterator[list[object]]:
    """Every action in each of its years, or in one alone, as a sheet."""
    yield [
        "area", "azione", "destinatari", "responsabile", "indicatore", "atteso", "anno", "stato",
        "percentuale", "rilevato", "fatto", "criticita",
    ]  # fmt: skip
    aree = aree_di(piano)
    for anno in piano.anni if solo is None else (solo,):
        for gruppo in quadro_anno(aree, anno).gruppi:
            for voce in gruppo.voci:
                una, riga = voce.azione, voce.riga
                yield [
                    gruppo.area.nome, una.titolo, una.destinatari, una.chi_risponde,
                    una.indicatore, una.atteso, anno,
                    riga.get_stato_display() if voce.scritta else "",
                    riga.percentuale,
                    riga.rilevato, riga.fatto, riga.criticita,
                ]  # fmt: skip
