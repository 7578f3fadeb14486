# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the leaves are judged on, read once however many leaves and editions share it.

A *vocabolario* knows the keys of the leaves (``misure``) and the voce of each: it is the same for
every edition, but for those that interpolate. A *regolario* is an edition with who judges by it.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import wraps
from threading import RLock
from typing import ParamSpec, TypeVar

import numpy as np

from obiettivi.blocco import misure
from obiettivi.blocco.indice import IGNOTO, Indice
from obiettivi.blocco.lettura import Blocco
from obiettivi.calcolo.edizione import Edizione
from obiettivi.calcolo.letture import LetturaTarget, da_dati
from obiettivi.calcolo.misura import Misura
from obiettivi.calcolo.veloce.foglie import Foglie, Giudice, tutto_fisso
from obiettivi.calcolo.veloce.nucleo import Interi
from obiettivi.calcolo.veloce.voci import Voci

P = ParamSpec("P")
R = TypeVar("R")
_CHIAVE = RLock()


def uno_alla_volta(funzione: Callable[P, R]) -> Callable[P, R]:
    """One thread at a time: what is known of readings and rules grows while it judges."""

    @wraps(funzione)
    def avvolta(*args: P.args, **kwargs: P.kwargs) -> R:
        with _CHIAVE:
            return funzione(*args, **kwargs)

    return avvolta


VOCI_TENUTE = 12_000
"""Voci beyond which the less used are forgotten, between a block and the next; a tenth of the room
is left free."""
FORME_TENUTE = 5_000
"""Modelli and stampi kept: some hundreds for the comparisons, one for each target in words."""
_INSIEME = 200
"""Measures read at a time."""
_MOLTI = 2**16 - 1
"""Uses that are counted: who has more is not forgotten anyway."""


class Vocabolario:
    """The voci of a year by the keys of the leaves."""

    def __init__(self, anno: int, *, fisse: bool) -> None:
        self.anno, self.voci = anno, Voci(anno, fisse=fisse)
        self._note = Indice()
        self._usi = np.zeros(0, np.uint16)

    def numeri(self, blocco: Blocco) -> Interi:
        """The voce of each leaf; those that are new are read."""
        numeri = self._note.cerca(blocco.chiavi)
        ignote = np.flatnonzero(numeri == IGNOTO)
        if len(ignote):
            _quali, prime, chi = np.unique(
                blocco.chiavi[ignote], axis=0, return_index=True, return_inverse=True
            )
            numeri[ignote] = self._impara(blocco.misure[ignote[prime]].tolist())[chi.ravel()]
        usi = np.bincount(numeri, minlength=len(self.voci))
        usi[: len(self._usi)] += self._usi
        self._usi = np.minimum(usi, _MOLTI).astype(np.uint16)
        return numeri

    def sfoltisci(self, quante: int) -> None:
        """Keep as many as that, the most used: what many plans share is always there.

        Among equals, the first that came: a round that comes back finds those.
        """
        restano = np.sort(np.argsort(_MOLTI - self._usi, kind="stable")[:quante])
        nuovi = np.full(len(self.voci), IGNOTO)
        nuovi[restano] = np.arange(len(restano))
        self.voci.tieni(restano)
        self._usi = self._usi[restano] - self._usi[restano] // 2
        self._note.rinumera(nuovi)

    def _impara(self, nuove: Sequence[int]) -> Interi:
        """Read the measures that stand for new keys, and say the voce of each.

        A reading that changed in the meantime is known by the key that it has now.
        """
        letti, trovate = _Letti(), []
        for inizio in range(0, len(nuove), _INSIEME):
            sue = nuove[inizio : inizio + _INSIEME]
            lette = misure.per_intero(sue, self.anno, letti.__getitem__)
            trovate.append(self._numera([lette.get(una, _SPARITA) for una in sue]))
        return np.concatenate(trovate)

    def _numera(self, lette: Sequence[tuple[misure.Chiave, Misura]]) -> Interi:
        """The voce of each measure, by its key."""
        numeri = self._note.cerca(np.array([chiave for chiave, _misura in lette], np.int64))
        nuovi: dict[misure.Chiave, int] = {}
        for posto in np.flatnonzero(numeri == IGNOTO).tolist():
            chiave, misura = lette[posto]
            if chiave not in nuovi:
                nuovi[chiave] = self.voci.aggiungi(misura)
            numeri[posto] = nuovi[chiave]
        if nuovi:
            self._note.metti(np.array(list(nuovi)), np.fromiter(nuovi.values(), np.int32))
        return numeri


_SPARITA: tuple[misure.Chiave, Misura] = ((0, 0), Misura("", "", None))
"""A leaf that was taken away while its plan was read."""


class _Letti(dict[str, LetturaTarget]):
    """Readings by their text, each parsed once."""

    def __missing__(self, testo: str) -> LetturaTarget:
        self[testo] = letto = da_dati(json.loads(testo))
        return letto


@dataclass(eq=False)
class Regolario:
    """An edition and who judges by it."""

    edizione: Edizione
    _giudici: dict[int, Giudice] = field(default_factory=dict)

    def giudice(self, anno: int) -> Giudice:
        """Who judges the results of a year."""
        vocabolario = self._vocabolario(anno)
        suo = self._giudici.get(anno)
        if suo is None or suo.voci is not vocabolario.voci:
            suo = self._giudici[anno] = Giudice(self.edizione, vocabolario.voci)
        return suo

    def foglie(self, blocco: Blocco) -> Foglie:
        """The leaves as the judge takes them."""
        voci = self._vocabolario(blocco.anno).numeri(blocco)
        return Foglie(voci, blocco.indicatore, blocco.riferimenti)

    @staticmethod
    def misure(blocco: Blocco, posti: Sequence[int]) -> list[Misura]:
        """The measures of some leaves as the reference takes them, without results."""
        chiavi = [int(blocco.misure[posto]) for posto in posti]
        letti, lette = _Letti(), {}
        for inizio in range(0, len(chiavi), _INSIEME):
            sue = chiavi[inizio : inizio + _INSIEME]
            lette.update(misure.per_intero(sue, blocco.anno, letti.__getitem__))
        return [lette.get(chiave, _SPARITA)[1] for chiave in chiavi]

    def _vocabolario(self, anno: int) -> Vocabolario:
        return _vocabolari.dammi(anno, fisse=tutto_fisso(self.edizione))


@dataclass
class _Vocabolari:
    """The vocabolari of this process."""

    noti: dict[tuple[int, bool], Vocabolario] = field(default_factory=dict)

    def dammi(self, anno: int, *, fisse: bool) -> Vocabolario:
        return self.noti.setdefault((anno, fisse), Vocabolario(anno, fisse=fisse))

    def sfoltisci(self) -> bool:
        voci = [uno.voci for uno in self.noti.values()]
        if sum(uno.forme for uno in voci) > FORME_TENUTE:
            self.noti.clear()
            return True
        if (quante := sum(map(len, voci))) > VOCI_TENUTE:
            for uno in self.noti.values():
                uno.sfoltisci(len(uno.voci) * VOCI_TENUTE * 9 // (10 * quante))
        return False


_vocabolari = _Vocabolari()


def sfoltisci() -> bool:
    """Forget part of the voci if they are too many, or all of them; whether it was all.

    The regolari that used them have to be forgotten too, then. Called by one thread at a time,
    like all that gives numbers to leaves and judges by them: a number never outlives the call.
    """
    return _vocabolari.sfoltisci()
