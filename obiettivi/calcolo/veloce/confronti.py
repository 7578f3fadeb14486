# SPDX-License-Identifier: AGPL-3.0-or-later
"""Results set against rules, one result and one rule to a row: what there is to judge and how."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

import numpy as np

from .. import periodi
from ..arrotondamento import CENTO, ZERO, Livello
from ..edizione import Politica
from ..giudizio import Giudizio
from ..misura import Periodo, Risultato
from ..valori import Mancante, NonApplicabile, Numero
from . import nucleo
from .compila import SENZA_CIFRA
from .nucleo import Interi, Rapporti, Veri
from .regola import Classe
from .regola import Modo as Come
from .risultati import FRAZIONI, FUORI, INTERO, SCALA, Colonna, Risultati
from .voci import AZIENDA, PROPRIO

if TYPE_CHECKING:
    from .foglie import Foglie, Giudice

_DURATE = np.array([len(periodi.mesi(frazione)) for frazione in FRAZIONI])


class Confronti:
    """The parts of some leaves in a period, each with its result.

    ``foglie`` and ``parti`` say whose they are, by place; ``cifre``, ``uno_per_uno`` are the rows
    judged by the rules, and those left to the reference.
    """

    def __init__(
        self,
        giudice: "Giudice",
        periodo: Periodo,
        foglie: "Foglie",
        quali: Interi,
        risultati: Risultati,
    ) -> None:
        self.giudice, self.periodo = giudice, periodo
        posto = FRAZIONI.index(periodo.frazione)
        tutte = giudice.voci.parti()
        self.foglie, self.parti = _espandi(
            quali, tutte.inizi[posto][foglie.voci[quali]], tutte.quante[posto][foglie.voci[quali]]
        )
        dove = tutte.dove[self.parti]
        self.dove = np.where(dove == PROPRIO, posto, dove)
        self.regole = giudice.regole(tutte.modello[self.parti])
        self.colonna = self._colonna(foglie.chi[self.foglie], tutte.sede[self.parti], risultati)
        come = giudice.tavola.modi[self.regole, self.colonna.classe]
        come[self._a_meta(come)] = Come.UNO_PER_UNO
        self.dimostrativo = self.colonna.dimostrativo
        self.cifre = np.flatnonzero(come == Come.CIFRA)
        self.uno_per_uno = np.flatnonzero(come == Come.UNO_PER_UNO)
        self._da_campione = np.flatnonzero((come == Come.CAMPIONE) | (come == Come.SI_NO))
        self._si_no = come == Come.SI_NO
        self.rapporti = self._giudica(foglie)

    def _a_meta(self, come: Interi) -> Veri:
        """Results that cover part of their period, where more than the coverage depends on it."""
        politica = self.giudice.edizione.politica(Livello.INDICATORE, manca=True)
        a_meta: Veri = self.colonna.mesi != INTERO
        return a_meta & (come == Come.SI_NO) if politica is Politica.ESCLUDI else a_meta

    def _colonna(self, chi: Interi, sedi: Interi, risultati: Risultati) -> Colonna:
        """What the result of each row says: that of the whole azienda, or of its site."""
        colonna = self._dell_azienda(chi, risultati)
        for riga in np.flatnonzero(sedi != AZIENDA).tolist():
            frazione = int(self.dove[riga])
            if colonna.classe[riga] == Classe.ALTRO and (
                frazione == FUORI or risultati.uno_per_uno[chi[riga]]
            ):
                continue
            nome = self.giudice.voci.sedi[sedi[riga]]
            sua = risultati.sedi.get((int(chi[riga]), nome))
            _della_sede(colonna, riga, FRAZIONI[frazione], int(chi[riga]), sua, risultati)
        return colonna

    def _dell_azienda(self, chi: Interi, risultati: Risultati) -> Colonna:
        quali = np.unique(self.dove)
        if len(quali) == 1 and quali[0] != FUORI:
            return risultati.nel_periodo(FRAZIONI[quali[0]]).scelte(chi)
        colonna = Colonna.vuota(len(chi))
        for dove in quali.tolist():
            mie = np.flatnonzero(self.dove == dove)
            if dove == FUORI:
                colonna.classe[mie] = Classe.ALTRO
            else:
                colonna.prendi(mie, risultati.nel_periodo(FRAZIONI[dove]), chi[mie])
        return colonna

    # --- figures --------------------------------------------------------------------------

    def _giudica(self, foglie: "Foglie") -> Rapporti:
        tutte, parti = self.giudice.voci.parti(), self.parti[self.cifre]
        regole = self.regole[self.cifre]
        di_rapporto = self.colonna.classe[self.cifre] == Classe.RAPPORTO
        n, d = _semplici(self.colonna.n[self.cifre], self.colonna.d[self.cifre])
        n = n * np.where(di_rapporto, self.giudice.tavola.fattori[regole], 1)
        xn, yn, xd = tutte.xn[parti], tutte.yn[parti], tutte.xd[parti]
        rif = np.flatnonzero(tutte.da_riferimento[parti])
        xn[rif] = foglie.riferimenti[self.foglie[self.cifre[rif]]]
        xd[rif] = SCALA
        return nucleo.giudica(self.giudice.tavola, nucleo.Dati(regole, n, d, xn, yn, xd))

    def valore(self, quale: int) -> Decimal:
        """The exact score of one of the rows with a figure, before any rounding."""
        if quale in self.rapporti.fuori:
            return nucleo.decimale(self.rapporti.fuori[quale])
        return Decimal(int(self.rapporti.num[quale])) / Decimal(int(self.rapporti.den[quale]))

    def coperture(self) -> dict[int, Decimal]:
        """The coverage of the rows with a figure that cover part of their period."""
        quali = self.cifre[self.colonna.mesi[self.cifre] != INTERO]
        mesi, durate = self.colonna.mesi[quali].tolist(), _DURATE[self.dove[quali]].tolist()
        return {
            riga: CENTO * suoi / durata
            for riga, suoi, durata in zip(quali.tolist(), mesi, durate, strict=True)
        }

    # --- samples --------------------------------------------------------------------------

    def campioni(self, *, tondi: bool = True) -> Iterator[tuple[Interi, Giudizio]]:
        """The rows without a figure of their own to judge, by what the reference says of them."""
        quali = self._da_campione
        if not len(quali):
            return
        testi, parole = self._testi()
        regole, classi = self.regole[quali], self.colonna.classe[quali]
        tavola = self.giudice.tavola
        di_tutte = tavola.come_tutte[regole] & np.isin(classi, list(SENZA_CIFRA))
        chiave = np.where(di_tutte, 0, regole + 1)
        for colonna, quanti in (
            (np.where(tavola.dice_quando[regole], self.dove[quali], 0), FUORI + 1),
            (classi, len(Classe)),
            (self.dimostrativo[quali], 2),
            (testi, len(parole)),
        ):
            chiave = chiave * quanti + colonna
        _uguali, primi, gruppo = np.unique(chiave, return_index=True, return_inverse=True)
        in_ordine = quali[np.argsort(gruppo, kind="stable")]
        fini = np.cumsum(np.bincount(gruppo, minlength=len(primi)))[:-1]
        for primo, righe in zip(primi.tolist(), np.split(in_ordine, fini), strict=True):
            yield righe, self._campione(int(quali[primo]), parole[testi[primo]], tondi)

    def _testi(self) -> tuple[Interi, list[str]]:
        """What the result of each row says in words, as the place in a list."""
        parole = {"": 0}
        testi = np.zeros(len(self._da_campione), np.int64)
        classi = self.colonna.classe[self._da_campione]
        da_leggere = self._si_no[self._da_campione]
        if self.colonna.testi:
            da_leggere = da_leggere | np.isin(classi, (Classe.NON_APPLICABILE, Classe.TESTO))
        for k in np.flatnonzero(da_leggere).tolist():
            testi[k] = parole.setdefault(self._testo(int(self._da_campione[k])), len(parole))
        return testi, list(parole)

    def _testo(self, riga: int) -> str:
        if not self._si_no[riga]:
            return self.colonna.testi.get(riga, "")
        intero, resto = divmod(int(self.colonna.n[riga]), SCALA)
        return str(intero) if intero in (0, 1) and not resto else "2"

    def _campione(self, riga: int, testo: str, tondi: bool) -> Giudizio:
        return self.giudice.campione(
            self.periodo,
            int(self.regole[riga]),
            FRAZIONI[self.dove[riga]],
            int(self.colonna.classe[riga]),
            testo,
            bool(self.colonna.dimostrativo[riga]),
            tondi,
        )


def _espandi(foglie: Interi, inizi: Interi, quante: Interi) -> tuple[Interi, Interi]:
    """Leaf and place of each of their parts, one leaf after the other."""
    if (quante == 1).all():
        return foglie, inizi
    prima = np.repeat(np.cumsum(quante) - quante, quante)
    return np.repeat(foglie, quante), np.repeat(inizi, quante) + np.arange(quante.sum()) - prima


def _della_sede(
    colonna: Colonna, riga: int, frazione: str, azienda: int, sua: int | None, risultati: Risultati
) -> None:
    """Put the result of a site in place of the azienda's."""
    colonna.testi.pop(riga, None)
    una = np.array([riga])
    if sua is None:
        colonna.prendi(una, Colonna.vuota(1), np.zeros(1, np.int64))
    else:
        colonna.prendi(una, risultati.nel_periodo(frazione), np.array([sua]))
    if colonna.classe[riga] == Classe.ASSENTE and risultati.con_piu_lunghi(frazione)[azienda]:
        colonna.classe[riga] = Classe.ALTRO


def campione(periodo: Periodo, classe: Classe, testo: str, inventato: bool) -> Risultato | None:
    """A result of the class; ``testo`` of a value is the figure itself."""
    vuoto = Risultato(periodo, dimostrativo=inventato)
    if classe is Classe.ASSENTE:
        return None
    if classe is Classe.MANCANTE:
        return replace(vuoto, valore=Mancante())
    if classe is Classe.NON_APPLICABILE:
        return replace(vuoto, valore=NonApplicabile(testo))
    if classe is Classe.DENOMINATORE_ZERO:
        return replace(vuoto, numeratore=Decimal(1), denominatore=ZERO)
    if classe is Classe.VALORE:
        return replace(vuoto, valore=Numero(Decimal(testo or "1")))
    if classe is Classe.RAPPORTO:
        return replace(vuoto, numeratore=Decimal(1), denominatore=Decimal(1))
    if classe is Classe.AVANZAMENTO:
        return replace(vuoto, avanzamento=CENTO)
    return replace(vuoto, esito=testo)


def _semplici(n: Interi, d: Interi) -> tuple[Interi, Interi]:
    """The same ratios with positive denominators and, where all is whole, without the scale."""
    n, d = np.where(d < 0, -n, n), np.abs(d)
    for fattore in (SCALA, 100):
        interi = (n % fattore == 0) & (d % fattore == 0)
        n, d = np.where(interi, n // fattore, n), np.where(interi, d // fattore, d)
    return n, d
