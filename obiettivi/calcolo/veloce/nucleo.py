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
from ..misura import Misura
from .catene import Catene
from .regola import Classe, Limite, Regola, Zona
from .spezzate import Spezzata, Tratto, valore

Interi = NDArray[np.int64]
Piccoli = NDArray[np.int8]
Veri = NDArray[np.bool_]
LIMITE = float(2**62)
_INSIEME = 4096
"""Results judged at a time."""
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
    """Compiled rules as columns, three rows for each rule: one for each zone.

    Rules are added at the end; those that are there keep their numbers. ``campioni`` are their
    samples (``Regola.campione``): of the rest only the columns stay.
    """

    def __init__(self, catene: Catene) -> None:
        self.catene = catene
        self.campioni: list[Misura] = []
        self.limiti = np.zeros((10, 0), np.int64)  # lower, upper: form, d, equality outside
        self.forme = np.zeros((12, 0), np.int64)  # p, q, r, s: three numbers each
        self.catena = np.zeros(0, np.int64)
        self.fisse = np.zeros((2, 0), np.int64)
        self.modi = np.zeros((0, len(Classe)), np.int64)
        self.fattori = np.zeros(0, np.int64)
        self.dice_quando = np.zeros(0, np.bool_)
        self.come_tutte = np.zeros(0, np.bool_)
        self._note: dict[tuple[Fraction, int], Fraction] = {}

    def cresci(self, regole: Sequence[Regola]) -> None:
        """Add rules."""
        if not regole:
            return
        self.campioni += [regola.campione for regola in regole]
        self.limiti = _accoda(
            self.limiti, [(*_limite(r.sotto, -1), *_limite(r.sopra, 1)) for r in regole]
        )
        zone = [zona for regola in regole for zona in regola.zone or (_VUOTA,) * 3]
        self.forme = _accoda(self.forme, [(*z.p, *z.q, *z.r, *z.s) for z in zone])
        fisse = [self._fissa(zona) for zona in zone]
        self.catena = np.append(
            self.catena,
            [
                zona.catena if fissa is None else _FISSA
                for zona, fissa in zip(zone, fisse, strict=True)
            ],
        )
        self.fisse = _accoda(
            self.fisse, [(0, 1) if f is None else (f.numerator, f.denominator) for f in fisse]
        )
        modi = [[int(regola.modo(classe)) for classe in Classe] for regola in regole]
        self.modi = np.concatenate((self.modi, np.array(modi, np.int64)))
        self.fattori = np.append(self.fattori, [regola.fattore for regola in regole])
        self.dice_quando = np.append(self.dice_quando, [regola.dice_quando for regola in regole])
        self.come_tutte = np.append(self.come_tutte, [regola.come_tutte for regola in regole])

    def _fissa(self, zona: Zona) -> Fraction | None:
        """The score of a zone that is the same for every result."""
        grado = zona.fissa
        if grado is None or not self.catene.linee:
            return grado
        chiave = (grado, zona.catena)
        if chiave not in self._note:
            self._note[chiave] = valore(self.catene.linee[zona.catena], grado)
        return self._note[chiave]


_VUOTA = Zona((0, 0, 0), (0, 0, 0), (0, 0, 0), (1, 0, 0), 0)
_FISSA = -1


def _accoda(colonne: Interi, righe: Sequence[Sequence[int]]) -> Interi:
    return np.concatenate((colonne, np.array(righe, np.int64).T), axis=1)


def _limite(limite: Limite | None, verso: int) -> tuple[int, ...]:
    """None: ``±1/0``, never passed."""
    if limite is None:
        return verso, 0, 0, 0, 0
    return *limite.n, limite.d, int(limite.verso_fuori)


@dataclass(frozen=True)
class Dati:
    """Results ``n / d`` to judge, each by the rule numbered in ``quali``, with its open figures.

    These are ``xn / xd`` and ``yn / xd``, 0/1 where the rule has none; ``d`` and ``xd`` are
    positive.
    """

    quali: Interi
    n: Interi
    d: Interi
    xn: Interi
    yn: Interi
    xd: Interi

    def parte(self, quali: slice) -> "Dati":
        """Some of the results."""
        figure = (self.xn[quali], self.yn[quali], self.xd[quali])
        return Dati(self.quali[quali], self.n[quali], self.d[quali], *figure)

    def forma(self, terna: Interi) -> Interi:
        """A form with its figures in place."""
        return terna[0] * self.xd + terna[1] * self.xn + terna[2] * self.yn

    def grandezza(self, terna: Interi) -> NDArray[np.float64]:
        """How large a form can be."""
        a, b, c = np.abs(terna.astype(np.float64))
        xn, yn = np.abs(self.xn.astype(np.float64)), np.abs(self.yn.astype(np.float64))
        grande: NDArray[np.float64] = a * self.xd.astype(np.float64) + b * xn + c * yn
        return grande


def giudica(tavola: Tavola, dati: Dati) -> Rapporti:
    """The scores of many results, some thousands at a time: a row has forty numbers on the way."""
    num, den, fuori = np.empty_like(dati.n), np.empty_like(dati.n), {}
    for inizio in range(0, len(dati.n), _INSIEME):
        mie = slice(inizio, inizio + _INSIEME)
        with np.errstate(over="ignore"):  # the rows that overflow are done again, exactly
            fatti = _giudica(tavola, dati.parte(mie))
        num[mie], den[mie] = fatti.num, fatti.den
        fuori.update({inizio + riga: valore for riga, valore in fatti.fuori.items()})
    return Rapporti(num, den, fuori)


def _giudica(tavola: Tavola, dati: Dati) -> Rapporti:
    n, d = dati.n, dati.d
    sta, posto = _zone(tavola, dati)
    forme = tavola.forme[:, posto]
    p, q, r, s = (dati.forma(forme[k : k + 3]) for k in (0, 3, 6, 9))
    grandi = [dati.grandezza(forme[k : k + 3]) for k in (0, 3, 6, 9)]
    misura_n, misura_d = np.abs(n.astype(np.float64)), d.astype(np.float64)
    sopra, sotto = p * n + q * d, r * n + s * d
    misura_sopra = grandi[0] * misura_n + grandi[1] * misura_d
    misura_sotto = grandi[2] * misura_n + grandi[3] * misura_d
    num, den = tavola.fisse[:, posto]
    catene = tavola.catena[posto]
    sta &= (catene == _FISSA) | (np.maximum(misura_sopra, misura_sotto) < LIMITE)
    for numero in np.unique(catene[catene >= 0]):
        sue = catene == numero
        linea = tavola.catene.linee[numero]
        per_num, per_den = _fattori(linea)
        sta &= ~sue | (per_num * misura_sopra + per_den * misura_sotto < LIMITE)
        _metti_sulla_linea(num, den, linea, sopra, sotto, sue)
    fuori = {int(riga): _uno(tavola, dati, int(riga)) for riga in np.flatnonzero(~sta)}
    num[~sta], den[~sta] = 0, 1
    return Rapporti(num, den, fuori)


def _zone(tavola: Tavola, dati: Dati) -> tuple[Veri, Interi]:
    """Whether the comparisons fit, and the place of the zone of each row in the columns."""
    sta = np.ones(len(dati.n), np.bool_)
    misura_n, misura_d = np.abs(dati.n.astype(np.float64)), dati.d.astype(np.float64)
    passati = []
    for inizio, segno in ((0, 1), (5, -1)):
        *forma, sotto, fuori = tavola.limiti[inizio : inizio + 5, dati.quali]
        terna = np.array(forma)
        sopra, sotto = dati.forma(terna), sotto * dati.xd
        grande = dati.grandezza(terna) * misura_d
        sta &= np.maximum(misura_n * sotto, grande) < LIMITE
        distanza = (sopra * dati.d - dati.n * sotto) * segno
        passati.append((distanza > 0) | ((distanza == 0) & (fuori != 0)))
    zona = np.where(passati[0], 0, np.where(passati[1], 2, 1))
    return sta, dati.quali * 3 + zona


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


def _metti_sulla_linea(
    num: Interi, den: Interi, linea: Spezzata, sopra: Interi, sotto: Interi, dove: Veri
) -> None:
    """Put a broken line applied to ``sopra / sotto`` in some places of ``num`` and ``den``."""
    aperte = dove.copy()
    for tratto in linea:
        mie = aperte & _tiene(tratto, sopra, sotto)
        num[mie], den[mie] = _sul_tratto(tratto, sopra[mie], sotto[mie])
        aperte &= ~mie


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


def _uno(tavola: Tavola, dati: Dati, riga: int) -> Fraction:
    """The judgement of one row on integers without a limit, exact whatever their size."""
    regola, xd = int(dati.quali[riga]), int(dati.xd[riga])
    risultato = Fraction(int(dati.n[riga]), int(dati.d[riga]))
    figure = Fraction(1), Fraction(int(dati.xn[riga]), xd), Fraction(int(dati.yn[riga]), xd)
    posto = 3 * regola + _zona(tavola.limiti[:, regola].tolist(), risultato, figure)
    catena = int(tavola.catena[posto])
    if catena == _FISSA:
        return Fraction(*tavola.fisse[:, posto].tolist())
    p, q, r, s = (_forma(una, figure) for una in tavola.forme[:, posto].reshape(4, 3).tolist())
    return valore(tavola.catene.linee[catena], (p * risultato + q) / (r * risultato + s))


_Figure = tuple[Fraction, Fraction, Fraction]
"""One, x and y."""


def _zona(limiti: Sequence[int], risultato: Fraction, figure: _Figure) -> int:
    """0 under the lower limit, 2 over the upper one, 1 between them."""
    for (*forma, sotto, verso_fuori), segno, fuori in ((limiti[:5], -1, 0), (limiti[5:], 1, 2)):
        if not sotto:
            continue  # there is no limit on that side
        distanza = (risultato - _forma(forma, figure) / sotto) * segno
        if distanza > 0 or (distanza == 0 and verso_fuori):
            return fuori
    return 1


def _forma(forma: Sequence[int], figure: _Figure) -> Fraction:
    return sum((k * una for k, una in zip(forma, figure, strict=True)), Fraction(0))


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
