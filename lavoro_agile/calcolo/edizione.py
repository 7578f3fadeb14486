# SPDX-License-Identifier: AGPL-3.0-or-later
"""The rules of the lavoro agile of an azienda, as values. Each carries where it comes from.

A rule without a value (``None``) does not exist in that edition: it is not checked.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class Area(StrEnum):
    """The two areas of the contracts."""

    COMPARTO = "comparto"
    DIRIGENZA = "dirigenza"


class Prevalenza(StrEnum):
    """Over which time most of the work is done in the office."""

    SETTIMANALE = "settimanale"
    MENSILE = "mensile"
    PLURIMENSILE = "plurimensile"


@dataclass(frozen=True)
class Limite:
    """A whole number: days, months; and the article it comes from."""

    valore: int | None = None
    fonte: str = ""


@dataclass(frozen=True)
class SiNo:
    """Something that an edition asks, or does not."""

    valore: bool = False
    fonte: str = ""


@dataclass(frozen=True)
class RegolaArea:
    """An area of the contracts: whether a talk comes before the opinion, what share of it is to be
    admitted.
    """

    area: Area
    colloquio: bool = False
    quota: Decimal | None = None
    fonte: str = ""


@dataclass(frozen=True)
class Motivo:
    """A reason that a request may give.

    ``sensibile``: it speaks of health or of family. ``priorita`` 1 comes first; 0 gives none.
    """

    codice: str
    nome: str
    sensibile: bool = True
    priorita: int = 0
    fonte: str = ""


@dataclass(frozen=True)
class CausaDiniego:
    """A reason to refuse, counted among the refusals."""

    codice: str
    nome: str
    fonte: str = ""


@dataclass(frozen=True)
class TranchePrevista:
    """How many requests are admitted by a day."""

    entro: date
    posti: int
    fonte: str = ""


@dataclass(frozen=True)
class RegolaPrevalenza:
    """Over which time the presence prevails; of how many months, if several."""

    periodo: Prevalenza = Prevalenza.MENSILE
    mesi: int = 1
    fonte: str = ""


@dataclass(frozen=True)
class Termini:
    """Days: for the opinion of the head, for the second instance, to renew before the end; the
    notice of a withdrawal, longer for who is disabled (art. 19 c. 2 L. 81/2017).

    The law lets one leave an agreement with a term, before it, only for a justified reason;
    ``recesso_a_termine``: the collective agreement or the regulation allow it with notice too.
    """

    parere: int | None = None
    seconda_istanza: int | None = None
    avviso_scadenza: int = 30
    recesso: int = 30
    recesso_disabili: int = 90
    recesso_a_termine: bool = False
    fonte: str = ""


@dataclass(frozen=True)
class Conservazione:
    """Months after which reasons are deleted, and names give way to codes, counted from the end of
    the request or of the agreement.
    """

    motivi: int = 12
    nomi: int = 60
    fonte: str = ""


@dataclass(frozen=True)
class Parametri:
    """All that an edition says."""

    nome: str
    giorni_mese: Limite = Limite()
    giorni_settimana: Limite = Limite()
    durata_mesi: Limite = Limite()
    aree: tuple[RegolaArea, ...] = ()
    motivi: tuple[Motivo, ...] = ()
    dinieghi: tuple[CausaDiniego, ...] = ()
    tranche: tuple[TranchePrevista, ...] = ()
    prevalenza: RegolaPrevalenza = RegolaPrevalenza()
    seconda_istanza: SiNo = SiNo()
    termini: Termini = Termini()
    conservazione: Conservazione = Conservazione()
    cella_minima: int = 5

    def area(self, area: str) -> RegolaArea | None:
        """The rules of an area of the contracts, if the edition admits it."""
        return next((una for una in self.aree if una.area == area), None)

    def motivo(self, codice: str) -> Motivo | None:
        return next((uno for uno in self.motivi if uno.codice == codice), None)


class ParametriNonValidi(ValueError):
    """The rules contradict themselves: ``problemi`` says where, one Italian sentence each."""

    def __init__(self, problemi: list[str]) -> None:
        super().__init__("\n".join(problemi))
        self.problemi = problemi
