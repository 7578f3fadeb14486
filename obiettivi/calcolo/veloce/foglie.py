# SPDX-License-Identifier: AGPL-3.0-or-later
"""The scores of many indicators in a period: figures by the core, the rest by the reference.

What has no figure (missing, not applicable, no target, another unit) has one outcome for each
rule and reason: the reference is asked once and the answer is kept.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import IntEnum

import numpy as np

from ..arrotondamento import CENTO, ZERO, Livello, Modo, arrotonda, esatto
from ..edizione import Edizione, SintesiPeriodi
from ..giudizio import Giudizio, giudica
from ..limiti import arrotonda_al_livello
from ..misura import Misura, Periodo, Risultato
from ..valori import Calcolato, Escluso, Mancante, Motivo, NonApplicabile, NonCalcolabile, Numero
from . import nucleo
from .catene import Catene
from .compila import compila
from .nucleo import DECIMALI, Interi, Rapporti, Tavola, Veri
from .regola import Classe, Regola
from .regola import Modo as Come
from .risultati import SCALA, Colonna, Risultati

UnoPerUno = Callable[[Sequence[int]], Iterable[Giudizio]]
"""From the places of some leaves to their judgements by the reference, with all their results."""
Punti = Decimal | NonCalcolabile | Escluso
"""A score as the roll-up takes it: the figure, or what stands in its place."""
_TETTO_COLONNA = 9 * 10**10


class Stato(IntEnum):
    """What a score is, for the roll-up."""

    CALCOLATO = 0
    MANCANTE = 1
    NON_VALUTABILE = 2
    ESCLUSO = 3
    BLOCCATO = 4


def _stato(punti: NonCalcolabile | Escluso) -> Stato:
    if isinstance(punti, Escluso):
        return Stato.ESCLUSO
    casi = {Motivo.NESSUN_VALORE: Stato.MANCANTE, Motivo.BLOCCATO: Stato.BLOCCATO}
    return casi.get(punti.motivo, Stato.NON_VALUTABILE)


@dataclass
class Esiti:
    """The scores of the leaves, in their order.

    ``valori`` are exact, for the roll-up; ``punti`` are what is stored, cut to 1e-8 (those beyond
    64 bits are in ``grandi``), and are exact too when ``tondi``. ``coperture`` holds those that
    are neither 100 with a score nor 0 without.
    """

    valori: list[Punti]
    stato: Interi
    punti: Interi
    dimostrativo: Veri
    tondi: bool
    grandi: dict[int, Decimal] = field(default_factory=dict)
    coperture: dict[int, Decimal] = field(default_factory=dict)

    @classmethod
    def vuoti(cls, quanti: int, *, tondi: bool) -> "Esiti":
        """All at zero, to be filled."""
        interi = np.zeros(quanti, np.int64)
        valori: list[Punti] = [ZERO] * quanti
        return cls(valori, interi.copy(), interi, np.zeros(quanti, np.bool_), tondi)

    def metti(self, posto: int, giudizio: Giudizio) -> None:
        """Put the judgement of the reference in its place."""
        punteggio = giudizio.punteggio
        self.dimostrativo[posto] = giudizio.dimostrativo
        con_punti = isinstance(punteggio, Calcolato)
        if giudizio.copertura != (CENTO if con_punti else ZERO):
            self.coperture[posto] = giudizio.copertura
        if isinstance(punteggio, Calcolato):
            self.metti_valore(posto, punteggio.valore)
        else:
            self.valori[posto], self.stato[posto] = punteggio, _stato(punteggio)

    def copertura(self, posto: int) -> Decimal:
        """The share of the leaf that was evaluated, 0-100."""
        piena = CENTO if self.stato[posto] == Stato.CALCOLATO else ZERO
        return self.coperture.get(posto, piena)

    def metti_valore(self, posto: int, valore: Decimal) -> None:
        """Put a score that is already rounded in its place."""
        self.valori[posto] = valore
        tronco = arrotonda(valore, Modo.TRONCAMENTO, DECIMALI)
        if abs(tronco) < _TETTO_COLONNA:
            self.punti[posto] = int(tronco.scaleb(DECIMALI))
        else:
            self.grandi[posto] = tronco


class Giudice:
    """Judges the leaves of many plans by one edition, in one period.

    Each different rule is compiled once (``voce``) and then named by its number.
    """

    def __init__(self, edizione: Edizione, periodo: Periodo) -> None:
        self.edizione, self.periodo = edizione, periodo
        self.catene = Catene(edizione)
        self.arrotondamento = nucleo.arrotondamento_di(edizione)
        self.regole: list[Regola] = []
        self.voci: list[tuple[int, ...]] = []
        self._tavola: Tavola | None = None
        self._campioni: dict[tuple[int, int, str, bool], Giudizio] = {}
        self._decimali = _Decimali(self.arrotondamento.decimali if self.arrotondamento else 0)

    def voce(self, misura: Misura) -> int:
        """The number under which the rule of a measure is kept; the results do not count."""
        regola = compila(replace(misura, risultati=()), self.catene, self.periodo)
        parti = regola.parti or (regola,)
        self.voci.append(tuple(range(len(self.regole), len(self.regole) + len(parti))))
        self.regole += parti
        self._tavola = None
        return len(self.voci) - 1

    @esatto
    def giudica(
        self, voci: Interi, chi: Interi, risultati: Risultati, uno_per_uno: UnoPerUno
    ) -> Esiti:
        """The scores of leaves, each with the number of its rule and the row of its indicator."""
        regola = self.arrotondamento
        tondi = regola is not None and regola.decimali <= DECIMALI
        esiti = Esiti.vuoti(len(voci), tondi=tondi)
        quante = np.array([len(voce) for voce in self.voci], np.int64)[voci]
        prime = np.array([voce[0] for voce in self.voci], np.int64)[voci]
        sole = np.flatnonzero(quante == 1)
        righe = _Righe(self, prime[sole], chi[sole], risultati)
        self._sole(esiti, sole, righe, uno_per_uno)
        if len(sole) < len(voci):
            composte = np.flatnonzero(quante > 1)
            self._composte(esiti, composte, quante, prime, chi, risultati, uno_per_uno)
        return esiti

    @property
    def tavola(self) -> Tavola:
        """The rules as columns."""
        if self._tavola is None:
            self._tavola = Tavola(self.regole, self.catene)
        return self._tavola

    def _sole(self, esiti: Esiti, dove: Interi, righe: "_Righe", uno_per_uno: UnoPerUno) -> None:
        """Leaves with a single comparison."""
        esiti.dimostrativo[dove] = righe.dimostrativo
        posti = dove[righe.cifre]
        if self.arrotondamento is None:
            tondi = nucleo.arrotonda(righe.rapporti, nucleo.TRONCO)
            valori: list[Punti] = list(righe.valori())
            fuori = {riga: righe.valore(riga) for riga in tondi.fuori}
        else:
            tondi = nucleo.arrotonda(righe.rapporti, self.arrotondamento)
            valori = [self._decimali[uno] for uno in tondi.interi.tolist()]
            fuori = tondi.fuori
        esiti.punti[posti] = tondi.da_salvare()
        _sparpaglia(esiti.valori, posti, valori)
        for riga, valore in fuori.items():
            esiti.metti_valore(int(posti[riga]), valore)
        for riga, giudizio in righe.campioni():
            esiti.metti(int(dove[riga]), giudizio)
        _chiedi(esiti, dove[righe.uno_per_uno].tolist(), uno_per_uno)

    def _tondo(self, valore: Decimal) -> Decimal:
        return arrotonda_al_livello(valore, Livello.INDICATORE, self.edizione)[0]

    def _composte(
        self,
        esiti: Esiti,
        dove: Interi,
        quante: Interi,
        prime: Interi,
        chi: Interi,
        risultati: Risultati,
        uno_per_uno: UnoPerUno,
    ) -> None:
        """Leaves with several parts: those with a figure in each part; the others one by one."""
        parti = quante[dove]
        inizi = np.concatenate(([0], np.cumsum(parti)[:-1]))
        posizione = np.arange(parti.sum()) - np.repeat(inizi, parti)
        righe = _Righe(
            self, np.repeat(prime[dove], parti) + posizione, np.repeat(chi[dove], parti), risultati
        )
        complete = np.add.reduceat(righe.con_cifra.astype(np.int64), inizi) == parti
        valori = dict(zip(righe.cifre.tolist(), righe.valori(), strict=True))
        inventate = np.logical_or.reduceat(righe.dimostrativo, inizi)
        _chiedi(esiti, dove[~complete].tolist(), uno_per_uno)
        for k in np.flatnonzero(complete).tolist():
            posto = int(dove[k])
            inizio = int(inizi[k])
            suoi = [valori[riga] for riga in range(inizio, inizio + int(parti[k]))]
            esiti.metti_valore(posto, self._tondo(self._insieme(suoi)))
            esiti.dimostrativo[posto] = inventate[k]

    def _insieme(self, valori: Sequence[Decimal]) -> Decimal:
        if self.edizione.sintesi_periodi is SintesiPeriodi.ULTIMO:
            return valori[-1]
        return sum(valori, ZERO) / len(valori)

    def campione(self, regola: int, classe: int, testo: str, inventato: bool) -> Giudizio:
        """What the reference says of a result of that class, whatever its figure."""
        chiave = (regola, classe, testo, inventato)
        if chiave not in self._campioni:
            una = self.regole[regola]
            suo = Periodo(self.periodo.anno, una.frazione)
            risultato = _campione(suo, Classe(classe), testo, inventato)
            misura = replace(una.campione, risultati=(risultato,) if risultato else ())
            self._campioni[chiave] = giudica(misura, self.edizione, self.periodo)
        return self._campioni[chiave]


class _Decimali(dict[int, Decimal]):
    """Whole numbers of units to the Decimals that they stand for, each made once."""

    def __init__(self, decimali: int) -> None:
        super().__init__()
        self.decimali = decimali

    def __missing__(self, intero: int) -> Decimal:
        self[intero] = fatto = Decimal(intero).scaleb(-self.decimali)
        return fatto


def _chiedi(esiti: Esiti, posti: Sequence[int], uno_per_uno: UnoPerUno) -> None:
    for posto, giudizio in zip(posti, uno_per_uno(posti) if posti else (), strict=True):
        esiti.metti(posto, giudizio)


def _sparpaglia(valori: list[Punti], posti: Interi, nuovi: Sequence[Punti]) -> None:
    for posto, nuovo in zip(posti.tolist(), nuovi, strict=True):
        valori[posto] = nuovo


def _campione(periodo: Periodo, classe: Classe, testo: str, inventato: bool) -> Risultato | None:
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


class _Righe:
    """One result against one rule, for many: what there is to judge and how."""

    def __init__(self, giudice: Giudice, regole: Interi, chi: Interi, risultati: Risultati) -> None:
        self.giudice, self.regole, self.chi = giudice, regole, chi
        self.colonna = self._colonna(risultati)
        come = _modi(giudice.regole)[regole, self.colonna.classe]
        # The reference says it in any case for an outcome that no result can change.
        self.dimostrativo = self.colonna.dimostrativo
        self.con_cifra = come == Come.CIFRA
        self.cifre = np.flatnonzero(self.con_cifra)
        self.uno_per_uno = np.flatnonzero(come == Come.UNO_PER_UNO)
        self._da_campione = np.flatnonzero(come == Come.CAMPIONE)
        self._si_no = np.flatnonzero(come == Come.SI_NO)
        self.rapporti = self._giudica()

    def _colonna(self, risultati: Risultati) -> Colonna:
        """The column of the period of each rule, one row for each of ours."""
        frazioni = np.array([regola.frazione for regola in self.giudice.regole])[self.regole]
        nostra = Colonna.vuota(len(self.regole))
        for frazione in np.unique(frazioni):
            colonna = risultati.nel_periodo(str(frazione))
            mie = np.flatnonzero(frazioni == frazione)
            nostra.prendi(mie, colonna, self.chi[mie])
        return nostra

    def _giudica(self) -> Rapporti:
        regole = self.regole[self.cifre]
        fattori = np.array([regola.fattore for regola in self.giudice.regole], np.int64)[regole]
        di_rapporto = self.colonna.classe[self.cifre] == Classe.RAPPORTO
        n, d = _semplici(self.colonna.n[self.cifre], self.colonna.d[self.cifre])
        n = n * np.where(di_rapporto, fattori, 1)
        return nucleo.giudica(self.giudice.tavola, regole, n, d)

    def valori(self) -> list[Decimal]:
        """The exact scores of the rows with a figure, before any rounding."""
        coppie = zip(self.rapporti.num.tolist(), self.rapporti.den.tolist(), strict=True)
        valori = [Decimal(num) / Decimal(den) for num, den in coppie]
        for riga, valore in self.rapporti.fuori.items():
            valori[riga] = nucleo.decimale(valore)
        return valori

    def valore(self, riga: int) -> Decimal:
        """The exact score of one of the rows with a figure."""
        if riga in self.rapporti.fuori:
            return nucleo.decimale(self.rapporti.fuori[riga])
        return Decimal(int(self.rapporti.num[riga])) / Decimal(int(self.rapporti.den[riga]))

    def campioni(self) -> list[tuple[int, Giudizio]]:
        """The rows without a figure of their own to judge, with what the reference says."""
        trovati = [
            (riga, self._campione(riga, self.colonna.testi.get(riga, "")))
            for riga in self._da_campione.tolist()
        ]
        for riga in self._si_no.tolist():
            valore = Decimal(int(self.colonna.n[riga])) / SCALA
            testo = str(int(valore)) if valore in (0, 1) else "2"
            trovati.append((riga, self._campione(riga, testo)))
        return trovati

    def _campione(self, riga: int, testo: str) -> Giudizio:
        return self.giudice.campione(
            int(self.regole[riga]),
            int(self.colonna.classe[riga]),
            testo,
            bool(self.colonna.dimostrativo[riga]),
        )


def _modi(regole: Sequence[Regola]) -> Interi:
    """What is done with each class of result, by rule."""
    return np.array([[regola.modo(classe) for classe in Classe] for regola in regole], np.int64)


def _semplici(n: Interi, d: Interi) -> tuple[Interi, Interi]:
    """The same ratios with positive denominators and, where all is whole, without the scale."""
    n, d = np.where(d < 0, -n, n), np.abs(d)
    for fattore in (SCALA, 100):
        interi = (n % fattore == 0) & (d % fattore == 0)
        n, d = np.where(interi, n // fattore, n), np.where(interi, d // fattore, d)
    return n, d
