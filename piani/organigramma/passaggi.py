# SPDX-License-Identifier: AGPL-3.0-or-later
"""What becomes of the incarichi when a version follows another: who goes on, who is left."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q

from piani.models import Incarico, Organigramma, UnitaOrganizzativa


@dataclass
class Passaggi:
    """Incarichi that find their unit again in the new version, and those that do not."""

    seguono: list[tuple[Incarico, UnitaOrganizzativa]] = field(default_factory=list)
    restano: list[Incarico] = field(default_factory=list)


def passaggi(nuova: Organigramma, precedente: Organigramma | None, dal: date) -> Passaggi:
    """For each incarico on the previous version not over by that day, its unit in the new one.

    An incarico follows its unit only when the unit goes on as exactly one; a unit that is split or
    closed leaves its incarichi to be mended.
    """
    esito = Passaggi()
    if precedente is None:
        return esito
    seguenti: dict[int, list[UnitaOrganizzativa]] = defaultdict(list)
    for una in nuova.unita.prefetch_related("precedenti"):
        for prima in una.precedenti.all():
            seguenti[prima.pk].append(una)
    incarichi = Incarico.objects.filter(
        Q(al__isnull=True) | Q(al__gte=dal), unita__organigramma=precedente
    )
    for incarico in incarichi.select_related("utente", "unita").order_by("unita", "dal", "pk"):
        mete = seguenti[incarico.unita_id or 0]
        if len(mete) == 1:
            esito.seguono.append((incarico, mete[0]))
        else:
            esito.restano.append(incarico)
    return esito
