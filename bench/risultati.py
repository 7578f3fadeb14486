# SPDX-License-Identifier: AGPL-3.0-or-later
"""The quarterly results of an invented indicator, with the cases that break a computation.

On purpose: exact hits, a ten-thousandth beside them, scores that end in half a hundredth, zero
denominators, missing and not applicable results.
"""

from math import gcd
from random import Random
from typing import NamedTuple

from obiettivi.models import Indicatore, Rilevazione

from .bersagli import UNO, Genere

Formula = Indicatore.Formula
Stato = Rilevazione.Stato

SENZA_DENOMINATORE = 0.03
MANCANTI = 0.02
NON_APPLICABILI = 0.01
CENTRATI, VICINI, A_META, NULLI = 0.08, 0.11, 0.16, 0.165
"""How far each case goes along the unit: the rest is spread around the target."""


class Cifra(NamedTuple):
    """A result as the columns keep it; numbers are text with four decimals."""

    stato: str = Stato.NUMERO
    valore: str | None = None
    numeratore: str | None = None
    denominatore: str | None = None
    avanzamento: str | None = None
    testo: str = ""


MANCANTE = Cifra(Stato.MANCANTE)
NON_APPLICABILE = Cifra(Stato.NON_APPLICABILE, testo="Attività sospesa nel periodo")


def cifra(genere: Genere, mira: int, caso: Random) -> Cifra:
    """A result of that kind around the number aimed at (in ten-thousandths)."""
    dadi = caso.random()
    if dadi < MANCANTI or genere.formula == Formula.DATA:
        return MANCANTE
    if dadi < MANCANTI + NON_APPLICABILI:
        return NON_APPLICABILE
    if genere.formula == Formula.RAPPORTO:
        sopra, sotto = _rapporto(mira, 100 * UNO if genere.unita == "%" else UNO, caso)
        return Cifra(numeratore=f"{sopra}.0000", denominatore=f"{sotto}.0000")
    if genere.formula == Formula.AVANZAMENTO:
        return Cifra(avanzamento=str(caso.choice((0, 25, 50, 75, 80, 90, 100, 100))))
    if genere.formula == Formula.SI_NO:
        return _risposta(caso)
    return Cifra(valore=decimale(_valore(mira, caso)))


def decimale(numero: int) -> str:
    """Ten-thousandths as text: ``-5000`` is ``-0.5000``."""
    intero, resto = divmod(abs(numero), UNO)
    return f"{'-' if numero < 0 else ''}{intero}.{resto:04}"


def _risposta(caso: Random) -> Cifra:
    fatto = caso.random() < 0.8
    if caso.random() < 0.5:
        return Cifra(valore=str(int(fatto)))
    return Cifra(testo="Sì" if fatto else "No")


def _valore(mira: int, caso: Random) -> int:
    dadi = caso.random()
    if dadi < CENTRATI:
        return mira
    if dadi < VICINI:
        return mira + caso.choice((-1, 1))
    if dadi < A_META:
        return mira * _mezzo_centesimo(caso) // (2 * UNO)
    if dadi < NULLI:
        return caso.choice((0, -UNO))
    return mira * caso.randrange(6000, 11_500) // UNO // 100 * 100


def _mezzo_centesimo(caso: Random) -> int:
    """An odd number of halves of a hundredth of a score: 2n + 1 out of 20 000."""
    return 2 * caso.randrange(6000, UNO) + 1


def _rapporto(mira: int, intero: int, caso: Random) -> tuple[int, int]:
    """Numerator and denominator, whole, of a share around ``mira`` out of ``intero``."""
    dadi = caso.random()
    if dadi < SENZA_DENOMINATORE:
        return 0, 0
    dadi = caso.random()
    if dadi < CENTRATI:
        return _ridotta(mira, intero, caso.randrange(1, 20))
    if dadi < VICINI:
        sopra, sotto = _ridotta(mira, intero, caso.randrange(1000, 5000))
        return max(sopra + caso.choice((-1, 1)), 0), sotto
    if dadi < A_META:
        return _ridotta(mira * _mezzo_centesimo(caso), intero * 2 * UNO, 1)
    sotto = caso.randrange(20, 20_000)
    return sotto * mira * caso.randrange(6000, 11_500) // UNO // intero, sotto


def _ridotta(sopra: int, sotto: int, volte: int) -> tuple[int, int]:
    """The fraction in lowest terms, both parts as many times."""
    comune = gcd(sopra, sotto)
    return sopra // comune * volte, sotto // comune * volte
