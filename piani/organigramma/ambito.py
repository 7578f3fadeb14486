# SPDX-License-Identifier: AGPL-3.0-or-later
"""The units that a person's unit reaches: those under it, and what all of them were before."""

from collections import defaultdict
from collections.abc import Collection

from piani.models import UnitaOrganizzativa


def unita_sotto(unita: Collection[int], *, figlie: bool = True) -> set[int]:
    """The keys of the units, of those under them (``figlie``) and of those they come from.

    A row of a past year names a unit of the chart of then: its head of today finds it by the links
    between versions. Four queries at most, none for no unit.
    """
    if not unita:
        return set()
    aziende = UnitaOrganizzativa.objects.filter(pk__in=unita).values("organigramma__azienda")
    tutte = UnitaOrganizzativa.objects.filter(organigramma__azienda__in=aziende)
    raggiunte = set(unita)
    if figlie:
        _estendi(raggiunte, tutte.exclude(parent=None).values_list("parent", "pk"))
    legami = UnitaOrganizzativa.precedenti.through.objects.filter(
        from_unitaorganizzativa__organigramma__azienda__in=aziende
    )
    _estendi(raggiunte, legami.values_list("from_unitaorganizzativa", "to_unitaorganizzativa"))
    return raggiunte


def _estendi(raggiunte: set[int], coppie: object) -> None:
    """Add whatever is reached from those, one link after the other."""
    seguenti: dict[int, list[int]] = defaultdict(list)
    for da, a in coppie:  # type: ignore[attr-defined]
        seguenti[da].append(a)
    da_vedere = list(raggiunte)
    while da_vedere:
        for altra in seguenti[da_vedere.pop()]:
            if altra not in raggiunte:
                raggiunte.add(altra)
                da_vedere.append(altra)
