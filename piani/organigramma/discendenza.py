# SPDX-License-Identifier: AGPL-3.0-or-later
"""From version to version: which unit goes on as which. Drafts never count as successors."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date

from piani.models import Azienda, Organigramma, UnitaOrganizzativa

Legami = dict[int, set[int]]  # unit → units of the version asked about


def corrispondente(unita: UnitaOrganizzativa, giorno: date) -> UnitaOrganizzativa | None:
    """What the unit is in the version in force on that day.

    Itself when its own version is; otherwise whoever takes its place, as long as at each change it
    is exactly one. None when it was split, merged away, closed, or no version is in force.
    """
    avanti = _cominciata(unita, giorno)
    while not unita.organigramma.vale_il(giorno):
        if _cominciata(unita, giorno) != avanti:
            return None  # the day falls between two versions
        vicine = unita.successive if avanti else unita.precedenti
        datate = vicine.filter(organigramma__valido_dal__isnull=False)
        candidate = list(datate.select_related("organigramma")[:2])
        if len(candidate) != 1:
            return None
        unita = candidate[0]
    return unita


def _cominciata(unita: UnitaOrganizzativa, giorno: date) -> bool:
    """Whether the version of the unit had begun by that day; a draft has not."""
    inizio = unita.organigramma.valido_dal
    return inizio is not None and inizio <= giorno


def corrispondenti(azienda: Azienda, giorno: date) -> dict[int, int]:
    """``corrispondente`` for every unit of the dated versions up to that day, by key, at once."""
    versione = azienda.organigrammi.in_vigore(giorno).first()
    if versione is None or versione.valido_dal is None:
        return {}
    unita = dict(
        UnitaOrganizzativa.objects.filter(
            organigramma__azienda=azienda, organigramma__valido_dal__lte=versione.valido_dal
        ).values_list("pk", "organigramma")
    )
    seguenti: Legami = defaultdict(set)
    for dopo, prima in _coppie(azienda):
        if dopo in unita:
            seguenti[prima].add(dopo)
    trovate: dict[int, int] = {}
    for una in unita:
        meta = una
        while unita[meta] != versione.pk and len(seguenti[meta]) == 1:
            (meta,) = seguenti[meta]
        if unita[meta] == versione.pk:
            trovate[una] = meta
    return trovate


def legami(prima: Organigramma, dopo: Organigramma) -> Legami:
    """For each unit of the later version, the units of the earlier one that it comes from.

    The links are followed through the versions in between. Two versions that no link joins (loaded
    one apart from the other) are matched by code.
    """
    di_prima = _per_codice(prima)
    di_dopo = _per_codice(dopo)
    precedenti: Legami = defaultdict(set)
    for nuova, vecchia in _coppie(prima.azienda):
        precedenti[nuova].add(vecchia)
    radici = set(di_prima.values())
    trovati = {una: _origini(una, radici, precedenti) for una in di_dopo.values()}
    if any(trovati.values()):
        return trovati
    return {
        una: {di_prima[codice]} if codice in di_prima else set() for codice, una in di_dopo.items()
    }


def _origini(una: int, radici: Collection[int], precedenti: Mapping[int, set[int]]) -> set[int]:
    """Every unit among ``radici`` from which this one comes, through whatever is in between."""
    trovate: set[int] = set()
    visti: set[int] = set()
    da_vedere = set(precedenti.get(una, ()))
    while da_vedere:
        questa = da_vedere.pop()
        visti.add(questa)
        if questa in radici:
            trovate.add(questa)
        else:
            da_vedere |= precedenti.get(questa, set()) - visti
    return trovate


def _per_codice(versione: Organigramma) -> dict[str, int]:
    return dict(versione.unita.order_by().values_list("codice", "pk"))


def _coppie(azienda: Azienda) -> list[tuple[int, int]]:
    """Each link of the azienda's charts: the later unit, the earlier one."""
    passaggi = UnitaOrganizzativa.precedenti.through.objects
    return list(
        passaggi.filter(from_unitaorganizzativa__organigramma__azienda=azienda).values_list(
            "from_unitaorganizzativa", "to_unitaorganizzativa"
        )
    )
