# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which groups of people may be told of, so that no small group can be found by subtraction.

A *cell* is a set of people; the cells of a *dimension* (unit, category, evaluator) part the same
people. A cell under ``MINIMO`` is silent. Then, until nothing changes:

- in a dimension, those that stay silent are together either nobody or at least ``MINIMO``:
  otherwise total less the others would give them, and the smallest that speaks is silenced too;
- across dimensions, what a cell holds beyond the speaking cells of another dimension that lie
  inside it is nobody or at least ``MINIMO``: otherwise the smallest of those is silenced.

Source of the threshold: the usual minimum of three to five of the statistics on people, here five.
"""

from collections.abc import Hashable, Iterable, Mapping
from typing import TypeVar

MINIMO = 5

D = TypeVar("D", bound=Hashable)
C = TypeVar("C", bound=Hashable)
Persone = frozenset[int]


def cella_piccola(quante: int, minimo: int = MINIMO) -> bool:
    """Somebody, but too few."""
    return 0 < quante < minimo


def parlanti(
    tutte: Persone, dimensioni: Mapping[D, Mapping[C, Persone]], minimo: int = MINIMO
) -> dict[D, set[C]]:
    """For each dimension the cells that may be told of, when the total is told of too."""
    parlano = {
        nome: {cella for cella, chi in celle.items() if len(chi) >= minimo}
        for nome, celle in dimensioni.items()
    }
    if cella_piccola(len(tutte), minimo):
        return {nome: set() for nome in dimensioni}
    while (troppo := _svela(tutte, dimensioni, parlano, minimo)) is not None:
        nome, cella = troppo
        parlano[nome].discard(cella)
    return parlano


def _svela(
    tutte: Persone,
    dimensioni: Mapping[D, Mapping[C, Persone]],
    parlano: Mapping[D, set[C]],
    minimo: int,
) -> tuple[D, C] | None:
    """A cell to silence, because with the others it gives away a small group; None if there is
    none.
    """
    insiemi = [tutte]
    insiemi += [dimensioni[nome][cella] for nome, celle in parlano.items() for cella in celle]
    for insieme in insiemi:
        for nome, celle in parlano.items():
            dentro = {cella for cella in celle if dimensioni[nome][cella] <= insieme}
            resto = len(insieme) - sum(len(dimensioni[nome][cella]) for cella in dentro)
            if dentro and cella_piccola(resto, minimo):
                return nome, _piu_piccola(dimensioni[nome], dentro)
    return None


def _piu_piccola(celle: Mapping[C, Persone], quali: set[C]) -> C:
    return min(quali, key=lambda cella: (len(celle[cella]), str(cella)))


def conteggi_detti(conteggi: Mapping[C, int], minimo: int = MINIMO) -> set[C]:
    """Which counts of a distribution may be told, with their total: nobody is a count like the
    others; those that stay silent are at least two and together at least ``minimo``.
    """
    taciuti = {nome for nome, quanti in conteggi.items() if cella_piccola(quanti, minimo)}
    while taciuti and (len(taciuti) < 2 or sum(conteggi[uno] for uno in taciuti) < minimo):
        altri = {nome: quanti for nome, quanti in conteggi.items() if nome not in taciuti}
        pieni = {nome: quanti for nome, quanti in altri.items() if quanti}
        if not altri:
            break
        scelti = pieni or altri
        taciuti.add(min(scelti, key=lambda uno: (scelti[uno], str(uno))))
    return set(conteggi) - taciuti


def gruppi_detti(
    gruppi: Mapping[C, Persone], gia_detti: Mapping[D, Iterable[Persone]], minimo: int = MINIMO
) -> bool:
    """Whether the groups that part the same people may be told beside what is told already.

    ``gia_detti``: by dimension, the cells that are told. A group is nobody or at least ``minimo``,
    and so is what it holds beyond the cells told inside it, and what a told cell around it holds
    beyond it. All or none: one left out would be found from the total.
    """
    for chi in gruppi.values():
        if cella_piccola(len(chi), minimo):
            return False
        for dette in gia_detti.values():
            lista = list(dette)
            dentro = frozenset().union(*(una for una in lista if una <= chi))
            if dentro and cella_piccola(len(chi - dentro), minimo):
                return False
            if chi and any(chi < una and cella_piccola(len(una - chi), minimo) for una in lista):
                return False
    return True


def colonne_dette(
    tavola: Mapping[D, Mapping[C, int]], taciute: Iterable[C] = (), minimo: int = MINIMO
) -> set[C]:
    """Which columns of a table of counts may be told, when the sums of its rows are told too.

    A column speaks for all the rows or for none, so that its sum, if known, gives nothing away;
    those that stay silent are at least two, and in each row together nobody or at least
    ``minimo``. ``taciute``: columns that are silent elsewhere.
    """
    colonne = {cella: sum(riga[cella] for riga in tavola.values()) for cella in _colonne(tavola)}
    mute = {
        cella
        for cella in colonne
        if any(cella_piccola(riga[cella], minimo) for riga in tavola.values())
    } | (set(taciute) & set(colonne))
    while mute and (len(mute) < 2 or _riga_svelata(tavola, mute, minimo)):
        altre = {cella: quanti for cella, quanti in colonne.items() if cella not in mute}
        if not altre:
            break
        piene = {cella: quanti for cella, quanti in altre.items() if quanti} or altre
        mute.add(min(piene, key=lambda una: (piene[una], str(una))))
    return set(colonne) - mute


def _colonne(tavola: Mapping[D, Mapping[C, int]]) -> list[C]:
    return list(next(iter(tavola.values()), {}))


def _riga_svelata(tavola: Mapping[D, Mapping[C, int]], mute: set[C], minimo: int) -> bool:
    """Whether in some row the silent cells are together too few."""
    return any(cella_piccola(sum(riga[una] for una in mute), minimo) for riga in tavola.values())
