# SPDX-License-Identifier: AGPL-3.0-or-later
"""The different rules of an edition, each read and compiled once however many measures use it.

What decides how a measure is judged is its target as read, unit, direction, and only sometimes
its baseline or its benchmark. These are figures of each measure: the rule leaves them open and
takes them beside the result, so that measures share it.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np

from obiettivi.calcolo.edizione import Edizione, Metodo
from obiettivi.calcolo.giudizio import SENZA_GIUDIZIO
from obiettivi.calcolo.letture import LetturaTarget, Tipo, Verso, da_dati
from obiettivi.calcolo.misura import Base, Misura
from obiettivi.calcolo.periodi import Aggregazione, Cumulo
from obiettivi.calcolo.scelta import ANNO_PRIMA
from obiettivi.calcolo.veloce.compila import Parametro
from obiettivi.calcolo.veloce.foglie import Foglie, Giudice
from obiettivi.calcolo.veloce.nucleo import Interi
from obiettivi.calcolo.veloce.regola import GRANDE

Chiave = tuple[Any, ...]
"""Reading of the target, unit, direction, aggregation, cumulation, inheritance, baseline and its
year, benchmark: as they are in the tables, readings as JSON text, the benchmark in tenths of
thousandths."""
_CON_FIGURA = (Tipo.TENDENZA, Tipo.RIFERIMENTO)


@dataclass
class Regolario:
    """The rules of an edition, by number, and who judges by them."""

    edizione: Edizione
    giudice: Giudice = field(init=False)
    _numeri: dict[Chiave, int] = field(default_factory=dict)
    _letti: dict[str, LetturaTarget] = field(default_factory=dict)
    _note: dict[Chiave, tuple[int, int, int]] = field(default_factory=dict)
    _interpola: bool = field(init=False)

    def __post_init__(self) -> None:
        self.giudice = Giudice(self.edizione)
        self._interpola = Metodo.INTERPOLAZIONE in vars(self.edizione.metodi).values()

    def __len__(self) -> int:
        return len(self._numeri) + len(self._note)

    def foglie(self, chiavi: Iterable[Chiave], chi: Interi) -> Foglie:
        """The leaves as the judge takes them."""
        righe = [self._riga(chiave) for chiave in chiavi]
        misure, xn, xd = np.array(righe, np.int64).reshape(-1, 3).T
        return Foglie(misure, chi, xn, xd)

    def misura(self, chiave: Chiave) -> Misura:
        """A measure as the reference takes it, without results."""
        target, unita, verso, aggregazione, cumulo, eredita, base, base_anno, riferimento = chiave
        return Misura(
            codice="",
            nome="",
            target=self._letto(target) if target else None,
            verso=Verso(verso) if verso else None,
            unita=unita,
            base=Base(lettura=self._letto(base), anno=base_anno) if base else None,
            riferimento=None if riferimento is None else Decimal(riferimento).scaleb(-4),
            aggregazione=Aggregazione(aggregazione),
            cumulo=Cumulo(cumulo),
            eredita_target=eredita,
        )

    def _riga(self, chiave: Chiave) -> tuple[int, int, int]:
        """Number of the rule and figure that it leaves open."""
        nota = self._note.get(chiave)
        return self._nuova_riga(chiave) if nota is None else nota

    def _nuova_riga(self, chiave: Chiave) -> tuple[int, int, int]:
        target, unita, verso, aggregazione, _cumulo, eredita, *_figure = chiave
        if eredita is None:
            eredita = aggregazione != Aggregazione.SOMMA
        letto = self._letto(target) if target else None
        comune: Chiave = (_essenziale(letto), unita, verso, eredita)
        tipo = letto.tipo if letto else None
        if tipo not in _CON_FIGURA and not self._interpola:
            self._note[chiave] = riga = self._numero(comune, chiave), 0, 1
            return riga
        return self._con_figura(comune, chiave)

    def _con_figura(self, comune: Chiave, chiave: Chiave) -> tuple[int, int, int]:
        misura = self.misura(chiave)
        parametro, valore = _figura(misura)
        if self._interpola or parametro is None or valore is None or not _contenuta(valore):
            return self._numero((*comune, *chiave[6:]), chiave), 0, 1
        segno = (valore > 0) - (valore < 0)
        rimaste = (parametro, segno, _intorno_alla_base(misura), misura.riferimento is None)
        numero = self._numero((*comune, *rimaste), chiave, parametro)
        return numero, valore.numerator, valore.denominator

    def _numero(self, quale: Chiave, chiave: Chiave, parametro: Parametro | None = None) -> int:
        numero = self._numeri.get(quale)
        if numero is None:
            numero = self._numeri[quale] = self.giudice.misura(self.misura(chiave), parametro)
        return numero

    def _letto(self, testo: str) -> LetturaTarget:
        letto = self._letti.get(testo)
        if letto is None:
            letto = self._letti[testo] = da_dati(json.loads(testo))
        return letto


def _essenziale(letto: LetturaTarget | None) -> Any:
    """What of a reading decides the judgement: not how it was printed, if it can be judged."""
    if letto is None or letto.tipo in SENZA_GIUDIZIO:
        return letto
    return (letto.tipo, letto.letture, letto.verso, letto.passi)


def _figura(misura: Misura) -> tuple[Parametro | None, Fraction | None]:
    """Which figure the rule of a measure leaves open, and how much it is."""
    target = misura.target
    if target is None or len(target.letture) != 1:
        return None, None
    nome = target.letture[0].riferimento
    verso_un_livello = nome and nome not in ANNO_PRIMA and not nome.isdecimal()
    if target.tipo is Tipo.RIFERIMENTO or verso_un_livello:
        return Parametro.RIFERIMENTO, _frazione(misura.riferimento)
    base = misura.base.per_sede("") if misura.base else None
    return Parametro.BASE, _frazione(base)


def _frazione(valore: Decimal | None) -> Fraction | None:
    return None if valore is None else Fraction(valore)


def _contenuta(valore: Fraction) -> bool:
    return max(abs(valore.numerator), valore.denominator) <= GRANDE


def _intorno_alla_base(misura: Misura) -> Chiave:
    """What else of a baseline the judgement looks at: its year and its unit."""
    base = misura.base
    letture = base.lettura.letture if base and base.lettura else ()
    return (base.anno if base else None, letture[0].unita if letture else None, base is None)
