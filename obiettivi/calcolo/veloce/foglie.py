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

from .. import periodi
from ..arrotondamento import CENTO, ZERO, Livello, Modo, arrotonda, esatto
from ..edizione import Edizione, Politica, SintesiPeriodi
from ..giudizio import Giudizio, giudica
from ..letture import Lettura
from ..limiti import arrotonda_al_livello
from ..misura import Misura, Periodo, Risultato
from ..periodi import Cumulo
from ..valori import Calcolato, Escluso, Mancante, Motivo, NonApplicabile, NonCalcolabile, Numero
from . import nucleo
from .catene import Catene
from .compila import SENZA_CIFRA, Parametro, compila, scegli, sempre_uguale
from .nucleo import DECIMALI, Interi, Rapporti, Tavola, Veri
from .regola import Classe, Regola
from .regola import Modo as Come
from .risultati import FRAZIONI, FUORI, INTERO, SCALA, Colonna, Risultati

UnoPerUno = Callable[[Sequence[int]], Iterable[Giudizio]]
"""From the places of some leaves to their judgements by the reference, with all their results."""
Punti = Decimal | NonCalcolabile | Escluso
"""A score as the roll-up takes it: the figure, or what stands in its place."""
_TETTO_COLONNA = 9 * 10**10
_DI_TUTTE = -1


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


@dataclass(frozen=True)
class Foglie:
    """Leaves to judge in a period: the number of the measure of each, the row of its indicator.

    ``xn / xd`` is the figure that the rule leaves open (0/1 where it leaves none).
    """

    misure: Interi
    chi: Interi
    xn: Interi
    xd: Interi


class Giudice:
    """Judges the leaves of many plans by one edition.

    Each different measure is compiled once (``misura``) and then named by its number.
    """

    def __init__(self, edizione: Edizione) -> None:
        self.edizione = edizione
        self.catene = Catene(edizione)
        self.arrotondamento = nucleo.arrotondamento_di(edizione)
        self.misure: list[tuple[Misura, Parametro | None]] = []
        self.tavola = Tavola(self.catene)
        self._nuove: list[Regola] = []
        self._regole: dict[tuple[int, tuple[Lettura, ...] | None], int] = {}
        self._voci: dict[Periodo, list[tuple[tuple[str, int], ...]]] = {}
        self._campioni: dict[tuple[tuple[Periodo, str] | None, int, int, str, bool], Giudizio] = {}
        self._decimali = _Decimali(self.arrotondamento.decimali if self.arrotondamento else 0)

    def misura(self, misura: Misura, parametro: Parametro | None = None) -> int:
        """The number of a measure; its results, and how they are cumulated, do not count.

        With ``parametro`` it stands for all those that differ in that figure, but not in its sign.
        """
        campione = replace(misura, risultati=(), cumulo=Cumulo.NESSUNO)
        self.misure.append((campione, parametro))
        return len(self.misure) - 1

    @esatto
    def giudica(
        self, foglie: Foglie, periodo: Periodo, risultati: Risultati, uno_per_uno: UnoPerUno
    ) -> Esiti:
        """The scores of leaves in a period."""
        regola = self.arrotondamento
        tondi = regola is not None and regola.decimali <= DECIMALI
        esiti = Esiti.vuoti(len(foglie.misure), tondi=tondi)
        voci = _Voci(self.voci(periodo), foglie.misure)
        sole = np.flatnonzero(voci.quante == 1)
        righe = _Righe(self, periodo, voci.di(sole), foglie, sole, risultati)
        self._sole(esiti, sole, righe, uno_per_uno)
        if len(sole) < len(foglie.misure):
            composte = np.flatnonzero(voci.quante > 1)
            self._composte(esiti, composte, voci, periodo, foglie, risultati, uno_per_uno)
        return esiti

    def voci(self, periodo: Periodo) -> list[tuple[tuple[str, int], ...]]:
        """For each measure, the parts of the year that are judged and the rule of each."""
        voci = self._voci.setdefault(periodo, [])
        for numero in range(len(voci), len(self.misure)):
            scelte = scegli(self.misure[numero][0], periodo)
            if scelte is None:
                voci.append(((periodo.frazione, self._regola(numero, None)),))
            else:
                voci.append(
                    tuple((dove, self._regola(numero, letture)) for dove, letture in scelte)
                )
        self.tavola.cresci(self._nuove)
        self._nuove = []
        return voci

    def _regola(self, numero: int, letture: tuple[Lettura, ...] | None) -> int:
        chiave = (numero, letture)
        if chiave not in self._regole:
            misura, parametro = self.misure[numero]
            self._regole[chiave] = len(self._regole)
            self._nuove.append(
                sempre_uguale(misura)
                if letture is None
                else compila(misura, letture, self.catene, parametro)
            )
        return self._regole[chiave]

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
        esiti.coperture |= {int(dove[r]): quota for r, quota in righe.coperture().items()}
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
        voci: "_Voci",
        periodo: Periodo,
        foglie: Foglie,
        risultati: Risultati,
        uno_per_uno: UnoPerUno,
    ) -> None:
        """Leaves with several parts: those with a figure in each part; the others one by one."""
        parti = voci.quante[dove]
        inizi = np.concatenate(([0], np.cumsum(parti)[:-1]))
        ripetute = np.repeat(dove, parti)
        righe = _Righe(self, periodo, voci.di(dove), foglie, ripetute, risultati)
        intere = righe.con_cifra & (righe.colonna.mesi == INTERO)
        complete = np.add.reduceat(intere.astype(np.int64), inizi) == parti
        valori = dict(zip(righe.cifre.tolist(), righe.valori(), strict=True))
        inventate = np.logical_or.reduceat(righe.dimostrativo, inizi)
        _chiedi(esiti, dove[~complete].tolist(), uno_per_uno)
        for k in np.flatnonzero(complete).tolist():
            posto, inizio = int(dove[k]), int(inizi[k])
            suoi = [valori[riga] for riga in range(inizio, inizio + int(parti[k]))]
            esiti.metti_valore(posto, self._tondo(self._insieme(suoi)))
            esiti.dimostrativo[posto] = inventate[k]

    def _insieme(self, valori: Sequence[Decimal]) -> Decimal:
        if self.edizione.sintesi_periodi is SintesiPeriodi.ULTIMO:
            return valori[-1]
        return sum(valori, ZERO) / len(valori)

    def campione(
        self, periodo: Periodo, regola: int, dove: str, classe: int, testo: str, inventato: bool
    ) -> Giudizio:
        """What the reference says of a result of that class, whatever its figure."""
        una = self.tavola.regole[regola]
        quando = (periodo, dove) if una.dice_quando else None
        quale = _DI_TUTTE if una.come_tutte and classe in SENZA_CIFRA else regola
        chiave = (quando, quale, classe, testo, inventato)
        if chiave not in self._campioni:
            suo = Periodo(periodo.anno, dove)
            risultato = _campione(suo, Classe(classe), testo, inventato)
            misura = replace(una.campione, risultati=(risultato,) if risultato else ())
            self._campioni[chiave] = giudica(misura, self.edizione, periodo)
        return self._campioni[chiave]


class _Voci:
    """The parts to judge of each leaf, as columns."""

    def __init__(self, voci: list[tuple[tuple[str, int], ...]], misure: Interi) -> None:
        self._frazioni = np.array(
            [FRAZIONI.index(f) if f in FRAZIONI else FUORI for v in voci for f, _ in v]
        )
        self._regole = np.array([regola for voce in voci for _, regola in voce], np.int64)
        quante = np.array([len(voce) for voce in voci], np.int64)
        inizi = np.concatenate(([0], np.cumsum(quante)[:-1])) if len(quante) else quante
        self.quante, self._inizi = quante[misure], inizi[misure]

    def di(self, foglie: Interi) -> tuple[Interi, Interi]:
        """Place of the period and rule of every part of some leaves, one leaf after the other."""
        quante = self.quante[foglie]
        prima = np.repeat(np.cumsum(quante) - quante, quante)
        posti = np.repeat(self._inizi[foglie], quante) + np.arange(quante.sum()) - prima
        return self._frazioni[posti], self._regole[posti]


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

    def __init__(
        self,
        giudice: Giudice,
        periodo: Periodo,
        voci: tuple[Interi, Interi],
        foglie: Foglie,
        quali: Interi,
        risultati: Risultati,
    ) -> None:
        self.giudice, self.periodo = giudice, periodo
        self.frazioni, self.regole = voci
        self.colonna = self._colonna(foglie.chi[quali], risultati)
        come = giudice.tavola.modi[self.regole, self.colonna.classe]
        come[self._a_meta(come)] = Come.UNO_PER_UNO
        self.dimostrativo = self.colonna.dimostrativo
        self.con_cifra = come == Come.CIFRA
        self.cifre = np.flatnonzero(self.con_cifra)
        self.uno_per_uno = np.flatnonzero(come == Come.UNO_PER_UNO)
        self._da_campione = np.flatnonzero(come == Come.CAMPIONE)
        self._si_no = np.flatnonzero(come == Come.SI_NO)
        con_cifra = quali[self.cifre]
        self.rapporti = self._giudica(foglie.xn[con_cifra], foglie.xd[con_cifra])

    def _a_meta(self, come: Interi) -> Veri:
        """Results that cover part of their period, where more than the coverage depends on it."""
        politica = self.giudice.edizione.politica(Livello.INDICATORE, manca=True)
        a_meta: Veri = self.colonna.mesi != INTERO
        return a_meta & (come == Come.SI_NO) if politica is Politica.ESCLUDI else a_meta

    def coperture(self) -> dict[int, Decimal]:
        """The coverage of the rows with a figure that cover part of their period."""
        quali = self.cifre[self.colonna.mesi[self.cifre] != INTERO].tolist()
        durate = [len(periodi.mesi(frazione)) for frazione in FRAZIONI]
        return {
            riga: CENTO * int(self.colonna.mesi[riga]) / durate[self.frazioni[riga]]
            for riga in quali
        }

    def _colonna(self, chi: Interi, risultati: Risultati) -> Colonna:
        """The column of the period of each rule, one row for each of ours."""
        nostra = Colonna.vuota(len(self.regole))
        for frazione in np.unique(self.frazioni):
            mie = np.flatnonzero(self.frazioni == frazione)
            if frazione == FUORI:
                nostra.classe[mie] = Classe.ALTRO
            else:
                nostra.prendi(mie, risultati.nel_periodo(FRAZIONI[frazione]), chi[mie])
        return nostra

    def _giudica(self, xn: Interi, xd: Interi) -> Rapporti:
        regole = self.regole[self.cifre]
        di_rapporto = self.colonna.classe[self.cifre] == Classe.RAPPORTO
        n, d = _semplici(self.colonna.n[self.cifre], self.colonna.d[self.cifre])
        n = n * np.where(di_rapporto, self.giudice.tavola.fattori[regole], 1)
        return nucleo.giudica(self.giudice.tavola, nucleo.Dati(regole, n, d, xn, xd))

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
            self.periodo,
            int(self.regole[riga]),
            FRAZIONI[self.frazioni[riga]],
            int(self.colonna.classe[riga]),
            testo,
            bool(self.colonna.dimostrativo[riga]),
        )


def _semplici(n: Interi, d: Interi) -> tuple[Interi, Interi]:
    """The same ratios with positive denominators and, where all is whole, without the scale."""
    n, d = np.where(d < 0, -n, n), np.abs(d)
    for fattore in (SCALA, 100):
        interi = (n % fattore == 0) & (d % fattore == 0)
        n, d = np.where(interi, n // fattore, n), np.where(interi, d // fattore, d)
    return n, d
