# SPDX-License-Identifier: AGPL-3.0-or-later
"""Sources and uses that square: sums by tree, shares, printed figures beside the computed ones.

Nothing is corrected: a difference is a row of its own, with its place.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from conciliazione.calcolo.importi import quota, somma

FONTE, IMPIEGO, TOTALE = "fonte", "impiego", "totale"
# What the tree itself gives to a printed total, by the name of its computation.
DELL_ALBERO = ("totale_fonti", "totale_impieghi", "saldo")


@dataclass(frozen=True)
class Voce:
    """An item of the plan as it enters the calculation: a leaf has an amount, or it is not known.

    ``calcolo`` matters here only for the totals that come from the tree (``DELL_ALBERO``).
    """

    codice: str
    parte: str
    nome: str
    padre: str = ""
    importo: Decimal | None = None
    stampato: Decimal | None = None
    calcolo: str = ""
    chiave: int = 0


@dataclass(frozen=True)
class Riga:
    """An item with what it comes to. ``incompleta``: some of what is under it is not known."""

    voce: Voce
    livello: int
    calcolato: Decimal | None
    quota: Decimal | None
    somma: bool
    incompleta: bool

    @property
    def differenza(self) -> Decimal | None:
        """Printed minus computed; None if either is missing."""
        if self.voce.stampato is None or self.calcolato is None:
            return None
        return self.voce.stampato - self.calcolato

    @property
    def quadra(self) -> bool:
        return not self.differenza


@dataclass(frozen=True)
class Quadro:
    """The whole plan: the two sides, the printed totals, and whether they square."""

    fonti: tuple[Riga, ...]
    impieghi: tuple[Riga, ...]
    totali: tuple[Riga, ...]
    totale_fonti: Decimal
    totale_impieghi: Decimal

    @property
    def saldo(self) -> Decimal:
        """Sources minus uses: zero when the plan squares."""
        return self.totale_fonti - self.totale_impieghi

    @property
    def quadra(self) -> bool:
        return self.saldo == 0

    @property
    def righe(self) -> tuple[Riga, ...]:
        return (*self.fonti, *self.impieghi, *self.totali)

    @property
    def differenze(self) -> tuple[Riga, ...]:
        """The rows whose printed figure is not the computed one."""
        return tuple(riga for riga in self.righe if not riga.quadra)

    @property
    def ignote(self) -> tuple[Riga, ...]:
        """The leaves of the two sides whose amount nobody knows yet."""
        return tuple(r for r in (*self.fonti, *self.impieghi) if not r.somma and r.incompleta)


def quadra(voci: Sequence[Voce]) -> Quadro:
    """Sum the tree of each side, compare what is printed, give each item its share of its side.

    :param voci: in the order of the plan; an item whose father is not there is a root.
    """
    fonti, impieghi = _lato(voci, FONTE), _lato(voci, IMPIEGO)
    totale_fonti, totale_impieghi = _totale(fonti), _totale(impieghi)
    albero = {
        "totale_fonti": totale_fonti,
        "totale_impieghi": totale_impieghi,
        "saldo": totale_fonti - totale_impieghi,
    }
    totali = tuple(
        Riga(una, 0, calcolato, None, somma=False, incompleta=calcolato is None)
        for una in voci
        if una.parte == TOTALE
        for calcolato in [albero.get(una.calcolo, una.importo)]
    )
    return Quadro(
        _con_quote(fonti, totale_fonti),
        _con_quote(impieghi, totale_impieghi),
        totali,
        totale_fonti,
        totale_impieghi,
    )


def _lato(voci: Sequence[Voce], parte: str) -> tuple[Riga, ...]:
    mie = [una for una in voci if una.parte == parte]
    presenti = {una.codice for una in mie}
    radici = [una for una in mie if una.padre not in presenti]
    return tuple(riga for una in radici for riga in _ramo(una, mie, 0))


def _ramo(voce: Voce, voci: Sequence[Voce], livello: int) -> tuple[Riga, ...]:
    """The item and what is under it, father first."""
    figlie = [una for una in voci if una.padre == voce.codice]
    rami = [_ramo(una, voci, livello + 1) for una in figlie]
    prime = [ramo[0] for ramo in rami]
    if not figlie:
        mia = Riga(voce, livello, voce.importo, None, somma=False, incompleta=voce.importo is None)
    else:
        noti = [una.calcolato for una in prime if una.calcolato is not None]
        incompleta = any(una.incompleta for una in prime)
        mia = Riga(voce, livello, somma(noti) if noti else None, None, True, incompleta)
    return (mia, *(riga for ramo in rami for riga in ramo))


def _totale(righe: Iterable[Riga]) -> Decimal:
    return somma(riga.calcolato for riga in righe if riga.livello == 0)


def _con_quote(righe: Iterable[Riga], totale: Decimal) -> tuple[Riga, ...]:
    return tuple(
        Riga(
            riga.voce,
            riga.livello,
            riga.calcolato,
            quota(riga.calcolato, totale),
            riga.somma,
            riga.incompleta,
        )
        for riga in righe
    )
