# SPDX-License-Identifier: AGPL-3.0-or-later
"""Scores as columns, ready to be compared with those stored and to be written."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

import numpy as np

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
PIANO, FRAZIONE, LIVELLO, OGGETTO, STATO, PUNTI, COPERTURA, INVENTATO, MOTIVO = range(9)
CHIAVE = slice(PIANO, STATO)
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
    """Scores: a matrix of whole numbers (columns as above), and what is not a whole number.

    ``MOTIVO`` is a number of ``parole``; ``grandi``: the scores that do not fit, by row.
    ``PUNTI`` is in units of 1e-8, ``COPERTURA`` of 1e-4; stato and livello are places in lists.
    """

    matrice: Interi
    parole: Parole = field(default_factory=Parole)
    grandi: dict[int, Decimal] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.matrice)

    def scelte(self, quali: Interi) -> "Righe":
        """Some of the rows, in the order of ``quali``."""
        if len(quali) == len(self) and (quali == np.arange(len(self))).all():
            return self
        nuove = {k: nuova for nuova, k in enumerate(quali.tolist())} if self.grandi else {}
        grandi = {nuove[k]: valore for k, valore in self.grandi.items() if k in nuove}
        return Righe(self.matrice[quali], self.parole, grandi)

    def periodi(self) -> set[tuple[int, int]]:
        """The plans and places of the periods that have rows."""
        coppie = self.matrice[:, PIANO] * len(FRAZIONI) + self.matrice[:, FRAZIONE]
        return {divmod(coppia, len(FRAZIONI)) for coppia in np.unique(coppie).tolist()}

    def senza(self, quali: set[tuple[int, int]]) -> "Righe":
        """The same without some plans in some periods."""
        coppie = self.matrice[:, PIANO] * len(FRAZIONI) + self.matrice[:, FRAZIONE]
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
            nuove.matrice[k] = (
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
    def unite(cls, pezzi: Sequence["Righe"], matrice: Interi | None = None) -> "Righe":
        """Several sets one after the other, that number their reasons together.

        ``matrice``: they are parts of it, and nothing is copied.
        """
        grandi, inizio = {}, 0
        for pezzo in pezzi:
            grandi.update({inizio + k: valore for k, valore in pezzo.grandi.items()})
            inizio += len(pezzo)
        if matrice is None:
            matrice = np.concatenate([pezzo.matrice for pezzo in pezzi] or [vuota()])
        return cls(matrice, pezzi[0].parole if pezzi else Parole(), grandi)


def vuota(quante: int = 0) -> Interi:
    """A matrix with no score in it."""
    return np.zeros((quante, MOTIVO + 1), np.int64)


def intestate(piani: Iterable[int], livello: str, oggetti: Iterable[int]) -> Interi:
    """Rows with only what they are of, as each period begins from them."""
    chi = np.fromiter(oggetti, np.int64)
    matrice = vuota(len(chi))
    matrice[:, OGGETTO], matrice[:, LIVELLO] = chi, LIVELLI.index(livello)
    matrice[:, PIANO] = np.fromiter(piani, np.int64, len(chi))
    return matrice


def con_foglie(matrice: Interi, esiti: Esiti, parole: Parole) -> Righe:
    """The rows of the leaves."""
    calcolati = esiti.stato == Stato.CALCOLATO
    esclusi = esiti.stato == Stato.ESCLUSO
    matrice[:, STATO] = np.where(calcolati, 0, np.where(esclusi, 2, 1))
    matrice[:, PUNTI] = np.where(calcolati, esiti.punti, 0)
    matrice[:, COPERTURA] = np.where(calcolati, _PIENA, 0)
    matrice[:, INVENTATO] = esiti.dimostrativo
    for posto, copertura in esiti.coperture.items():
        matrice[posto, COPERTURA] = _unita(copertura, DECIMALI_COPERTURA)
    if esiti.detti:
        numeri = np.array([parole[_motivo(uno)] for uno in esiti.detti], np.int64)
        matrice[:, MOTIVO] = np.where(calcolati, 0, numeri[esiti.motivo])
    return Righe(matrice, parole, dict(esiti.grandi))


def con_nodi(
    matrice: Interi, nodi: Sequence[Figlio], parole: Parole, fatti: Nodi | None = None
) -> Righe:
    """The rows of objectives, areas or plans; of those that are ``fatti`` the figures are known."""
    righe = Righe(matrice, parole)
    matrice[:, INVENTATO] = [nodo.dimostrativo for nodo in nodi]
    pronti: Veri = np.zeros(len(nodi), np.bool_) if fatti is None else fatti.pronti
    if fatti is not None:
        matrice[:, PUNTI], matrice[:, COPERTURA] = fatti.punti, fatti.coperture
    da_fare = np.flatnonzero(~pronti)
    if len(da_fare):
        fatte = [_del_nodo(righe, k, nodi[k]) for k in da_fare.tolist()]
        matrice[da_fare[:, None], [STATO, PUNTI, COPERTURA, MOTIVO]] = fatte
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
