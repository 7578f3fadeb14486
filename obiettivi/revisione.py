# SPDX-License-Identifier: AGPL-3.0-or-later
"""A plan beside the one it rolls on from: what was added, removed, changed. Nothing is written."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from obiettivi.models import AreaStrategica, Misura, Obiettivo
from piani.azioni.righe import istantanea
from piani.models import Piano

# What is compared of each row: what people write of it, but for where it stands.
AREA = ("nome", "descrizione", "peso")
OBIETTIVO = (
    "titolo", "descrizione", "dimensione", "responsabile", "contributrici", "peso", "prerequisito",
)  # fmt: skip
MISURA = ("peso", "base_stampata")


@dataclass(frozen=True)
class Voce:
    """A row that is in one of the plans only, or in both and different: (what, before, after)."""

    codice: str
    nome: str
    dove: str = ""
    url: str = ""
    cambiamenti: tuple[tuple[str, str, str], ...] = ()


@dataclass
class Gruppo:
    """The differences of one kind of row, and how many are the same."""

    titolo: str
    aggiunte: list[Voce] = field(default_factory=list)
    tolte: list[Voce] = field(default_factory=list)
    cambiate: list[Voce] = field(default_factory=list)
    uguali: int = 0

    @property
    def diverse(self) -> int:
        return len(self.aggiunte) + len(self.tolte) + len(self.cambiate)


@dataclass(frozen=True)
class Confronto:
    """Two plans side by side; ``comuni`` are the years that both have."""

    nuovo: Piano
    vecchio: Piano
    comuni: list[int]
    nuovi: list[int]
    gruppi: list[Gruppo]


def confronta(nuovo: Piano, vecchio: Piano) -> Confronto:
    """The differences between a plan and an earlier one, in a fixed number of queries.

    A row is the same as the one it was copied from; one that was not copied, as the one with the
    same code in the same place.
    """
    comuni = [anno for anno in nuovo.anni if anno in vecchio.anni]
    nuovi = [anno for anno in nuovo.anni if anno not in vecchio.anni]
    aree = _gruppo(_("Aree e linee"), _aree(vecchio), _aree(nuovo), _codice_area, _voce_area, AREA)
    obiettivi = _gruppo(
        _("Obiettivi"),
        _obiettivi(vecchio),
        _obiettivi(nuovo),
        _codice_obiettivo,
        _voce_obiettivo,
        OBIETTIVO,
    )
    misure = _gruppo(
        _("Indicatori e target"),
        _misure(vecchio),
        _misure(nuovo),
        _codice_misura,
        _voce_misura,
        MISURA,
        lambda prima, dopo: (_attesi(prima, comuni), _attesi(dopo, comuni) | _altrove(prima, dopo)),
    )
    return Confronto(nuovo, vecchio, comuni, nuovi, [aree, obiettivi, misure])


def _aree(piano: Piano) -> list[AreaStrategica]:
    return list(AreaStrategica.objects.filter(piano=piano).order_by("tipo", "ordine", "pk"))


def _obiettivi(piano: Piano) -> list[Obiettivo]:
    righe = Obiettivo.objects.di_piano(piano).select_related("area", "responsabile")
    return list(righe.prefetch_related("contributrici").order_by("area__ordine", "ordine", "pk"))


def _misure(piano: Piano) -> list[Misura]:
    righe = Misura.objects.filter(obiettivo__area__piano=piano)
    return list(
        righe.select_related("indicatore__azienda", "obiettivo__area")
        .prefetch_related("target")
        .order_by("obiettivo__area__ordine", "obiettivo__ordine", "ordine", "pk")
    )


def _codice_area(area: AreaStrategica) -> tuple[str, ...]:
    return (area.codice,)


def _codice_obiettivo(obiettivo: Obiettivo) -> tuple[str, ...]:
    return obiettivo.area.codice, obiettivo.codice


def _codice_misura(misura: Misura) -> tuple[str, ...]:
    return *_codice_obiettivo(misura.obiettivo), misura.indicatore.codice


def _voce_area(area: AreaStrategica) -> Voce:
    return Voce(area.codice, area.nome, area.get_tipo_display())


def _voce_obiettivo(obiettivo: Obiettivo) -> Voce:
    return Voce(
        obiettivo.codice, obiettivo.titolo, str(obiettivo.area), obiettivo.get_absolute_url()
    )


def _voce_misura(misura: Misura) -> Voce:
    return Voce(
        misura.indicatore.codice,
        misura.indicatore.nome,
        str(misura.obiettivo),
        misura.indicatore.get_absolute_url(),
    )


def _attesi(misura: Misura, anni: Sequence[int]) -> dict[str, str]:
    """The targets of the common years."""
    target = {uno.anno: uno.stampato for uno in misura.target.all()}
    return {_("atteso %(anno)s") % {"anno": anno}: target.get(anno, "") for anno in anni}


def _altrove(prima: Misura, dopo: Misura) -> dict[str, str]:
    """The objective, if it is another one than before."""
    if dopo.obiettivo.precedente_id == prima.obiettivo_id:
        return {}
    if _codice_obiettivo(dopo.obiettivo) == _codice_obiettivo(prima.obiettivo):
        return {}
    return {_("sotto l'obiettivo"): f"{dopo.obiettivo.codice} {dopo.obiettivo}"}


def _gruppo(
    titolo: str,
    prima: Iterable[Any],
    dopo: Iterable[Any],
    codice: Callable[[Any], tuple[str, ...]],
    voce: Callable[[Any], Voce],
    campi: Sequence[str],
    altro: Callable[[Any, Any], tuple[dict[str, str], dict[str, str]]] = lambda prima, dopo: (
        {},
        {},
    ),
) -> Gruppo:
    gruppo = Gruppo(titolo)
    vecchie = {riga.pk: riga for riga in prima}
    per_codice = {codice(riga): riga for riga in vecchie.values()}
    for riga in dopo:
        di_prima = vecchie.get(riga.precedente_id) or per_codice.get(codice(riga))
        if di_prima is None or di_prima.pk not in vecchie:
            gruppo.aggiunte.append(voce(riga))
            continue
        del vecchie[di_prima.pk]
        suo, nuovo = altro(di_prima, riga)
        cambiamenti = _cambiamenti(
            istantanea(di_prima, campi) | suo, istantanea(riga, campi) | nuovo
        )
        if cambiamenti:
            detta = voce(riga)
            gruppo.cambiate.append(
                Voce(detta.codice, detta.nome, detta.dove, detta.url, cambiamenti)
            )
        else:
            gruppo.uguali += 1
    gruppo.tolte = [voce(riga) for riga in vecchie.values()]
    return gruppo


def _cambiamenti(prima: dict[str, str], dopo: dict[str, str]) -> tuple[tuple[str, str, str], ...]:
    return tuple(
        (nome, prima.get(nome, ""), valore)
        for nome, valore in dopo.items()
        if valore != prima.get(nome, "")
    )
