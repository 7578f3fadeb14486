# SPDX-License-Identifier: AGPL-3.0-or-later
"""From version to version: which unit goes on as which. Drafts never count as successors."""

from collections import defaultdict
from datetime import date

from piani.models import Azienda, UnitaOrganizzativa


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
    seguenti: dict[int, set[int]] = defaultdict(set)
    for dopo, prima in coppie(azienda):
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


def coppie(azienda: Azienda) -> list[tuple[int, int]]:
    """Each link of the azienda's charts: the later unit, the earlier one."""
    passaggi = UnitaOrganizzativa.precedenti.through.objects
    return list(
        passaggi.filter(from_unitaorganizzativa__organigramma__azienda=azienda).values_list(
            "from_unitaorganizzativa", "to_unitaorganizzativa"
        )
    )
