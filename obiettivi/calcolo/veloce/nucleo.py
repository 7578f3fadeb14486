# SPDX-License-Identifier: AGPL-3.0-or-later
"""The vectorised judgement: whole numbers in, exact ratios out, then one exact rounding.

**How exactness is kept.** There are no floating-point numbers in a score. A result is ``n / d``,
whole numbers; so are the coefficients of a rule, and so is every product and sum that follows. A
float is used for one thing only: to bound from above how large the products of a row can be. Where
they stay under 2^62 the row is worked in ``int64``, where integer arithmetic is exact; the others
(figures of fifteen digits against targets with many decimals) are worked one by one on Python's
integers, which have no limit. Comparisons are between products, never between quotients, and a
tie is a remainder that is exactly half of the divisor.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..arrotondamento import Arrotondamento, Livello, Modo, arrotonda_punteggio, esatto
from ..edizione import Edizione
from .catene import Catene
from .regola import Limite, Regola, Zona
from .spezzate import Spezzata, Tratto, valore

Interi = NDArray[np.int64]
Veri = NDArray[np.bool_]
LIMITE = float(2**62)
DECIMALI = 8
"""Decimals of a stored score."""


@dataclass(frozen=True)
class Rapporti:
    """Scores before rounding, ``num / den`` with ``den > 0``.

    ``fuori`` holds, by place, the exact score of the rows that do not fit in 64 bits: there
    ``num`` and ``den`` are 0 and 1.
    """

    num: Interi
    den: Interi
    fuori: dict[int, Fraction]


class Tavola:
    """Compiled rules as columns, one row for each rule and zone."""

    def __init__(self, regole: Sequence[Regola], catene: Catene) -> None:
        self.regole, self.catene = regole, catene
        self.sotto = _colonne([_limite(regola.sotto, -1) for regola in regole], 3)
        self.sopra = _colonne([_limite(regola.sopra, 1) for regola in regole], 3)
        zone = [zona for regola in regole for zona in regola.zone or (_VUOTA,) * 3]
        self.coefficienti = _colonne([(z.p, z.q, z.r, z.s) for z in zone], 4)
        self.catena = np.array([_catena(zona) for zona in zone], np.int64)
        fisse = [_fissa(zona, catene) for zona in zone]
        self.fisse = _colonne([(uno.numerator, uno.denominator) for uno in fisse], 2)


_VUOTA = Zona(0, 0, 0, 1, 0)
_FISSA = -1


def _colonne(righe: Sequence[Sequence[int]], quante: int) -> Interi:
    return np.array(righe, np.int64).reshape(-1, quante).T.copy()


def _limite(limite: Limite | None, verso: int) -> tuple[int, int, int]:
    """Numerator, denominator, whether equality is outside; none: ``±1/0``, never passed."""
    if limite is None:
        return verso, 0, 0
    return limite.punto.numerator, limite.punto.denominator, int(limite.verso_fuori)


def _catena(zona: Zona) -> int:
    return zona.catena if zona.p or zona.r else _FISSA


def _fissa(zona: Zona, catene: Catene) -> Fraction:
    """The score of a zone that is the same for every result."""
    if zona.p or zona.r or not catene.linee:
        return Fraction(0)
    return valore(catene.linee[zona.catena], Fraction(zona.q, zona.s))


def giudica(tavola: Tavola, quali: Interi, n: Interi, d: Interi) -> Rapporti:
    """The scores of results ``n / d`` (``d > 0``), each by the rule numbered in ``quali``."""
    with np.errstate(over="ignore"):  # the rows that overflow are done again, exactly
        return _giudica(tavola, quali, n, d)


def _giudica(tavola: Tavola, quali: Interi, n: Interi, d: Interi) -> Rapporti:
    grandezza_n, grandezza_d = np.abs(n.astype(np.float64)), d.astype(np.float64)
    sta, posto = _zone(tavola, quali, n, d, grandezza_n, grandezza_d)
    p, q, r, s = tavola.coefficienti[:, posto]
    sopra, sotto = p * n + q * d, r * n + s * d
    misura_sopra = np.abs(p) * grandezza_n + np.abs(q) * grandezza_d
    misura_sotto = np.abs(r) * grandezza_n + np.abs(s) * grandezza_d
    sta &= np.maximum(misura_sopra, misura_sotto) < LIMITE
    num, den = tavola.fisse[:, posto]
    catene = tavola.catena[posto]
    for numero in np.unique(catene[catene >= 0]):
        righe = np.flatnonzero(catene == numero)
        linea = tavola.catene.linee[numero]
        per_num, per_den = _fattori(linea)
        sta[righe] &= per_num * misura_sopra[righe] + per_den * misura_sotto[righe] < LIMITE
        num[righe], den[righe] = _sulla_linea(linea, sopra[righe], sotto[righe])
    return _con_i_fuori(tavola, quali, n, d, num, den, sta)


def _zone(
    tavola: Tavola,
    quali: Interi,
    n: Interi,
    d: Interi,
    grandezza_n: NDArray[np.float64],
    grandezza_d: NDArray[np.float64],
) -> tuple[Veri, Interi]:
    """Whether the comparisons fit, and the place of the zone of each row in the columns."""
    sta = np.ones(len(n), np.bool_)
    passati = []
    for limiti, segno in ((tavola.sotto, 1), (tavola.sopra, -1)):
        sopra, sotto, fuori = limiti[:, quali]
        sta &= np.maximum(grandezza_n * sotto, np.abs(sopra) * grandezza_d) < LIMITE
        distanza = (sopra * d - n * sotto) * segno
        passati.append((distanza > 0) | ((distanza == 0) & (fuori != 0)))
    zona = np.where(passati[0], 0, np.where(passati[1], 2, 1))
    return sta, quali * 3 + zona


def _fattori(linea: Spezzata) -> tuple[float, float]:
    """How much the products on a line can exceed numerator and denominator of the grade."""
    per_num = per_den = 1.0
    for tratto in linea:
        comune = tratto.a.denominator * tratto.b.denominator
        per_num = max(per_num, abs(tratto.a.numerator) * tratto.b.denominator)
        per_den = max(per_den, abs(tratto.b.numerator) * tratto.a.denominator, comune)
        if tratto.fino is not None:
            per_num = max(per_num, tratto.fino.denominator)
            per_den = max(per_den, abs(tratto.fino.numerator))
    return float(per_num), float(per_den)


def _sulla_linea(linea: Spezzata, sopra: Interi, sotto: Interi) -> tuple[Interi, Interi]:
    """A broken line applied to ``sopra / sotto``."""
    num, den = np.zeros_like(sopra), np.ones_like(sotto)
    aperte = np.ones(len(sopra), np.bool_)
    for tratto in linea:
        mie = aperte & _tiene(tratto, sopra, sotto)
        num[mie], den[mie] = _sul_tratto(tratto, sopra[mie], sotto[mie])
        aperte &= ~mie
    return num, den


def _tiene(tratto: Tratto, sopra: Interi, sotto: Interi) -> Veri:
    if tratto.fino is None:
        return np.ones(len(sopra), np.bool_)
    distanza = sopra * tratto.fino.denominator - tratto.fino.numerator * sotto
    tenuti: Veri = distanza <= 0 if tratto.compreso else distanza < 0
    return tenuti


def _sul_tratto(tratto: Tratto, sopra: Interi, sotto: Interi) -> tuple[Interi, Interi]:
    if not tratto.a:
        return np.full_like(sopra, tratto.b.numerator), np.full_like(sotto, tratto.b.denominator)
    comune = tratto.a.denominator * tratto.b.denominator
    num = sopra * (tratto.a.numerator * tratto.b.denominator)
    if tratto.b:
        num += sotto * (tratto.b.numerator * tratto.a.denominator)
    return num, sotto * comune


def _con_i_fuori(
    tavola: Tavola, quali: Interi, n: Interi, d: Interi, num: Interi, den: Interi, sta: Veri
) -> Rapporti:
    fuori = {
        int(riga): giudica_uno(
            tavola.regole[quali[riga]], tavola.catene, Fraction(int(n[riga]), int(d[riga]))
        )
        for riga in np.flatnonzero(~sta)
    }
    num[~sta], den[~sta] = 0, 1
    return Rapporti(num, den, fuori)


def giudica_uno(regola: Regola, catene: Catene, risultato: Fraction) -> Fraction:
    """The same judgement of one result, on integers without a limit."""
    if regola.zone is None:
        raise ValueError("Una regola senza zone non giudica cifre.")
    zona = regola.zone[_zona(regola, risultato)]
    grado = (zona.p * risultato + zona.q) / (zona.r * risultato + zona.s)
    return valore(catene.linee[zona.catena], grado)


def _zona(regola: Regola, a: Fraction) -> int:
    sotto, sopra = regola.sotto, regola.sopra
    if sotto and (a < sotto.punto or (a == sotto.punto and sotto.verso_fuori)):
        return 0
    if sopra and (a > sopra.punto or (a == sopra.punto and sopra.verso_fuori)):
        return 2
    return 1


# --- rounding -----------------------------------------------------------------------------


@dataclass(frozen=True)
class Tondi:
    """Rounded scores in units of 10^-``decimali``; those too large for the column in ``fuori``."""

    interi: Interi
    decimali: int
    fuori: dict[int, Decimal]

    def da_salvare(self) -> Interi:
        """The same in units of 1e-8, cut."""
        if self.decimali <= DECIMALI:
            return self.interi * 10 ** (DECIMALI - self.decimali)
        return np.sign(self.interi) * (np.abs(self.interi) // 10 ** (self.decimali - DECIMALI))


def arrotonda(rapporti: Rapporti, regola: Arrotondamento) -> Tondi:
    """The scores rounded as ``arrotonda_punteggio`` rounds: one below 100 never becomes 100."""
    decimali = regola.decimali
    unita = 10**decimali
    num, den = rapporti.num, rapporti.den
    segno, intero = np.sign(num), np.abs(num)
    parte, resto = np.divmod(intero, den)
    intera = parte.astype(np.float64) * max(unita, 10**DECIMALI)
    sta = np.maximum(2.0 * unita * den, intera) < LIMITE
    with np.errstate(over="ignore"):
        cifre, resto = np.divmod(resto * unita, den)
        tondi = parte * unita + cifre
        tondi += _in_piu(regola.modo, resto, den, tondi)
    tondi[(parte < 100) & (tondi >= 100 * unita) & (segno > 0)] = 100 * unita - 1
    fuori = {
        int(riga): _decimale(Fraction(int(num[riga]), int(den[riga])), regola)
        for riga in np.flatnonzero(~sta)
    }
    fuori |= {riga: _decimale(valore, regola) for riga, valore in rapporti.fuori.items()}
    return Tondi(tondi * segno, decimali, fuori)


def _in_piu(modo: Modo, resto: Interi, den: Interi, tronchi: Interi) -> Any:
    """1 where the remainder carries to the next unit."""
    if modo is Modo.TRONCAMENTO:
        return 0
    doppio = 2 * resto
    if modo is Modo.META_SU:
        return (doppio >= den).astype(np.int64)
    if modo is Modo.META_GIU:
        return (doppio > den).astype(np.int64)
    return ((doppio > den) | ((doppio == den) & (tronchi % 2 == 1))).astype(np.int64)


@esatto
def decimale(rapporto: Fraction) -> Decimal:
    """A ratio as the 60-digit Decimal of the reference."""
    return Decimal(rapporto.numerator) / Decimal(rapporto.denominator)


def _decimale(rapporto: Fraction, regola: Arrotondamento) -> Decimal:
    return arrotonda_punteggio(decimale(rapporto), regola.modo, regola.decimali)


def arrotondamento_di(edizione: Edizione) -> Arrotondamento | None:
    """How the leaves of an edition are rounded; ``None``: they are not."""
    regola = edizione.arrotondamento
    mai = Livello.INDICATORE not in regola.livelli or regola.modo is Modo.NESSUNO
    return None if mai else regola


TRONCO = Arrotondamento(Modo.TRONCAMENTO, DECIMALI)
