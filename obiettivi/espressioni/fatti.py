# SPDX-License-Identifier: AGPL-3.0-or-later
"""The measurable phrases that a target is made of, as plain values."""

from dataclasses import dataclass
from decimal import Decimal

from obiettivi.calcolo.letture import Comparatore, Verso


@dataclass(frozen=True)
class Valore:
    """A quantity with its comparison; ``nudo`` if none is printed, ``segno`` if it has a
    sign, ``movimento`` if it is printed as a change ("5 in più")."""

    comparatore: Comparatore
    valore: Decimal
    unita: str = ""
    nudo: bool = False
    entro: bool = False
    segno: str = ""
    a_tempo: bool = False
    movimento: bool = False
    dubbi: tuple[str, ...] = ()


@dataclass(frozen=True)
class Fascia:
    """A range, both ends included."""

    minimo: Decimal
    massimo: Decimal
    unita: str = ""
    dubbi: tuple[str, ...] = ()


@dataclass(frozen=True)
class Termine:
    """A deadline."""

    data: str
    dubbi: tuple[str, ...] = ()


@dataclass(frozen=True)
class Periodo:
    """A quarter, half year, month or year, by its code (see ``Lettura.periodo``)."""

    codice: str
    stampato: str = ""


@dataclass(frozen=True)
class Base:
    """A past value of the same indicator."""

    nome: str
    comparatore: Comparatore | None = None
    in_linea: bool = False


@dataclass(frozen=True)
class Riferimento:
    """A value that others publish (benchmark, regional mean)."""

    nome: str
    comparatore: Comparatore | None = None


@dataclass(frozen=True)
class Tendenza:
    """A wanted movement; ``verso`` is None for an improvement, which depends on the indicator."""

    parola: str
    verso: Verso | None = None


@dataclass(frozen=True)
class Risposta:
    """``si`` is None where the scale is printed ("sì/no")."""

    si: bool | None


@dataclass(frozen=True)
class DaDefinire:
    """To be defined."""


@dataclass(frozen=True)
class Assente:
    """Not available."""


@dataclass(frozen=True)
class Guasto:
    """A figure that cannot be trusted, with the reason for people; ``grave`` if not a number."""

    motivo: str
    grave: bool = True


Fatto = (
    Valore | Fascia | Termine | Periodo | Base | Riferimento | Tendenza | Risposta
    | DaDefinire | Assente | Guasto
)  # fmt: skip
