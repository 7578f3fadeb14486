# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who answers for a unit on a day: its own head, or the head of the nearest unit above."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from piani.models import Incarico, Ruolo, UnitaOrganizzativa
from piani.organigramma.discendenza import corrispondente

DI_GUIDA = (Ruolo.RESPONSABILE_CDR, Ruolo.VICARIO)


@dataclass
class Guida:
    """Heads and deputies of one unit on a day, and the head who answers for it.

    ``propri`` normally holds one head: two is something to mend, and the last appointed counts.
    """

    responsabile: Incarico | None = None
    propri: list[Incarico] = field(default_factory=list)
    vicari: list[Incarico] = field(default_factory=list)

    @property
    def da_sopra(self) -> bool:
        """The unit has no head of its own, and another unit's answers for it."""
        return self.responsabile is not None and not self.propri


def responsabile_di(unita: UnitaOrganizzativa, giorno: date) -> Incarico | None:
    """The incarico of who answers for the unit on that day.

    A unit of another version is first carried to the one in force that day. Without a head of its
    own it is the nearest ancestor's; None when nobody above has one.
    """
    oggi = corrispondente(unita, giorno)
    if oggi is None:
        return None
    catena = list(UnitaOrganizzativa.objects.ancestors(oggi, include_self=True))
    return guide(catena, giorno)[oggi.pk].responsabile


def guide(unita: Sequence[UnitaOrganizzativa], giorno: date) -> dict[int, Guida]:
    """Who answers for each of the units, given parents first, in one query."""
    trovate = {una.pk: Guida() for una in unita}
    for incarico in _in_vigore(trovate, giorno):
        sua = trovate[incarico.unita_id]
        (sua.vicari if incarico.ruolo == Ruolo.VICARIO else sua.propri).append(incarico)
    for una in unita:
        sua = trovate[una.pk]
        sopra = trovate.get(una.parent_id or 0)
        if sua.propri:
            sua.responsabile = sua.propri[0]
        elif sopra:
            sua.responsabile = sopra.responsabile
    return trovate


def affidate(unita: Collection[int], giorno: date) -> set[int]:
    """The keys of the units, and of those under them that have no head of their own that day: who
    leads the former answers for the latter too. Three queries at most, none for no unit.
    """
    if not unita:
        return set()
    carte = UnitaOrganizzativa.objects.filter(pk__in=unita).values("organigramma")
    tutte = UnitaOrganizzativa.objects.filter(organigramma__in=carte)
    capi = Incarico.objects.filter(unita__in=tutte, ruolo=Ruolo.RESPONSABILE_CDR)
    con_capo = set(capi.in_vigore(giorno).values_list("unita", flat=True))
    senza_capo: dict[int, list[int]] = defaultdict(list)
    for sopra, una in tutte.exclude(parent=None).values_list("parent", "pk"):
        if una not in con_capo:
            senza_capo[sopra].append(una)
    trovate: set[int] = set()
    da_vedere = list(unita)
    while da_vedere:
        una = da_vedere.pop()
        trovate.add(una)
        da_vedere.extend(altra for altra in senza_capo[una] if altra not in trovate)
    return trovate


def _in_vigore(chiavi: Iterable[int], giorno: date) -> Iterable[Incarico]:
    """The last appointed first: of two heads on the same day, that one counts."""
    return (
        Incarico.objects.filter(unita__in=list(chiavi), ruolo__in=DI_GUIDA)
        .in_vigore(giorno)
        .select_related("utente", "unita")
        .order_by("-dal", "-pk")
    )
