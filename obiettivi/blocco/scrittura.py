# SPDX-License-Identifier: AGPL-3.0-or-later
"""The scores that differ, written in bulk: what changed is removed, then copied in.

Called with the plans locked. COPY on PostgreSQL, ``executemany`` on SQLite; nothing is written
where nothing changed.
"""

from collections.abc import Sequence
from decimal import Decimal
from functools import cached_property

import numpy as np
from django.db import connection

from obiettivi.blocco import binario
from obiettivi.blocco.binario import CAMPI, TABELLA
from obiettivi.blocco.colonne import (
    Interi,
    casi,
    da_uno,
    decimali,
    in_elenco,
    in_uno,
    intere_per,
    vero,
)
from obiettivi.blocco.righe import (
    CHIAVE,
    COPERTURA,
    DECIMALI_COPERTURA,
    FRAZIONE,
    IN_64_BIT,
    INVENTATO,
    LIVELLI,
    LIVELLO,
    MOTIVO,
    OGGETTO,
    PIANO,
    PUNTI,
    STATI,
    STATO,
    VALORI,
    Dati,
    Righe,
    vuota,
)
from obiettivi.calcolo.veloce.nucleo import DECIMALI
from obiettivi.calcolo.veloce.risultati import FRAZIONI

COPIA = f"COPY {TABELLA} ({', '.join(CAMPI)}) FROM STDIN (FORMAT binary)"
_INVENTATO, _GRANDE = 1, 2
_FUORI = f"abs(punteggio) >= {IN_64_BIT}"
_CODICI = {
    FRAZIONE: (casi("frazione", FRAZIONI, len(FRAZIONI)), len(FRAZIONI) + 1),
    LIVELLO: (casi("livello", LIVELLI, len(LIVELLI)), len(LIVELLI) + 1),
    STATO: (casi("stato", STATI, len(STATI)), len(STATI) + 1),
    INVENTATO: (f"{vero('dimostrativo', _INVENTATO)} + {vero(_FUORI, _GRANDE)}", 4),
}
"""The columns that have few values: the place of theirs, and how many there may be."""


def salvate(piani: Sequence[int], prospettiva: str, anno: int, frazioni: Sequence[str]) -> Righe:
    """The stored scores of some plans in some periods."""
    dove, parametri = _dove(piani, prospettiva, anno, frazioni)
    espressioni = (
        "piano_id",
        "oggetto",
        f"CASE WHEN {_FUORI} THEN 0 ELSE {decimali('punteggio', DECIMALI)} END",
        in_uno(decimali("copertura", DECIMALI_COPERTURA), *_CODICI.values()),
    )
    pezzi = intere_per("motivo", espressioni, f"{TABELLA} WHERE {dove}", parametri)
    righe, fine = Righe(vuota(sum(len(matrice) for _motivo, matrice in pezzi))), 0
    insieme = np.empty(len(righe), np.int64)
    while pezzi:
        motivo, matrice = pezzi.pop()
        inizio, fine = fine, fine + len(matrice)
        sue = righe.dati[inizio:fine]
        sue[PIANO], sue[OGGETTO], sue[PUNTI], insieme[inizio:fine] = matrice.T
        sue[MOTIVO] = righe.parole[motivo]
    divisi = da_uno(insieme, [quanti for _espressione, quanti in _CODICI.values()])
    for quale, valori in zip((*reversed(_CODICI), COPERTURA), divisi, strict=True):
        righe.dati[quale] = valori
    if fine:
        _con_grandi(righe, f"{dove} AND {_FUORI}", parametri)
    return righe


def _dove(
    piani: Sequence[int], prospettiva: str, anno: int, frazioni: Sequence[str]
) -> tuple[str, list[object]]:
    segni = ", ".join(["%s"] * len(frazioni))
    quali = in_elenco("piano_id", piani)
    dove = f"{quali} AND prospettiva = %s AND anno = %s AND frazione IN ({segni})"
    return dove, [prospettiva, anno, *frazioni]


def _con_grandi(righe: Righe, dove: str, parametri: Sequence[object]) -> None:
    """Add the scores that do not fit in the matrix."""
    quali = np.flatnonzero(righe.dati[INVENTATO] & _GRANDE)
    if not len(quali):
        return
    righe.dati[INVENTATO] &= _INVENTATO
    posti = dict(zip(righe.dati[quali][CHIAVE].tolist(), quali.tolist(), strict=True))
    with connection.cursor() as cursore:
        cursore.execute(
            f"SELECT piano_id, frazione, livello, oggetto, punteggio FROM {TABELLA} WHERE {dove}",  # noqa: S608 -- constants
            parametri,
        )
        for piano, frazione, livello, oggetto, punteggio in cursore.fetchall():
            chiave = (piano, FRAZIONI.index(frazione), LIVELLI.index(livello), oggetto)
            righe.grandi[posti[chiave]] = Decimal(punteggio)


class Differenze:
    """What to remove and what to write so that the stored scores become the new ones.

    ``quante`` counts the scores that change, appear or disappear, each once. ``parziali``: there
    are other stored scores of the same plans and periods, that stay.
    """

    def __init__(self, vecchie: Righe, nuove: Righe, *, parziali: bool = False) -> None:
        self.parziali = parziali
        self.vecchie, self.nuove = vecchie, nuove
        if not len(vecchie):
            self.da_togliere = self._sparite = np.zeros(0, np.int64)
            self.da_scrivere, self.quante = np.arange(len(nuove)), len(nuove)
            return
        dove_v, dove_n = _stesse(*_chiavi(vecchie.dati, nuove.dati))
        uguali = self._uguali(dove_v, dove_n)
        restano, ci_sono = np.zeros(len(vecchie), np.bool_), np.zeros(len(nuove), np.bool_)
        restano[dove_v], ci_sono[dove_n] = uguali, uguali
        self.da_togliere = np.flatnonzero(~restano)
        self.da_scrivere = np.flatnonzero(~ci_sono)
        restano[dove_v] = True
        self._sparite = np.flatnonzero(~restano)
        self.quante = len(self.da_scrivere) + len(self._sparite)

    def _uguali(self, dove_v: Interi, dove_n: Interi) -> np.ndarray:
        """Which of the scores that are on both sides say the same."""
        prima, dopo = self.vecchie, self.nuove
        parole = np.array([dopo.parole[una] for una in prima.parole])
        uguali: np.ndarray = parole[prima.dati[MOTIVO][dove_v]] == dopo.dati[MOTIVO][dove_n]
        for quale in VALORI[:-1]:  # a column at a time: the whole would be two copies
            uguali &= prima.dati[quale][dove_v] == dopo.dati[quale][dove_n]
        if prima.grandi or dopo.grandi:
            for k, (vecchia, nuova) in enumerate(
                zip(dove_v.tolist(), dove_n.tolist(), strict=True)
            ):
                uguali[k] &= prima.grandi.get(vecchia) == dopo.grandi.get(nuova)
        return uguali

    def cambiate(self, colonna: str) -> Interi:
        """A column of the scores that change, appear or disappear, each once."""
        sparite, scritte = self.vecchie.dati[colonna], self.nuove.dati[colonna]
        return np.concatenate((sparite[self._sparite], scritte[self.da_scrivere]))

    @cached_property
    def per_periodo(self) -> dict[tuple[int, int], int]:
        """How many scores change, by plan and place of the period."""
        coppie = self.cambiate(PIANO) * len(FRAZIONI) + self.cambiate(FRAZIONE)
        quali, quante = np.unique(coppie, return_counts=True)
        return {
            divmod(coppia, len(FRAZIONI)): quanti
            for coppia, quanti in zip(quali.tolist(), quante.tolist(), strict=True)
        }


_SPAZIO = 2**28
"""Two columns of so many values, period and level are less than 64 bits together."""


def _chiavi(vecchie: Dati, nuove: Dati) -> tuple[Interi, Interi]:
    """One whole number for the natural key of each row, the same on both sides."""
    chiavi = np.zeros(len(vecchie) + len(nuove), np.int64)
    for quale in CHIAVE:
        colonna = np.concatenate((vecchie[quale], nuove[quale]))
        minimo, massimo = int(colonna.min()), int(colonna.max())
        if massimo - minimo < _SPAZIO:
            colonna -= minimo
        else:
            _diversi, colonna = np.unique(colonna, return_inverse=True)
        chiavi = chiavi * (int(colonna.max()) + 1) + colonna
    return chiavi[: len(vecchie)], chiavi[len(vecchie) :]


def _stesse(vecchie: Interi, nuove: Interi) -> tuple[Interi, Interi]:
    """Where the keys that are on both sides are in each, none twice on a side."""
    in_ordine = np.argsort(vecchie)
    posti = np.searchsorted(vecchie, nuove, sorter=in_ordine)
    sue = in_ordine[np.minimum(posti, len(vecchie) - 1)]
    dove = np.flatnonzero(vecchie[sue] == nuove)
    return sue[dove], dove


# --- writing ------------------------------------------------------------------------------


def scrivi(differenze: Differenze, prospettiva: str, anno: int) -> int:
    """Remove and write what differs; how many scores it was."""
    restano = _togli_intere(differenze, prospettiva, anno)
    _togli(differenze.vecchie.dati[restano], prospettiva, anno)
    _aggiungi(differenze.nuove.scelte(differenze.da_scrivere), prospettiva, anno)
    return differenze.quante


def _togli_intere(differenze: Differenze, prospettiva: str, anno: int) -> Interi:
    """Remove the plans and periods of which no score stays; what is left to remove."""
    dati, da_togliere = differenze.vecchie.dati, differenze.da_togliere
    if not len(da_togliere) or differenze.parziali:
        return da_togliere
    coppie = dati[PIANO] * len(FRAZIONI) + dati[FRAZIONE]
    quali, gruppo = np.unique(coppie, return_inverse=True)
    tolte = np.bincount(gruppo[da_togliere], minlength=len(quali))
    intere = tolte == np.bincount(gruppo, minlength=len(quali))
    piani, frazioni = np.divmod(quali[intere], len(FRAZIONI))
    with connection.cursor() as cursore:
        for frazione in np.unique(frazioni).tolist():
            dove, parametri = _dove(
                piani[frazioni == frazione].tolist(), prospettiva, anno, [FRAZIONI[frazione]]
            )
            cursore.execute(f"DELETE FROM {TABELLA} WHERE {dove}", parametri)  # noqa: S608 -- constants
    return da_togliere[~intere[gruppo[da_togliere]]]


def _togli(dati: Dati, prospettiva: str, anno: int) -> None:
    if not len(dati):
        return
    chiavi = [
        (piano, prospettiva, anno, FRAZIONI[frazione], LIVELLI[livello], oggetto)
        for piano, frazione, livello, oggetto in dati[CHIAVE].tolist()
    ]
    with connection.cursor() as cursore:
        if connection.vendor == "postgresql":
            piani, _, _, frazioni, livelli, oggetti = (list(c) for c in zip(*chiavi, strict=True))
            cursore.execute(
                f"DELETE FROM {TABELLA} t USING unnest(%s::bigint[], %s::text[], %s::text[], "  # noqa: S608 -- constants
                "%s::bigint[]) AS via(piano, frazione, livello, oggetto) "
                "WHERE t.piano_id = via.piano AND t.prospettiva = %s AND t.anno = %s "
                "AND t.frazione = via.frazione AND t.livello = via.livello "
                "AND t.oggetto = via.oggetto",
                [piani, frazioni, livelli, oggetti, prospettiva, anno],
            )
            return
        condizione = " AND ".join(f"{campo} = %s" for campo in CAMPI[:6])
        cursore.executemany(f"DELETE FROM {TABELLA} WHERE {condizione}", chiavi)  # noqa: S608 -- constants


def _aggiungi(righe: Righe, prospettiva: str, anno: int) -> None:
    if not len(righe):
        return
    with connection.cursor() as cursore:
        if connection.vendor == "postgresql":
            cursore.cursor.copy_expert(COPIA, binario.Flusso(righe, prospettiva, anno))
            return
        segni = ", ".join(["%s"] * len(CAMPI))
        cursore.executemany(
            f"INSERT INTO {TABELLA} ({', '.join(CAMPI)}) VALUES ({segni})",  # noqa: S608 -- constants
            binario.una_a_una(righe, prospettiva, anno),
        )
