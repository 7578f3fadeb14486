# SPDX-License-Identifier: AGPL-3.0-or-later
"""Scores as columns, ready to be compared with those stored and to be written."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

import numpy as np

from obiettivi.blocco.colonne import Interi
from obiettivi.calcolo.arrotondamento import CENTO, GRIGLIA, Modo, arrotonda, esatto
from obiettivi.calcolo.valori import Escluso, motivo_di
from obiettivi.calcolo.veloce.foglie import Esiti, Punti, Stato
from obiettivi.calcolo.veloce.nucleo import DECIMALI
from obiettivi.calcolo.veloce.risalita import Figlio, punteggio_di
from obiettivi.calcolo.veloce.risultati import FRAZIONI
from obiettivi.models import Raggiungimento

LIVELLI = tuple(Raggiungimento.Livello.values)
STATI = (
    Raggiungimento.Stato.CALCOLATO,
    Raggiungimento.Stato.NON_CALCOLABILE,
    Raggiungimento.Stato.ESCLUSO,
)
PIANO, FRAZIONE, LIVELLO, OGGETTO, STATO, PUNTI, COPERTURA, INVENTATO = range(8)
CHIAVE = slice(PIANO, STATO)
DECIMALI_COPERTURA = 4
LUNGHEZZA_MOTIVO = 300
IN_64_BIT = 4 * 10**10
"""A score beyond it, in absolute value, is kept apart: it would not fit with its decimals."""
_PIENA = 100 * 10**DECIMALI_COPERTURA


@dataclass
class Righe:
    """Scores: a matrix of whole numbers (columns as above), and what is not a whole number.

    ``motivi``: why there is no score, by row; ``grandi``: the scores that do not fit, by row.
    ``PUNTI`` is in units of 1e-8, ``COPERTURA`` of 1e-4; stato and livello are places in lists.
    """

    matrice: Interi
    motivi: dict[int, str] = field(default_factory=dict)
    grandi: dict[int, Decimal] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.matrice)

    def scelte(self, quali: Interi) -> "Righe":
        """Some of the rows, in the order of ``quali``."""
        nuove = {int(vecchia): nuova for nuova, vecchia in enumerate(quali)}
        return Righe(
            self.matrice[quali],
            {nuove[k]: motivo for k, motivo in self.motivi.items() if k in nuove},
            {nuove[k]: valore for k, valore in self.grandi.items() if k in nuove},
        )

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
            if punti is None:
                nuove.motivi[k] = una.motivo
            elif abs(punti) >= IN_64_BIT:
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
            )
        return nuove

    @classmethod
    def unite(cls, pezzi: Sequence["Righe"]) -> "Righe":
        """Several sets one after the other."""
        unite = cls(np.concatenate([pezzo.matrice for pezzo in pezzi] or [vuota()]))
        inizio = 0
        for pezzo in pezzi:
            unite.motivi |= {inizio + k: motivo for k, motivo in pezzo.motivi.items()}
            unite.grandi |= {inizio + k: valore for k, valore in pezzo.grandi.items()}
            inizio += len(pezzo)
        return unite


def vuota(quante: int = 0) -> Interi:
    """A matrix with no score in it."""
    return np.zeros((quante, INVENTATO + 1), np.int64)


def di_foglie(esiti: Esiti, oggetti: Interi, piani: Interi) -> Righe:
    """The rows of the leaves."""
    matrice = vuota(len(oggetti))
    matrice[:, PIANO], matrice[:, OGGETTO] = piani, oggetti
    calcolati = esiti.stato == Stato.CALCOLATO
    esclusi = esiti.stato == Stato.ESCLUSO
    matrice[:, STATO] = np.where(calcolati, 0, np.where(esclusi, 2, 1))
    matrice[:, PUNTI] = np.where(calcolati, esiti.punti, 0)
    matrice[:, COPERTURA] = np.where(calcolati, _PIENA, 0)
    matrice[:, INVENTATO] = esiti.dimostrativo
    for posto, copertura in esiti.coperture.items():
        matrice[posto, COPERTURA] = _unita(copertura, DECIMALI_COPERTURA)
    senza = np.flatnonzero(~calcolati).tolist()
    return Righe(matrice, {k: _motivo(esiti.valori[k]) for k in senza}, dict(esiti.grandi))


def di_nodi(
    livello: str, piani: Iterable[int], oggetti: Iterable[int], nodi: list[Figlio]
) -> Righe:
    """The rows of objectives, areas or plans."""
    righe = Righe(vuota(len(nodi)))
    codice = LIVELLI.index(livello)
    for k, (piano, oggetto, nodo) in enumerate(zip(piani, oggetti, nodi, strict=True)):
        copertura = nodo.copertura
        piena = _PIENA if copertura == CENTO else _unita(copertura, DECIMALI_COPERTURA)
        stato, punti = 0, 0
        if isinstance(nodo.punti, Decimal):
            punti = _unita(nodo.punti, DECIMALI)
            if abs(nodo.punti) >= IN_64_BIT:
                righe.grandi[k], punti = Decimal(punti).scaleb(-DECIMALI), 0
        else:
            stato = 2 if isinstance(nodo.punti, Escluso) else 1
            righe.motivi[k] = _motivo(nodo.punti)
        righe.matrice[k] = (piano, 0, codice, oggetto, stato, punti, piena, nodo.dimostrativo)
    return righe


def _unita(valore: Decimal, decimali: int) -> int:
    """Cut, never rounded up, so that a miss stays below 100; in units of the last decimal.

    Called inside the precision of the package: cleaning the value is half of its cost.
    """
    if abs(valore) >= IN_64_BIT:
        return int(arrotonda(valore, Modo.TRONCAMENTO, decimali).scaleb(decimali))
    return int(valore.quantize(GRIGLIA).scaleb(decimali))


def _motivo(punti: Punti) -> str:
    return motivo_di(punteggio_di(punti))[:LUNGHEZZA_MOTIVO]
