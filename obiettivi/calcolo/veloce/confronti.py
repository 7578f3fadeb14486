# SPDX-License-Identifier: AGPL-3.0-or-later
"""Results set against rules, one result and one rule to a row: what there is to judge and how."""

from collections.abc import Iterator, Sequence
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

_NESSUNA = -1
_DURATE = np.array([len(periodi.mesi(frazione)) for frazione in FRAZIONI])


class Confronti:
    """The parts of some leaves in some periods, each with its result.

    A leaf in a period has its place: those of the first period, then those of the second.
    ``foglie`` and ``parti`` say whose the rows are, by place; ``cifre``, ``uno_per_uno`` are the
    rows judged by the rules, and those left to the reference.
    """

    def __init__(
        self,
        giudice: "Giudice",
        periodi: Sequence[Periodo],
        foglie: "Foglie",
        risultati: Risultati,
        quali: Interi,
    ) -> None:
        self.giudice, self.anno = giudice, periodi[0].anno
        posti = np.array([FRAZIONI.index(periodo.frazione) for periodo in periodi])
        tutte, quante = giudice.voci.parti(), len(foglie.voci)
        posto, voci = posti[quali // quante], foglie.voci[quali % quante]
        self.foglie, self.parti, posto = _espandi(quali, *tutte.del_periodo(posto, voci), posto)
        self._misure = self.foglie % quante
        dove = tutte.dove[self.parti]
        self.dove = np.where(dove == PROPRIO, posto, dove)
        self.regole = giudice.regole(tutte.modello[self.parti])
        self.colonna = self._colonna(foglie.chi[self._misure], tutte.sede[self.parti], risultati)
        come = giudice.tavola.modi[self.regole, self.colonna.classe]
        come[self._a_meta(come)] = Come.UNO_PER_UNO
        self.dimostrativo = self.colonna.dimostrativo
        self.cifre = np.flatnonzero(come == Come.CIFRA)
        self.uno_per_uno = np.flatnonzero(come == Come.UNO_PER_UNO)
        self._si_no = come == Come.SI_NO
        self._da_campione = (come == Come.CAMPIONE) | self._si_no
        self.rapporti = self._giudica(foglie)

    def _a_meta(self, come: Interi) -> Veri:
        """Results that cover part of their period, where more than the coverage depends on it."""
        politica = self.giudice.edizione.politica(Livello.INDICATORE, manca=True)
        a_meta: Veri = self.colonna.mesi != INTERO
        return a_meta & (come == Come.SI_NO) if politica is Politica.ESCLUDI else a_meta

    def _colonna(self, chi: Interi, sedi: Interi, risultati: Risultati) -> Colonna:
        """What the result of each row says: that of the whole azienda, or of its site."""
        con_sede = np.flatnonzero(sedi != AZIENDA)
        if not len(con_sede):
            return self._righe(chi, risultati)
        nomi, righe = self.giudice.voci.sedi, chi.copy()
        righe[con_sede] = [
            risultati.sedi.get((riga, nomi[sede]), _NESSUNA)
            for riga, sede in zip(chi[con_sede].tolist(), sedi[con_sede].tolist(), strict=True)
        ]
        colonna = self._righe(righe, risultati)
        strani = risultati.uno_per_uno[chi[con_sede]]
        for dove in np.unique(self.dove[con_sede]):
            if dove != FUORI:  # a longer period may speak of a site that says nothing
                lunghi = risultati.con_piu_lunghi(FRAZIONI[dove])[chi[con_sede]]
                assenti = colonna.classe[con_sede] == Classe.ASSENTE
                strani |= lunghi & assenti & (self.dove[con_sede] == dove)
        colonna.classe[con_sede[strani]] = Classe.ALTRO
        return colonna

    def _righe(self, righe: Interi, risultati: Risultati) -> Colonna:
        """The rows of the results, each in its part of the year."""
        quali = np.unique(self.dove)
        if len(quali) == 1 and quali[0] != FUORI and (righe != _NESSUNA).all():
            return risultati.nel_periodo(FRAZIONI[quali[0]]).scelte(righe)
        colonna = Colonna.vuota(len(righe))
        for dove in quali.tolist():
            mie = np.flatnonzero((self.dove == dove) & (righe != _NESSUNA))
            if dove != FUORI:
                colonna.prendi(mie, risultati.nel_periodo(FRAZIONI[dove]), righe[mie])
        colonna.classe[self.dove == FUORI] = Classe.ALTRO
        return colonna

    # --- figures --------------------------------------------------------------------------

    def _giudica(self, foglie: "Foglie") -> Rapporti:
        tutte, parti = self.giudice.voci.parti(), self.parti[self.cifre]
        regole = self.regole[self.cifre]
        di_rapporto = self.colonna.classe[self.cifre] == Classe.RAPPORTO
        n, d = _semplici(self.colonna.n[self.cifre], self.colonna.d[self.cifre])
        n = n * np.where(di_rapporto, self.giudice.tavola.fattori[regole], 1)
        xn, yn, xd = (una[parti].astype(np.int64) for una in (tutte.xn, tutte.yn, tutte.xd))
        rif = np.flatnonzero(tutte.da_riferimento[parti])
        xn[rif] = foglie.riferimenti[self._misure[self.cifre[rif]]]
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
        quali = np.flatnonzero(self._da_campione)
        if not len(quali):
            return
        testi, parole = self._testi()
        tavola, classi = self.giudice.tavola, self.colonna.classe
        di_tutte = tavola.come_tutte[self.regole] & np.isin(classi, list(SENZA_CIFRA))
        chiave = np.where(di_tutte, 0, self.regole + 1)
        for colonna, quanti in (
            (np.where(tavola.dice_quando[self.regole], self.dove, 0), FUORI + 1),
            (classi, len(Classe)),
            (self.dimostrativo, 2),
            (testi, len(parole)),
        ):
            chiave = chiave * quanti + colonna
        _uguali, primi, gruppo = np.unique(chiave[quali], return_index=True, return_inverse=True)
        in_ordine = quali[np.argsort(gruppo, kind="stable")]
        fini = np.cumsum(np.bincount(gruppo, minlength=len(primi)))[:-1]
        for primo, righe in zip(quali[primi].tolist(), np.split(in_ordine, fini), strict=True):
            yield righe, self._campione(primo, parole[testi[primo]], tondi)

    def _testi(self) -> tuple[Interi, list[str]]:
        """What the result of each row says in words, as the place in a list."""
        parole = {"": 0}
        testi = np.zeros(len(self.foglie), np.int64)
        da_leggere = self._si_no
        if self.colonna.testi:
            in_parole = np.isin(self.colonna.classe, (Classe.NON_APPLICABILE, Classe.TESTO))
            da_leggere = da_leggere | (in_parole & self._da_campione)
        for riga in np.flatnonzero(da_leggere).tolist():
            testi[riga] = parole.setdefault(self._testo(riga), len(parole))
        return testi, list(parole)

    def _testo(self, riga: int) -> str:
        if not self._si_no[riga]:
            return self.colonna.testi.get(riga, "")
        intero, resto = divmod(int(self.colonna.n[riga]), SCALA)
        return str(intero) if intero in (0, 1) and not resto else "2"

    def _campione(self, riga: int, testo: str, tondi: bool) -> Giudizio:
        return self.giudice.campione(
            Periodo(self.anno, FRAZIONI[self.dove[riga]]),
            int(self.regole[riga]),
            int(self.colonna.classe[riga]),
            testo,
            bool(self.colonna.dimostrativo[riga]),
            tondi,
        )


def _espandi(foglie: Interi, inizi: Interi, quante: Interi, altra: Interi) -> tuple[Interi, ...]:
    """Leaf, place and another column of each of their parts, one leaf after the other."""
    if (quante == 1).all():
        return foglie, inizi, altra
    prima = np.repeat(np.cumsum(quante) - quante, quante)
    posti = np.repeat(inizi, quante) + np.arange(quante.sum()) - prima
    return np.repeat(foglie, quante), posti, np.repeat(altra, quante)


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
