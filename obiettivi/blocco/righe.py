# SPDX-License-Identifier: AGPL-3.0-or-later
"""Scores as columns, ready to be compared with those stored and to be written."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

import numpy as np
from numpy.typing import NDArray

from obiettivi.blocco.colonne import Interi
from obiettivi.calcolo.arrotondamento import CENTO, GRIGLIA, Modo, arrotonda, esatto
from obiettivi.calcolo.valori import Escluso, motivo_di
from obiettivi.calcolo.veloce.esiti import Esiti, Punti, Stato
from obiettivi.calcolo.veloce.medie import Nodi
from obiettivi.calcolo.veloce.nucleo import DECIMALI, Veri
from obiettivi.calcolo.veloce.risalita import Figlio, punteggio_di
from obiettivi.calcolo.veloce.risultati import FRAZIONI
from obiettivi.models import Raggiungimento

LIVELLI = tuple(Raggiungimento.Livello.values)
STATI = (
    Raggiungimento.Stato.CALCOLATO,
    Raggiungimento.Stato.NON_CALCOLABILE,
    Raggiungimento.Stato.ESCLUSO,
)
Dati = NDArray[np.void]
"""Scores, one to a row, with the columns of ``TIPO`` by name."""
COLONNE = PIANO, FRAZIONE, LIVELLO, OGGETTO, STATO, PUNTI, COPERTURA, INVENTATO, MOTIVO = (
    "piano", "frazione", "livello", "oggetto",
    "stato", "punti", "copertura", "inventato", "motivo",
)  # fmt: skip
CHIAVE, VALORI = list(COLONNE[:4]), list(COLONNE[4:])
TIPO = np.dtype(
    {
        "names": COLONNE,
        "formats": ["i8", "i1", "i1", "i8", "i1", "i8", "i4", "i1", "i4"],
        "offsets": [0, 32, 33, 8, 34, 16, 24, 35, 28],
        "itemsize": 40,
    }
)
"""Forty bytes: a block has some tens of thousands of rows, on two sides and in two lanes."""
DECIMALI_COPERTURA = 4
LUNGHEZZA_MOTIVO = 300
IN_64_BIT = 4 * 10**10
"""A score beyond it, in absolute value, is kept apart: it would not fit with its decimals."""
_PIENA = 100 * 10**DECIMALI_COPERTURA


class Parole(dict[str, int]):
    """The reasons why a score is not there, each with its number; 0 is none."""

    def __init__(self) -> None:
        super().__init__({"": 0})

    def __missing__(self, motivo: str) -> int:
        self[motivo] = numero = len(self)
        return numero


@dataclass
class Righe:
    """Scores: columns of whole numbers, and what is not a whole number.

    ``MOTIVO`` is a number of ``parole``; ``grandi``: the scores that do not fit, by row.
    ``PUNTI`` is in units of 1e-8, ``COPERTURA`` of 1e-4; frazione, livello and stato are places in
    lists.
    """

    dati: Dati
    parole: Parole = field(default_factory=Parole)
    grandi: dict[int, Decimal] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.dati)

    def scelte(self, quali: Interi) -> "Righe":
        """Some of the rows, in the order of ``quali``."""
        if len(quali) == len(self) and (quali == np.arange(len(self))).all():
            return self
        nuove = {k: nuova for nuova, k in enumerate(quali.tolist())} if self.grandi else {}
        grandi = {nuove[k]: valore for k, valore in self.grandi.items() if k in nuove}
        return Righe(self.dati[quali], self.parole, grandi)

    def periodi(self) -> set[tuple[int, int]]:
        """The plans and places of the periods that have rows."""
        coppie = self.dati[PIANO] * len(FRAZIONI) + self.dati[FRAZIONE]
        return {divmod(coppia, len(FRAZIONI)) for coppia in np.unique(coppie).tolist()}

    def senza(self, quali: set[tuple[int, int]]) -> "Righe":
        """The same without some plans in some periods."""
        coppie = self.dati[PIANO] * len(FRAZIONI) + self.dati[FRAZIONE]
        fuori = [piano * len(FRAZIONI) + frazione for piano, frazione in quali]
        return self.scelte(np.flatnonzero(~np.isin(coppie, fuori)))

    @classmethod
    @esatto
    def da_raggiungimenti(cls, righe: Iterable[Raggiungimento]) -> "Righe":
        """Rows that the reference made."""
        tutte = list(righe)
        nuove = cls(vuota(len(tutte)))
        for k, una in enumerate(tutte):
            punti = una.punteggio
            if punti is not None and abs(punti) >= IN_64_BIT:
                nuove.grandi[k] = punti
            dentro = punti is not None and k not in nuove.grandi
            nuove.dati[k] = (
                una.piano_id,
                FRAZIONI.index(una.frazione),
                LIVELLI.index(una.livello),
                una.oggetto,
                STATI.index(una.stato),
                _unita(punti, DECIMALI) if dentro and punti is not None else 0,
                _unita(una.copertura, DECIMALI_COPERTURA),
                una.dimostrativo,
                nuove.parole[una.motivo],
            )
        return nuove

    @classmethod
    def unite(cls, pezzi: Sequence["Righe"], dati: Dati | None = None) -> "Righe":
        """Several sets one after the other, that number their reasons together.

        ``dati``: they are parts of it, and nothing is copied.
        """
        grandi, inizio = {}, 0
        for pezzo in pezzi:
            grandi.update({inizio + k: valore for k, valore in pezzo.grandi.items()})
            inizio += len(pezzo)
        if dati is None:
            dati = np.concatenate([pezzo.dati for pezzo in pezzi] or [vuota()])
        return cls(dati, pezzi[0].parole if pezzi else Parole(), grandi)


def vuota(quante: int = 0) -> Dati:
    """Rows with no score in them."""
    return np.zeros(quante, TIPO)


def intestate(piani: Iterable[int], livello: str, oggetti: Iterable[int]) -> Dati:
    """Rows with only what they are of, as each period begins from them."""
    chi = np.fromiter(oggetti, np.int64)
    dati = vuota(len(chi))
    dati[OGGETTO], dati[LIVELLO] = chi, LIVELLI.index(livello)
    dati[PIANO] = np.fromiter(piani, np.int64, len(chi))
    return dati


def con_foglie(dati: Dati, esiti: Esiti, parole: Parole) -> Righe:
    """The rows of the leaves."""
    calcolati = esiti.stato == Stato.CALCOLATO
    esclusi = esiti.stato == Stato.ESCLUSO
    dati[STATO] = np.where(calcolati, 0, np.where(esclusi, 2, 1))
    dati[PUNTI] = np.where(calcolati, esiti.punti, 0)
    dati[COPERTURA] = np.where(calcolati, _PIENA, 0)
    dati[INVENTATO] = esiti.dimostrativo
    coperture = dati[COPERTURA]
    for posto, copertura in esiti.coperture.items():
        coperture[posto] = _unita(copertura, DECIMALI_COPERTURA)
    if esiti.detti:
        numeri = np.array([parole[_motivo(uno)] for uno in esiti.detti], np.int64)
        dati[MOTIVO] = np.where(calcolati, 0, numeri[esiti.motivo])
    return Righe(dati, parole, dict(esiti.grandi))


def con_nodi(
    dati: Dati, nodi: Sequence[Figlio], parole: Parole, fatti: Nodi | None = None
) -> Righe:
    """The rows of objectives, areas or plans; of those that are ``fatti`` the figures are known."""
    righe = Righe(dati, parole)
    dati[INVENTATO] = [nodo.dimostrativo for nodo in nodi]
    pronti: Veri = np.zeros(len(nodi), np.bool_) if fatti is None else fatti.pronti
    if fatti is not None:
        dati[PUNTI], dati[COPERTURA] = fatti.punti, fatti.coperture
    da_fare = np.flatnonzero(~pronti)
    if len(da_fare):
        quattro = dati[[STATO, PUNTI, COPERTURA, MOTIVO]]
        fatte = [_del_nodo(righe, k, nodi[k]) for k in da_fare.tolist()]
        quattro[da_fare] = np.array(fatte, quattro.dtype)
    return righe


def _del_nodo(righe: Righe, k: int, nodo: Figlio) -> tuple[int, int, int, int]:
    """State, score, coverage and reason of a node."""
    piena = nodo.copertura == CENTO
    copertura = _PIENA if piena else _unita(nodo.copertura, DECIMALI_COPERTURA)
    if not isinstance(nodo.punti, Decimal):
        stato = 2 if isinstance(nodo.punti, Escluso) else 1
        return stato, 0, copertura, righe.parole[_motivo(nodo.punti)]
    if abs(nodo.punti) >= IN_64_BIT:
        righe.grandi[k] = Decimal(_unita(nodo.punti, DECIMALI)).scaleb(-DECIMALI)
        return 0, 0, copertura, 0
    return 0, _unita(nodo.punti, DECIMALI), copertura, 0


def _unita(valore: Decimal, decimali: int) -> int:
    """Cut, never rounded up, so that a miss stays below 100; in units of the last decimal.

    Called inside the precision of the package: cleaning the value is half of its cost.
    """
    if abs(valore) >= IN_64_BIT:
        return int(arrotonda(valore, Modo.TRONCAMENTO, decimali).scaleb(decimali))
    return int(valore.quantize(GRIGLIA).scaleb(decimali))


def _motivo(punti: Punti) -> str:
    return motivo_di(punteggio_di(punti))[:LUNGHEZZA_MOTIVO]
