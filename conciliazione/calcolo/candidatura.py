# SPDX-License-Identifier: AGPL-3.0-or-later
"""A proposal as its checks see it, and what a check says."""

from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_DOWN, Decimal

from conciliazione.calcolo.edizione import Dimensione, Natura
from conciliazione.calcolo.importi import ZERO
from conciliazione.calcolo.parole import euro
from obiettivi.calcolo.arrotondamento import italiano

CIFRE_MASSIME = 12


@dataclass(frozen=True)
class Soggetto:
    """A body of an Alleanza, as it is today. ``confermato``: it said yes (the capofila has).

    ``impresa``: a company, whose size counts.
    """

    nome: str
    natura: Natura
    ente_locale: bool = False
    ambito: bool = False
    impresa: bool = False
    dimensione: Dimensione | None = None
    nella_rete: bool = True
    confermato: bool = True


@dataclass(frozen=True)
class Azione:
    """An action with what it costs."""

    titolo: str
    intervento: str = ""
    persone: int | None = None
    imprese: int | None = None
    dal: date | None = None
    al: date | None = None
    costo: Decimal = ZERO


@dataclass(frozen=True)
class Candidatura:
    """What an Alleanza asks, and with what."""

    capofila: Soggetto
    partner: tuple[Soggetto, ...] = ()
    finalita: tuple[str, ...] = ()
    azioni: tuple[Azione, ...] = ()
    per_categoria: dict[str, Decimal] = field(default_factory=dict)
    costo_dichiarato: Decimal | None = None
    contributo: Decimal | None = None
    cofinanziamento: Decimal = ZERO
    dal: date | None = None
    al: date | None = None


@dataclass(frozen=True)
class Verifica:
    """A rule, where it comes from, whether it is respected, and the numbers that were compared."""

    codice: str
    regola: str
    fonte: str
    rispettata: bool
    confronto: str

    @property
    def frase(self) -> str:
        """The rule with its numbers and its article, as one sentence."""
        fonte = f" ({self.fonte})" if self.fonte else ""
        return f"{self.regola}: {self.confronto}{fonte}."


def in_euro(importo: Decimal | None) -> str:
    """``1205.3`` → ``1.205,30 €``."""
    if importo is None:
        return "non scritto"
    return euro(importo)


def in_percento(quanto: Decimal | None) -> str:
    """``70.636`` → ``70,63 %``: cut, never rounded up: what is just under a ceiling never reads as
    the ceiling; what is just over a whole number shows it (``70,0004 %``).
    """
    if quanto is None:
        return "quota non calcolabile"
    intero = quanto.quantize(Decimal(1), ROUND_DOWN)
    if intero == quanto:
        return f"{italiano(intero)} %"
    for cifre in range(2, CIFRE_MASSIME):
        corto = quanto.quantize(Decimal(1).scaleb(-cifre), ROUND_DOWN)
        if corto != intero:
            return f"{italiano(corto)} %"
    return f"{italiano(intero)} %"
