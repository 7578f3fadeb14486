# SPDX-License-Identifier: AGPL-3.0-or-later
"""Precision, rounding and Italian figures.

**Precision.** Every public function of the package computes in its own local context of 60
significant digits (``esatto``), whatever the caller's context is. The inputs of a plan have at most
18 digits, so a quotient that is exactly a decimal comes out exact, and one that is not stays at
least 1e-21 away from any boundary with few decimals. A chain of quotients and means can still
leave 59,999...9 where the algebra says 60: before a score is compared with a limit or rounded,
``netto`` brings it to 30 decimals, far above the error (1e-57) and far below what a figure can
mean. Raw values and targets are compared as they are, never rounded.

**Exponents** go up to the machine's maximum: a finite input never overflows.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import (
    MAX_EMAX,
    MIN_EMIN,
    ROUND_DOWN,
    ROUND_HALF_DOWN,
    ROUND_HALF_EVEN,
    ROUND_HALF_UP,
    Context,
    Decimal,
    DivisionByZero,
    InvalidOperation,
    Overflow,
    localcontext,
)
from enum import StrEnum
from functools import wraps
from typing import ParamSpec, TypeVar

from .valori import Calcolato, Escluso, NonCalcolabile, Punteggio

PRECISIONE = 60
CENTO = Decimal(100)
ZERO = Decimal(0)
_CONTESTO = Context(
    prec=PRECISIONE,
    rounding=ROUND_HALF_EVEN,
    Emin=MIN_EMIN,
    Emax=MAX_EMAX,
    traps=[InvalidOperation, DivisionByZero, Overflow],
)
GRIGLIA = Decimal("1e-30")
"""The grid of ``netto``."""
_CIFRE_INTERE = PRECISIONE - 30
_CIFRE_LEGGIBILI = 40
_DECIMALI_ESATTI = 6

P = ParamSpec("P")
R = TypeVar("R")


def esatto(funzione: Callable[P, R]) -> Callable[P, R]:
    """Run the function in the local context of 60 digits described above."""

    @wraps(funzione)
    def avvolta(*args: P.args, **kwargs: P.kwargs) -> R:
        with localcontext(_CONTESTO):
            return funzione(*args, **kwargs)

    return avvolta


class Modo(StrEnum):
    """Rounding modes; ``meta_su`` takes 0,005 to 0,01 (away from zero for negatives)."""

    NESSUNO = "nessuno"
    META_SU = "meta_su"
    META_GIU = "meta_giu"
    META_PARI = "meta_pari"
    TRONCAMENTO = "troncamento"


class Livello(StrEnum):
    """Levels of the tree at which a score exists, from the leaf up."""

    INDICATORE = "indicatore"
    OBIETTIVO = "obiettivo"
    AREA = "area"
    SCHEDA = "scheda"
    PIANO = "piano"


@dataclass(frozen=True)
class Arrotondamento:
    """How scores are rounded and at which levels; no level means never."""

    modo: Modo = Modo.META_SU
    decimali: int = 2
    livelli: tuple[Livello, ...] = (Livello.INDICATORE,)


_DECIMAL: dict[Modo, str] = {
    Modo.META_SU: ROUND_HALF_UP,
    Modo.META_GIU: ROUND_HALF_DOWN,
    Modo.META_PARI: ROUND_HALF_EVEN,
    Modo.TRONCAMENTO: ROUND_DOWN,
}


@esatto
def netto(valore: Decimal) -> Decimal:
    """The value on the 30-decimals grid, for comparisons with a limit and for rounding.

    From 1e30 up there are no digits left for the grid: the value comes back at 60 digits.
    """
    if valore and valore.adjusted() >= _CIFRE_INTERE - 1:
        return +valore
    return valore.quantize(GRIGLIA)


@esatto
def arrotonda(valore: Decimal, modo: Modo, decimali: int) -> Decimal:
    """Round to ``decimali`` places; ``nessuno`` and values beyond 60 digits come back as they are.

    Exact: half-up 0,125 → 0,13 · half-down → 0,12 · half-even → 0,12 · truncation → 0,12;
    half-up −0,125 → −0,13.
    """
    pulito = netto(valore)
    if modo is Modo.NESSUNO:
        return valore
    if pulito and pulito.adjusted() + 1 + decimali > PRECISIONE:
        return pulito
    return pulito.quantize(Decimal(1).scaleb(-decimali), rounding=_DECIMAL[modo])


@esatto
def arrotonda_punteggio(valore: Decimal, modo: Modo, decimali: int) -> Decimal:
    """Round a score, but never carry one below 100 up to 100.

    A target missed by a hair must not read as met: 99,996 rounded half-up to two decimals is
    99,99. Everything else is plain rounding, so the order of two scores is kept.
    """
    tondo = arrotonda(valore, modo, decimali)
    if netto(valore) < CENTO <= tondo:
        return CENTO - Decimal(1).scaleb(-decimali)
    return tondo


def italiano(valore: Decimal) -> str:
    """Italian figures with all the digits of the Decimal: 1205.30 → ``1.205,30``.

    Beyond 40 digits the scientific form is used (``1,5E+60``): such a number is a mistake to be
    seen, not a figure to be read.
    """
    if valore and (valore.adjusted() >= _CIFRE_LEGGIBILI or _esponente(valore) < -_CIFRE_LEGGIBILI):
        return str(valore).replace(".", ",")
    return f"{valore:,f}".translate(str.maketrans(",.", ".,"))


def _esponente(valore: Decimal) -> int:
    esponente = valore.as_tuple().exponent
    return esponente if isinstance(esponente, int) else 0


@esatto
def numero(valore: Decimal, decimali: int = 4) -> str:
    """A figure for a sentence: exact up to six decimals, otherwise rounded to ``decimali``."""
    pulito = netto(valore)
    if abs(pulito) >= Decimal(10) ** _CIFRE_LEGGIBILI:
        return italiano(arrotonda(valore.normalize(), Modo.NESSUNO, 0))
    if pulito != pulito.quantize(Decimal(1).scaleb(-_DECIMALI_ESATTI)):
        return italiano(arrotonda(pulito, Modo.META_SU, decimali))
    corto = pulito.normalize()
    return italiano(corto if _esponente(corto) <= 0 else corto.quantize(Decimal(1)))


def mostra(punteggio: Punteggio | Decimal, decimali: int = 2) -> str:
    """A score as people read it: ``87,50``; "" when there is no number.

    A score below 100 never shows as 100,00: 99,999 shows as ``99,99``.
    """
    if isinstance(punteggio, NonCalcolabile | Escluso):
        return ""
    valore = punteggio.valore if isinstance(punteggio, Calcolato) else punteggio
    return italiano(arrotonda_punteggio(valore, Modo.META_SU, decimali))
