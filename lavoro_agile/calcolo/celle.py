# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which cells of a table of people, with its totals, may be shown.

A count of somebody, but fewer than the minimum, is silent. Then cells that could be found from the
others are silenced too, until nothing of it can:

- among the parts of a total that is shown, those that stay silent are at least two and together at
  least the minimum; a total that is silent has a silent part;
- no silent count, and no silent total, is the only one that solves what is shown.
"""

from collections.abc import Hashable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from fractions import Fraction

from obiettivi.calcolo.riservatezza import MINIMO, cella_piccola

Cella = tuple[Hashable | None, Hashable | None]
"""Row and column; None is the total of all of them."""
Somma = tuple[Cella, list[Cella]]


@dataclass(frozen=True)
class Tavola:
    """The counts that may be shown; the others are None."""

    conteggi: Mapping[Cella, int]
    taciute: frozenset[Cella]

    def cella(self, riga: Hashable | None, colonna: Hashable | None) -> int | None:
        """The count of a row and a column, or of a total of theirs; None when it is silent."""
        quale = (riga, colonna)
        return None if quale in self.taciute else self.conteggi.get(quale, 0)

    @property
    def tace(self) -> bool:
        return bool(self.taciute)


def tavola(
    conteggi: Mapping[tuple[Hashable, Hashable], int],
    minimo: int = MINIMO,
    *,
    prima: Sequence[Mapping[Cella, int | None]] = (),
) -> Tavola:
    """The table of those counts with the totals of rows and columns, without what gives a small
    group away.

    :param prima: the tables of the same people that were given before, None where silent: what was
        silent stays so, what was shown cannot be hidden any more, and nobody is found by putting
        them side by side with this one.
    """
    righe = list(dict.fromkeys(riga for riga, _colonna in conteggi))
    colonne = list(dict.fromkeys(colonna for _riga, colonna in conteggi))
    tutte: dict[Cella, int] = {
        (riga, colonna): conteggi.get((riga, colonna), 0) for riga in righe for colonna in colonne
    }
    somme = list(_somme(righe, colonne))
    for totale, parti in somme:
        tutte[totale] = sum(tutte[parte] for parte in parti)
    mute = {cella for cella, quanti in tutte.items() if cella_piccola(quanti, minimo)}
    mute |= {cella for una in prima for cella, quanti in una.items() if quanti is None}
    mute &= tutte.keys()
    note = {
        cella for una in prima for cella, quanti in una.items() if tutte.get(cella) == quanti
    } - mute
    gia_dette = [equazione for una in prima for equazione in _di_prima(una)]
    while (altra := _da_tacere(tutte, somme, mute, minimo, note, gia_dette)) is not None:
        mute.add(altra)
    return Tavola(tutte, frozenset(mute))


def _somme(righe: list[Hashable], colonne: list[Hashable]) -> Iterator[Somma]:
    """Each total with its parts, the grand total last."""
    for riga in righe:
        yield (riga, None), [(riga, colonna) for colonna in colonne]
    for colonna in colonne:
        yield (None, colonna), [(riga, colonna) for riga in righe]
    yield (None, None), [(riga, None) for riga in righe]
    yield (None, None), [(None, colonna) for colonna in colonne]


def _da_tacere(
    tutte: Mapping[Cella, int],
    somme: list[Somma],
    taciute: set[Cella],
    minimo: int,
    note: Set[Cella],
    gia_dette: list["Equazione"],
) -> Cella | None:
    """A cell to silence, because with the others it gives a small group away; None if none is."""
    da_scegliere = tutte.keys() - taciute - note
    for totale, parti in somme:
        mute = [parte for parte in parti if parte in taciute]
        if not mute and totale not in taciute:
            continue
        basta = len(mute) >= 2 and sum(tutte[una] for una in mute) >= minimo
        if (mute and totale in taciute) or basta:
            continue
        scelta = _piu_piccola(tutte, [parte for parte in parti if parte in da_scegliere])
        if scelta is not None:
            return scelta
        if totale in da_scegliere:
            return totale
    trovate = _trovate(somme, taciute, gia_dette)
    for totale, parti in somme:
        if trovate & {totale, *parti}:
            scelta = _piu_piccola(tutte, [c for c in (*parti, totale) if c in da_scegliere])
            if scelta is not None:
                return scelta
    return _piu_piccola(tutte, list(da_scegliere)) if trovate else None


def _piu_piccola(tutte: Mapping[Cella, int], quali: list[Cella]) -> Cella | None:
    """The smallest with somebody in it, else one with nobody."""
    piene = [cella for cella in quali if tutte[cella]] or quali
    return min(piene, key=lambda cella: (tutte[cella], str(cella)), default=None)


Equazione = dict[Cella, Fraction]
"""The silent cells of a sum, each with its coefficient: what is shown does not matter here."""


def _di_prima(una: Mapping[Cella, int | None]) -> Iterator[Equazione]:
    """The sums of a table given before, in what it left out."""
    righe = list(dict.fromkeys(riga for riga, _colonna in una if riga is not None))
    colonne = list(dict.fromkeys(colonna for _riga, colonna in una if colonna is not None))
    for totale, parti in _somme(righe, colonne):
        segni = [(totale, -1), *((parte, 1) for parte in parti)]
        yield {cella: Fraction(segno) for cella, segno in segni if una.get(cella, 0) is None}


def _trovate(somme: list[Somma], taciute: set[Cella], gia_dette: list[Equazione]) -> set[Cella]:
    """The silent cells that the shown ones determine: by elimination over all the sums."""
    sistema = [equazione for equazione in gia_dette if equazione]
    for totale, parti in somme:
        segni = [(totale, -1), *((parte, 1) for parte in parti)]
        equazione = {cella: Fraction(segno) for cella, segno in segni if cella in taciute}
        if equazione:
            sistema.append(equazione)
    return {next(iter(una)) for una in _ridotto(sistema) if len(una) == 1}


def _ridotto(sistema: list[Equazione]) -> list[Equazione]:
    """The same system, where each equation has an unknown that is in no other."""
    fatte: list[Equazione] = []
    while sistema:
        perno = min(sistema, key=len)
        sistema.remove(perno)
        cella, fattore = next(iter(perno.items()))
        perno = {altra: valore / fattore for altra, valore in perno.items()}
        sistema = [una for una in (_meno(una, perno, cella) for una in sistema) if una]
        fatte = [_meno(una, perno, cella) for una in fatte]
        fatte.append(perno)
    return fatte


def _meno(equazione: Equazione, perno: Equazione, cella: Cella) -> Equazione:
    """The equation without that unknown."""
    fattore = equazione.get(cella)
    if not fattore:
        return equazione
    nuova = dict(equazione)
    for altra, valore in perno.items():
        resto = nuova.get(altra, Fraction(0)) - fattore * valore
        if resto:
            nuova[altra] = resto
        else:
            nuova.pop(altra, None)
    return nuova
