# SPDX-License-Identifier: AGPL-3.0-or-later
"""All the versions of an azienda's chart read at once, to be compared two by two."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from piani.models import Azienda, UnitaOrganizzativa
from piani.organigramma.confronto import Cambiamento, Nodo, confronta
from piani.organigramma.discendenza import coppie


@dataclass(frozen=True)
class Storia:
    """The units of each version, by its key, and for each unit those it comes from."""

    nodi: dict[int, list[Nodo]]
    precedenti: dict[int, set[int]]

    def cambiamenti(self, prima: int, dopo: int) -> list[Cambiamento]:
        """What changed from one version to a later one."""
        return confronta(
            self.nodi.get(prima, []), self.nodi.get(dopo, []), self.legami(prima, dopo)
        )

    def legami(self, prima: int, dopo: int) -> dict[int, set[int]]:
        """For each unit of the later version, the units of the earlier one that it comes from.

        The links are followed through the versions in between. Two versions that no link joins
        (loaded one apart from the other) are matched by code.
        """
        di_prima = {nodo.codice: nodo.chiave for nodo in self.nodi.get(prima, [])}
        di_dopo = {nodo.codice: nodo.chiave for nodo in self.nodi.get(dopo, [])}
        radici = set(di_prima.values())
        trovati = {una: self._origini(una, radici) for una in di_dopo.values()}
        if any(trovati.values()):
            return trovati
        return {una: {di_prima[c]} if c in di_prima else set() for c, una in di_dopo.items()}

    def _origini(self, una: int, radici: Collection[int]) -> set[int]:
        """Every unit among ``radici`` from which this one comes, through what is in between."""
        trovate: set[int] = set()
        da_vedere = set(self.precedenti.get(una, ()))
        visti: set[int] = set()
        while da_vedere:
            questa = da_vedere.pop()
            visti.add(questa)
            if questa in radici:
                trovate.add(questa)
            else:
                da_vedere |= self.precedenti.get(questa, set()) - visti
        return trovate


def storia(azienda: Azienda) -> Storia:
    """Every version of the azienda's chart, drafts included, in two queries."""
    nodi: dict[int, list[Nodo]] = defaultdict(list)
    unita = UnitaOrganizzativa.objects.filter(organigramma__azienda=azienda)
    for una in unita.order_by("organigramma", "ordine", "pk"):
        nodi[una.organigramma_id].append(
            Nodo(una.pk, una.codice, una.nome, una.get_tipo_display(), una.cdr, una.parent_id)
        )
    precedenti: dict[int, set[int]] = defaultdict(set)
    for nuova, vecchia in coppie(azienda):
        precedenti[nuova].add(vecchia)
    return Storia(dict(nodi), dict(precedenti))
