# SPDX-License-Identifier: AGPL-3.0-or-later
"""The results of many indicators in a year, as columns: what each says of a period.

The rules are those of ``tempo``, for the cases that need no words: the period's own result, or
its quarters put together. What is more than that (cumulative readings, results by site, a year
half told) is marked ``ALTRO`` and judged one at a time by the reference. Results by site have rows
of their own, after those of the indicators.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from .. import periodi
from ..periodi import Aggregazione, Cumulo
from .nucleo import Interi, Piccoli, Veri
from .regola import Classe

FRAZIONI = ("", "T1", "T2", "T3", "T4", "S1", "S2")
"""The parts of the year that have a column; results of other parts do not come this way."""
FUORI = len(FRAZIONI)
"""The place of a part of the year that has no column."""
SCALA = 10**4
"""Results have four decimals at most: they are counted in tenths of thousandths."""
AGGREGAZIONI = tuple(Aggregazione)
CUMULI = tuple(Cumulo)
INTERO = -1
_CON_CIFRA = (Classe.VALORE, Classe.RAPPORTO, Classe.AVANZAMENTO, Classe.DENOMINATORE_ZERO)


@dataclass(frozen=True)
class Colonna:
    """What each indicator says of a period: class of the result, ratio ``n / d``, invented or not.

    ``n`` and ``d`` are in tenths of thousandths, as they were given: a value is over 10 000, a
    ratio may have a negative denominator. ``mesi``: how many months of the period are covered,
    ``INTERO`` when the result needs no others. ``testi``: the reason of what is not applicable, or
    the text of the result, by place of the indicator.
    """

    classe: Piccoli
    n: Interi
    d: Interi
    dimostrativo: Veri
    mesi: Piccoli
    testi: dict[int, str] = field(default_factory=dict)

    @classmethod
    def vuota(cls, quante: int) -> "Colonna":
        """A column of absent results."""
        return cls(
            np.zeros(quante, np.int8),
            np.zeros(quante, np.int64),
            np.ones(quante, np.int64),
            np.zeros(quante, np.bool_),
            np.full(quante, INTERO, np.int8),
        )

    def scelte(self, sue: Interi) -> "Colonna":
        """The rows ``sue``, in that order."""
        nuova = Colonna(
            self.classe[sue], self.n[sue], self.d[sue], self.dimostrativo[sue], self.mesi[sue]
        )
        nuova._con_testi(np.arange(len(sue)), self, sue)
        return nuova

    def prendi(self, mie: Interi, altra: "Colonna", sue: Interi) -> None:
        """Copy the rows ``sue`` of another column in the places ``mie``."""
        self.classe[mie], self.n[mie] = altra.classe[sue], altra.n[sue]
        self.d[mie], self.dimostrativo[mie] = altra.d[sue], altra.dimostrativo[sue]
        self.mesi[mie] = altra.mesi[sue]
        self._con_testi(mie, altra, sue)

    def _con_testi(self, mie: Interi, altra: "Colonna", sue: Interi) -> None:
        if altra.testi:
            con_testo = np.zeros(len(altra.classe), np.bool_)
            con_testo[list(altra.testi)] = True
            quali = np.flatnonzero(con_testo[sue])
            coppie = zip(mie[quali].tolist(), sue[quali].tolist(), strict=True)
            self.testi.update((mia, altra.testi[sua]) for mia, sua in coppie)


@dataclass
class Risultati:
    """All the results of a year: one row for each indicator, one column for each part of it.

    ``aggregazione`` and ``cumulo`` are places in ``AGGREGAZIONI`` and ``CUMULI``; ``uno_per_uno``
    marks the indicators whose results are not as simple as columns are. ``sedi`` says which row
    has the results of an indicator (by its row) at a site (by the key of its name).
    """

    classe: Piccoli
    n: Interi
    d: Interi
    dimostrativo: Veri
    aggregazione: Interi
    cumulo: Interi
    uno_per_uno: Veri
    testi: dict[tuple[int, int], str] = field(default_factory=dict)
    sedi: dict[tuple[int, str], int] = field(default_factory=dict)
    _fatte: dict[str, Colonna] = field(default_factory=dict)
    _lunghi: dict[str, Veri] = field(default_factory=dict)

    @classmethod
    def vuoti(cls, aggregazione: Interi, cumulo: Interi) -> "Risultati":
        """No result yet for as many indicators: a column with none takes no memory."""
        forma = (len(aggregazione), len(FRAZIONI))
        return cls(
            np.zeros(forma, np.int8, "F"),
            np.zeros(forma, np.int64, "F"),
            np.zeros(forma, np.int64, "F"),
            np.zeros(forma, np.bool_, "F"),
            aggregazione,
            cumulo,
            np.zeros(len(aggregazione), np.bool_),
        )

    def lascia(self) -> None:
        """Let go of all that was read: nothing more is asked."""
        nessuno = np.zeros(0, np.int64)
        vars(self).update(vars(Risultati.vuoti(nessuno, nessuno)))

    def nel_periodo(self, frazione: str) -> Colonna:
        """What each row says of a period, from its own result or from its quarters."""
        if frazione not in self._fatte:
            self._fatte[frazione] = self._nel_periodo(frazione)
        return self._fatte[frazione]

    def con_piu_lunghi(self, frazione: str) -> Veri:
        """The rows with a result of a longer period: a part without its own may speak of it."""
        if frazione not in self._lunghi:
            lunghi = [FRAZIONI.index(g) for g in periodi.genitori(frazione) if g in FRAZIONI]
            self._lunghi[frazione] = (self.classe[:, lunghi] != Classe.ASSENTE).any(axis=1)
        return self._lunghi[frazione]

    def _nel_periodo(self, frazione: str) -> Colonna:
        c = FRAZIONI.index(frazione)
        colonna = Colonna(
            self.classe[:, c].copy(),
            self.n[:, c].copy(),
            self.d[:, c].copy(),
            self.dimostrativo[:, c].copy(),
            np.full(len(self.classe), INTERO, np.int8),
            {riga: testo for (riga, dove), testo in self.testi.items() if dove == c},
        )
        self._scorpora(colonna, frazione)
        senza = colonna.classe <= Classe.MANCANTE
        quarti = [FRAZIONI.index(q) for q in periodi.parti_di(frazione, 3)]
        if quarti:
            self._dai_quarti(colonna, senza, quarti)
        assenti = colonna.classe == Classe.ASSENTE
        colonna.classe[assenti & self.con_piu_lunghi(frazione)] = Classe.ALTRO
        if self.sedi:  # without a result of the whole azienda, those of its sites make one
            con_sedi = np.unique([riga for riga, _sede in self.sedi])
            muti = con_sedi[colonna.classe[con_sedi] <= Classe.MANCANTE]
            colonna.classe[muti] = Classe.ALTRO
        colonna.classe[self.uno_per_uno] = Classe.ALTRO
        return colonna

    def _scorpora(self, colonna: Colonna, frazione: str) -> None:
        """Cumulative readings: those of a part that began in January are its own already.

        A quarter that comes later is the difference from the one before; what is not a plain
        difference, and a part without its reading in a year that has some, go one by one.
        """
        cumulati = self.cumulo != 0
        con_cifra = np.isin(colonna.classe, _CON_CIFRA)
        lette = (self.classe > Classe.MANCANTE).any(axis=1)
        senza = cumulati & lette & (colonna.classe <= Classe.MANCANTE)
        colonna.classe[senza] = Classe.ALTRO
        if frazione in ("", "S1"):
            quarti = [FRAZIONI.index(q) for q in periodi.parti_di(frazione, 3)]
            semestri = (self.classe[:, FRAZIONI.index("S1") :] != Classe.ASSENTE).any(axis=1)
            self._ultimo(colonna, senza & ~semestri, quarti)
        da_togliere = cumulati & con_cifra & (self.cumulo == CUMULI.index(Cumulo.DA_SCORPORARE))
        if periodi.mesi(frazione)[0] == 1 or not da_togliere.any():
            return
        prima = f"T{int(frazione[1:]) - 1}" if frazione[0] == "T" else "T2"
        c = FRAZIONI.index(prima)
        stessa = (colonna.classe == self.classe[:, c]) & (colonna.classe == Classe.VALORE)
        semestri = (self.classe[:, FRAZIONI.index("S1") :] != Classe.ASSENTE).any(axis=1)
        semplici = da_togliere & stessa & ~semestri
        colonna.classe[da_togliere & ~semplici] = Classe.ALTRO
        colonna.n[semplici] -= self.n[semplici, c]
        colonna.dimostrativo[semplici] |= self.dimostrativo[semplici, c]

    def _dai_quarti(self, colonna: Colonna, senza: Veri, quarti: Sequence[int]) -> None:
        """Fill a longer period from its quarters, where they are as simple as can be."""
        classi = self.classe[:, quarti]
        detti = (classi > Classe.MANCANTE).any(axis=1)
        semestri = self.classe[:, FRAZIONI.index("S1") :]
        con_semestri = (
            (semestri != Classe.ASSENTE).any(axis=1) if len(quarti) == 4 else np.zeros_like(senza)
        )
        da_fare = senza & (detti | con_semestri)
        colonna.classe[da_fare] = Classe.ALTRO
        da_fare &= ~con_semestri & (self.cumulo == 0)
        ultimo = da_fare & self._come(Aggregazione.ULTIMO)
        self._ultimo(colonna, ultimo, quarti)
        self._ultimo_che_c_e(colonna, ultimo, quarti)
        self._senza_esclusi(colonna, da_fare, ultimo, quarti)
        valori = da_fare & (classi == Classe.VALORE).all(axis=1)
        self._insieme(colonna, valori & self._come(Aggregazione.SOMMA), quarti, per=1)
        self._insieme(colonna, valori & self._come(Aggregazione.MEDIA), quarti, per=len(quarti))
        quozienti = np.isin(classi, (Classe.RAPPORTO, Classe.DENOMINATORE_ZERO)).all(axis=1)
        self._rapporto(colonna, da_fare & quozienti & self._come(Aggregazione.RAPPORTO), quarti)

    def _come(self, aggregazione: Aggregazione) -> Veri:
        uguali: Veri = self.aggregazione == AGGREGAZIONI.index(aggregazione)
        return uguali

    def _ultimo(self, colonna: Colonna, dove: Veri, quarti: Sequence[int]) -> None:
        """The last quarter, when it has a figure."""
        ultimo = quarti[-1]
        dove = dove & np.isin(self.classe[:, ultimo], _CON_CIFRA)
        for mia, sua in (
            (colonna.classe, self.classe),
            (colonna.n, self.n),
            (colonna.d, self.d),
            (colonna.dimostrativo, self.dimostrativo),
        ):
            mia[dove] = sua[dove, ultimo]

    def _ultimo_che_c_e(self, colonna: Colonna, dove: Veri, quarti: Sequence[int]) -> None:
        """The last quarter misses: the one before it that has a figure, for part of the period."""
        classi = self.classe[:, quarti]
        con_cifra = np.isin(classi, _CON_CIFRA)
        semplici = (con_cifra | (classi <= Classe.MANCANTE)).all(axis=1)
        dove = dove & semplici & ~con_cifra[:, -1]
        for k in range(len(quarti) - 2, -1, -1):
            mie = dove & con_cifra[:, k]
            self._ultimo(colonna, mie, quarti[: k + 1])
            colonna.mesi[mie] = 3 * con_cifra.sum(axis=1)[mie]
            dove &= ~mie

    def _senza_esclusi(
        self, colonna: Colonna, dove: Veri, ultimo: Veri, quarti: Sequence[int]
    ) -> None:
        """Quarters that are not applicable are not due: the last of the others counts.

        With none of the others the period is missing, or not applicable as its last quarter. What
        is only in part covered, or is more than the last figure, is not done here.
        """
        classi = self.classe[:, quarti]
        esclusi, mancanti = classi == Classe.NON_APPLICABILE, classi <= Classe.MANCANTE
        dove = dove & esclusi.any(axis=1)
        soli = dove & (esclusi | mancanti).all(axis=1)
        parte = soli & mancanti.any(axis=1)
        colonna.classe[parte], colonna.dimostrativo[parte] = Classe.MANCANTE, False
        fine = quarti[-1]
        for riga in np.flatnonzero(soli & ~parte).tolist():
            colonna.classe[riga] = Classe.NON_APPLICABILE
            colonna.dimostrativo[riga] = self.dimostrativo[riga, fine]
            colonna.testi[riga] = self.testi[riga, fine]
        con_cifra = np.isin(classi, _CON_CIFRA)
        resto = dove & ultimo & (con_cifra | esclusi | mancanti).all(axis=1)
        for k in range(len(quarti) - 2, -1, -1):
            resto &= esclusi[:, k + 1]  # one with a figure was taken already, by ``_ultimo``
            self._ultimo(colonna, resto & con_cifra[:, k], quarti[: k + 1])
            resto &= ~con_cifra[:, k]

    def _insieme(self, colonna: Colonna, dove: Veri, quarti: Sequence[int], *, per: int) -> None:
        """Σ v, or Σ v / n."""
        somma = self.n[:, quarti].sum(axis=1)
        self._scrivi(colonna, dove, quarti, somma, np.full_like(somma, SCALA * per))
        colonna.classe[dove] = Classe.VALORE

    def _rapporto(self, colonna: Colonna, dove: Veri, quarti: Sequence[int]) -> None:
        """Σ n / Σ d, both as they were given."""
        n, d = self.n[:, quarti].sum(axis=1), self.d[:, quarti].sum(axis=1)
        self._scrivi(colonna, dove, quarti, n, d)
        colonna.classe[dove] = Classe.RAPPORTO
        colonna.classe[np.flatnonzero(dove & (d == 0))] = Classe.DENOMINATORE_ZERO

    def _scrivi(
        self, colonna: Colonna, dove: Veri, quarti: Sequence[int], n: Interi, d: Interi
    ) -> None:
        colonna.n[dove], colonna.d[dove] = n[dove], d[dove]
        inventati: Veri = np.logical_or.reduce(self.dimostrativo[:, quarti], axis=1)
        colonna.dimostrativo[dove] = inventati[dove]
