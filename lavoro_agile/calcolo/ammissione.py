# SPDX-License-Identifier: AGPL-3.0-or-later
"""In which order requests would be admitted, and in which tranche: a proposal, the office decides.

First who gives the reason with the nearest priority of the edition (1 comes first); then who asked
before; then the lower number. A reason without priority gives none.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from lavoro_agile.calcolo.edizione import Motivo


@dataclass(frozen=True)
class Candidata:
    """A request with a favourable opinion, waiting to be admitted."""

    chiave: int
    numero: int
    presentata_il: date
    motivi: frozenset[str]


@dataclass(frozen=True)
class Liberi:
    """How many more a tranche takes."""

    tranche: int
    posti: int


@dataclass(frozen=True)
class Proposta:
    """Where a request would go: ``priorita`` None has none, ``tranche`` None has no place left."""

    chiave: int
    priorita: int | None
    tranche: int | None


def priorita(motivi: Iterable[str], regole: Sequence[Motivo]) -> int | None:
    """The nearest priority among those reasons; None if none gives any."""
    dati = set(motivi)
    trovate = [uno.priorita for uno in regole if uno.codice in dati and uno.priorita > 0]
    return min(trovate, default=None)


def proponi(
    candidate: Iterable[Candidata], regole: Sequence[Motivo], tranche: Sequence[Liberi]
) -> list[Proposta]:
    """The requests in the proposed order, each in the first tranche that has a place."""
    con = [(priorita(una.motivi, regole), una) for una in candidate]
    ultima = max((uno.priorita for uno in regole), default=0) + 1
    con.sort(key=lambda p: (p[0] or ultima, p[1].presentata_il, p[1].numero))
    posti = [uno.tranche for uno in tranche for _volta in range(max(uno.posti, 0))]
    return [
        Proposta(una.chiave, quale, posti[posto] if posto < len(posti) else None)
        for posto, (quale, una) in enumerate(con)
    ]
