# SPDX-License-Identifier: AGPL-3.0-or-later
"""Bands: a scale cut into stretches, each worth fixed points or a line between two points.

Bands are half-open, ``[da, a)``; the last one is closed, ``[da, a]``. ``da`` of the first and
``a`` of the last may be absent (no limit). Points may rise or fall along the scale.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from .arrotondamento import esatto, numero


@dataclass(frozen=True)
class Fascia:
    """From ``da`` to ``a`` the score is ``punti``, or goes in a line from it to ``punti_a``."""

    da: Decimal | None
    a: Decimal | None
    punti: Decimal
    punti_a: Decimal | None = None


def problemi_fasce(fasce: Sequence[Fascia], campo: str = "fasce") -> list[str]:
    """What is wrong with a set of bands, in Italian; empty if it can be used.

    Refused: no band, limits out of order, gaps, overlaps, a line without both limits.
    """
    if not fasce:
        return [f"{campo}: serve almeno una fascia."]
    problemi = [
        problema
        for posto, fascia in enumerate(fasce, 1)
        for problema in _problemi_fascia(fascia, f"{campo}, fascia {posto}")
    ]
    for posto, (prima, dopo) in enumerate(pairwise(fasce), 1):
        problemi += _problemi_confine(prima, dopo, f"{campo}, fra le fasce {posto} e {posto + 1}")
    return problemi


def _problemi_fascia(fascia: Fascia, dove: str) -> list[str]:
    problemi = []
    if fascia.da is not None and fascia.a is not None and fascia.da >= fascia.a:
        problemi.append(f"{dove}: l'inizio deve venire prima della fine.")
    if fascia.punti_a is not None and (fascia.da is None or fascia.a is None):
        problemi.append(f"{dove}: una fascia lineare ha bisogno di inizio e fine.")
    return problemi


def _problemi_confine(prima: Fascia, dopo: Fascia, dove: str) -> list[str]:
    if prima.a is None or dopo.da is None:
        return [f"{dove}: il confine non può essere illimitato."]
    if prima.a < dopo.da:
        return [f"{dove}: c'è un vuoto da {numero(prima.a)} a {numero(dopo.da)}."]
    if prima.a > dopo.da:
        return [f"{dove}: c'è una sovrapposizione da {numero(dopo.da)} a {numero(prima.a)}."]
    return []


def fascia_di(valore: Decimal, fasce: Sequence[Fascia]) -> Fascia:
    """The band where the value falls; outside the scale, the nearest one.

    ``fasce`` must be without problems (``problemi_fasce``).
    """
    for fascia in fasce[:-1]:
        if fascia.a is not None and valore < fascia.a:
            return fascia
    return fasce[-1]


@esatto
def punti_in(valore: Decimal, fascia: Fascia) -> Decimal:
    """Points of a value in its band; a value beyond the limits takes those of the limit.

    Line: ``punti + (punti_a − punti) · (valore − da) / (a − da)``.
    """
    if fascia.punti_a is None or fascia.da is None or fascia.a is None:
        return fascia.punti
    dentro = min(max(valore, fascia.da), fascia.a)
    return fascia.punti + (fascia.punti_a - fascia.punti) * (dentro - fascia.da) / (
        fascia.a - fascia.da
    )
