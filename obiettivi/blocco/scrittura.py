# SPDX-License-Identifier: AGPL-3.0-or-later
"""The scores that differ, written in bulk: what changed is removed, then copied in.

Called with the plans locked. COPY on PostgreSQL, ``executemany`` on SQLite; nothing is written
where nothing changed.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from io import BytesIO

import numpy as np
from django.db import connection

from obiettivi.blocco.colonne import Interi, casi, decimali, intere, vero
from obiettivi.blocco.righe import (
    CHIAVE,
    COPERTURA,
    DECIMALI_COPERTURA,
    FRAZIONE,
    IN_64_BIT,
    INVENTATO,
    LIVELLI,
    LIVELLO,
    OGGETTO,
    PIANO,
    PUNTI,
    STATI,
    STATO,
    Righe,
)
from obiettivi.calcolo.veloce.nucleo import DECIMALI
from obiettivi.calcolo.veloce.risultati import FRAZIONI
from obiettivi.models import Raggiungimento

TABELLA = Raggiungimento._meta.db_table
CAMPI = (
    "piano_id", "prospettiva", "anno", "frazione", "livello", "oggetto",
    "stato", "punteggio", "copertura", "motivo", "dimostrativo",
)  # fmt: skip
COPIA = f"COPY {TABELLA} ({', '.join(CAMPI)}) FROM STDIN (FORMAT binary)"
_INIZIO = b"PGCOPY\n\xff\r\n\x00" + bytes(8)
_FINE = b"\xff\xff"
_NULLO = "nullo"


def salvate(piani: Sequence[int], prospettiva: str, anno: int, frazioni: Sequence[str]) -> Righe:
    """The stored scores of some plans in some periods."""
    dove, parametri = _dove(piani, prospettiva, anno, frazioni)
    fuori = f"abs(punteggio) >= {IN_64_BIT}"
    espressioni = (
        "piano_id",
        casi("frazione", FRAZIONI, len(FRAZIONI)),
        casi("livello", LIVELLI, len(LIVELLI)),
        "oggetto",
        casi("stato", STATI, len(STATI)),
        f"CASE WHEN {fuori} THEN 0 ELSE {decimali('punteggio', DECIMALI)} END",
        decimali("copertura", DECIMALI_COPERTURA),
        vero("dimostrativo", 1),
    )
    matrice = intere(espressioni, f"{TABELLA} WHERE {dove}", parametri)
    righe = Righe(matrice)
    if len(righe):
        _con_parole(righe, f"{dove} AND (stato <> 'C' OR {fuori})", parametri)
    return righe


def _dove(
    piani: Sequence[int], prospettiva: str, anno: int, frazioni: Sequence[str]
) -> tuple[str, list[object]]:
    quali = ", ".join(str(int(piano)) for piano in piani) or "NULL"
    segni = ", ".join(["%s"] * len(frazioni))
    dove = f"piano_id IN ({quali}) AND prospettiva = %s AND anno = %s AND frazione IN ({segni})"
    return dove, [prospettiva, anno, *frazioni]


def _con_parole(righe: Righe, dove: str, parametri: Sequence[object]) -> None:
    """Add the reasons and the scores that do not fit in the matrix."""
    posti = {tuple(chiave): k for k, chiave in enumerate(righe.matrice[:, CHIAVE].tolist())}
    with connection.cursor() as cursore:
        cursore.execute(
            "SELECT piano_id, frazione, livello, oggetto, motivo, punteggio "  # noqa: S608 -- constants
            f"FROM {TABELLA} WHERE {dove}",
            parametri,
        )
        for piano, frazione, livello, oggetto, motivo, punteggio in cursore.fetchall():
            chiave = (piano, FRAZIONI.index(frazione), LIVELLI.index(livello), oggetto)
            if punteggio is None:
                righe.motivi[posti[chiave]] = motivo
            else:
                righe.grandi[posti[chiave]] = Decimal(punteggio)


class Differenze:
    """What to remove and what to write so that the stored scores become the new ones.

    ``quante`` counts the scores that change, appear or disappear, each once.
    """

    def __init__(self, vecchie: Righe, nuove: Righe) -> None:
        self.vecchie, self.nuove = vecchie, nuove
        if not len(vecchie):
            self.da_togliere = self._sparite = np.zeros(0, np.int64)
            self.da_scrivere, self.quante = np.arange(len(nuove)), len(nuove)
            return
        di_vecchie, di_nuove = _chiavi(vecchie.matrice, nuove.matrice)
        _comuni, dove_v, dove_n = np.intersect1d(
            di_vecchie, di_nuove, assume_unique=True, return_indices=True
        )
        uguali = self._uguali(dove_v, dove_n)
        restano, ci_sono = np.zeros(len(vecchie), np.bool_), np.zeros(len(nuove), np.bool_)
        restano[dove_v], ci_sono[dove_n] = uguali, uguali
        self.da_togliere = np.flatnonzero(~restano)
        self.da_scrivere = np.flatnonzero(~ci_sono)
        self._sparite = np.setdiff1d(np.arange(len(vecchie)), dove_v)
        self.quante = len(self.da_scrivere) + len(self._sparite)

    def _uguali(self, dove_v: Interi, dove_n: Interi) -> np.ndarray:
        """Which of the scores that are on both sides say the same."""
        uguali: np.ndarray = (self.vecchie.matrice[dove_v] == self.nuove.matrice[dove_n]).all(
            axis=1
        )
        di_vecchia = {int(v): k for k, v in enumerate(dove_v)} if self._parole() else {}
        di_nuova = {int(n): k for k, n in enumerate(dove_n)} if self._parole() else {}
        da_leggere = {di_vecchia[v] for v in self.vecchie.grandi.keys() & di_vecchia.keys()}
        for dette in (self.nuove.motivi, self.nuove.grandi):
            da_leggere |= {di_nuova[n] for n in dette.keys() & di_nuova.keys()}
        for k in da_leggere:
            uguali[k] &= self._stesse_parole(int(dove_v[k]), int(dove_n[k]))
        return uguali

    def _parole(self) -> bool:
        return bool(self.vecchie.grandi or self.nuove.grandi or self.nuove.motivi)

    def _stesse_parole(self, vecchia: int, nuova: int) -> bool:
        prima, dopo = self.vecchie, self.nuove
        stesso_motivo = prima.motivi.get(vecchia) == dopo.motivi.get(nuova)
        return stesso_motivo and prima.grandi.get(vecchia) == dopo.grandi.get(nuova)

    def per_periodo(self) -> dict[tuple[int, int], int]:
        """How many scores change, by plan and place of the period."""
        tutte = np.concatenate(
            (self.vecchie.matrice[self._sparite], self.nuove.matrice[self.da_scrivere])
        )
        coppie = tutte[:, PIANO] * len(FRAZIONI) + tutte[:, FRAZIONE]
        quali, quante = np.unique(coppie, return_counts=True)
        return {
            divmod(coppia, len(FRAZIONI)): quanti
            for coppia, quanti in zip(quali.tolist(), quante.tolist(), strict=True)
        }


def _chiavi(vecchie: Interi, nuove: Interi) -> tuple[Interi, Interi]:
    """One whole number for the natural key of each row, the same on both sides."""
    tutte = np.concatenate((vecchie, nuove))
    _oggetti, oggetto = np.unique(tutte[:, OGGETTO], return_inverse=True)
    _piani, piano = np.unique(tutte[:, PIANO], return_inverse=True)
    ramo = (piano * len(FRAZIONI) + tutte[:, FRAZIONE]) * len(LIVELLI) + tutte[:, LIVELLO]
    chiavi = ramo * (len(_oggetti) + 1) + oggetto
    return chiavi[: len(vecchie)], chiavi[len(vecchie) :]


# --- writing ------------------------------------------------------------------------------


def scrivi(differenze: Differenze, prospettiva: str, anno: int) -> int:
    """Remove and write what differs; how many scores it was."""
    _togli(differenze.vecchie.matrice[differenze.da_togliere], prospettiva, anno)
    _aggiungi(differenze.nuove.scelte(differenze.da_scrivere), prospettiva, anno)
    return differenze.quante


def _togli(matrice: Interi, prospettiva: str, anno: int) -> None:
    if not len(matrice):
        return
    chiavi = [
        (piano, prospettiva, anno, FRAZIONI[frazione], LIVELLI[livello], oggetto)
        for piano, frazione, livello, oggetto in matrice[:, CHIAVE].tolist()
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
            pezzi = BytesIO(b"".join((_INIZIO, *_binarie(righe, prospettiva, anno), _FINE)))
            cursore.cursor.copy_expert(COPIA, pezzi)
            return
        segni = ", ".join(["%s"] * len(CAMPI))
        cursore.executemany(
            f"INSERT INTO {TABELLA} ({', '.join(CAMPI)}) VALUES ({segni})",  # noqa: S608 -- constants
            _a_una_a_una(righe, prospettiva, anno),
        )


def _a_una_a_una(righe: Righe, prospettiva: str, anno: int) -> Iterator[tuple[object, ...]]:
    for k, riga in enumerate(righe.matrice.tolist()):
        piano, frazione, livello, oggetto, stato, punti, copertura, inventato = riga
        valore = righe.grandi.get(k, Decimal(punti).scaleb(-DECIMALI))
        yield (
            piano,
            prospettiva,
            anno,
            FRAZIONI[frazione],
            LIVELLI[livello],
            oggetto,
            str(STATI[stato]),
            str(valore) if stato == 0 else None,
            str(Decimal(copertura).scaleb(-DECIMALI_COPERTURA)),
            righe.motivi.get(k, ""),
            bool(inventato),
        )


# --- the binary format of COPY ------------------------------------------------------------


def _binarie(righe: Righe, prospettiva: str, anno: int) -> Iterator[bytes]:
    """The rows in PostgreSQL's binary format: those of one length by columns, together."""
    motivi = {motivo: k for k, motivo in enumerate(sorted({"", *righe.motivi.values()}))}
    del_motivo = np.full(len(righe), motivi[""])
    for k, motivo in righe.motivi.items():
        del_motivo[k] = motivi[motivo]
    matrice = righe.matrice
    genere = (del_motivo * len(STATI) + matrice[:, STATO]) * len(FRAZIONI) + matrice[:, FRAZIONE]
    dentro = np.ones(len(righe), np.bool_)
    dentro[list(righe.grandi)] = False
    in_ordine = list(motivi)
    for uno in np.unique(genere[dentro]).tolist():
        resto, frazione = divmod(uno, len(FRAZIONI))
        motivo, stato = divmod(resto, len(STATI))
        mie = matrice[(genere == uno) & dentro]
        testi = (prospettiva, FRAZIONI[frazione], str(STATI[stato]), in_ordine[motivo])
        yield _per_colonne(mie, anno, *testi)
    for riga in _a_una_a_una(righe.scelte(np.flatnonzero(~dentro)), prospettiva, anno):
        yield _una(riga)


def _per_colonne(
    matrice: Interi, anno: int, prospettiva: str, frazione: str, stato: str, motivo: str
) -> bytes:
    """Scores of one period, state and reason: only the numbers change from row to row."""
    parte, resto = np.divmod(np.abs(matrice[:, PUNTI]), 10**DECIMALI)
    copertura = matrice[:, COPERTURA]
    campi: list[tuple[str, object]] = [
        (">i8", matrice[:, PIANO]),
        (_testo(prospettiva), prospettiva.encode()),
        (">i2", anno),
        (_testo(frazione), frazione.encode()),
        ("S1", np.array([livello.encode() for livello in LIVELLI])[matrice[:, LIVELLO]]),
        (">i8", matrice[:, OGGETTO]),
        (_testo(stato), stato.encode()),
        (
            "(9,)>i2" if stato == STATI[0] else _NULLO,
            _numerici(
                matrice[:, PUNTI] < 0,
                DECIMALI,
                (parte // 10**8, parte // 10**4 % 10**4, parte % 10**4),
                (resto // 10**4, resto % 10**4),
            ),
        ),
        (
            "(6,)>i2",
            _numerici(
                np.zeros(len(matrice), np.bool_),
                DECIMALI_COPERTURA,
                (copertura // 10**4,),
                (copertura % 10**4,),
            ),
        ),
        (_testo(motivo), motivo.encode()),
        ("?", matrice[:, INVENTATO] != 0),
    ]
    tipi = [("quanti", ">i2")]
    for posto, (tipo, _valori) in enumerate(campi):
        con_dati = tipo not in ("", _NULLO)
        tipi += [(f"l{posto}", ">i4"), *([(f"c{posto}", tipo)] if con_dati else [])]
    righe = np.zeros(len(matrice), np.dtype(tipi))
    righe["quanti"] = len(campi)
    for posto, (tipo, valori) in enumerate(campi):
        if tipo == _NULLO:
            righe[f"l{posto}"] = -1
        elif tipo:  # an empty text has a length and nothing after it
            righe[f"l{posto}"] = np.dtype(tipo).itemsize
            righe[f"c{posto}"] = valori
    return righe.tobytes()


def _testo(valore: str) -> str:
    return f"S{len(valore.encode())}" if valore else ""


def _numerici(
    negativi: np.ndarray, decimali: int, intere: Sequence[Interi], fratte: Sequence[Interi]
) -> np.ndarray:
    """``numeric`` values: how many groups of four digits, weight, sign, decimals, the groups."""
    gruppi = (*intere, *fratte)
    righe = np.zeros((len(negativi), 4 + len(gruppi)), np.int64)
    righe[:, 0], righe[:, 1], righe[:, 3] = len(gruppi), len(intere) - 1, decimali
    righe[:, 2] = np.where(negativi, 0x4000, 0)
    for posto, gruppo in enumerate(gruppi):
        righe[:, 4 + posto] = gruppo
    return righe


def _una(riga: tuple[object, ...]) -> bytes:
    """A row by hand: what has words, no figure, or one that does not fit."""
    piano, prospettiva, anno, frazione, livello, oggetto, stato, punti, copertura, motivo, demo = (
        riga
    )
    campi = (
        _intero(piano, 8),
        str(prospettiva).encode(),
        _intero(anno, 2),
        str(frazione).encode(),
        str(livello).encode(),
        _intero(oggetto, 8),
        str(stato).encode(),
        None if punti is None else _numerico(Decimal(str(punti)), DECIMALI),
        _numerico(Decimal(str(copertura)), DECIMALI_COPERTURA),
        str(motivo).encode(),
        b"\x01" if demo else b"\x00",
    )
    pezzi = [len(campi).to_bytes(2, "big")]
    for campo in campi:
        pezzi.append((-1 if campo is None else len(campo)).to_bytes(4, "big", signed=True))
        pezzi.append(campo or b"")
    return b"".join(pezzi)


def _intero(valore: object, byte: int) -> bytes:
    return int(str(valore)).to_bytes(byte, "big", signed=True)


def _numerico(valore: Decimal, decimali: int) -> bytes:
    """One ``numeric`` of any size."""
    cifre = f"{abs(valore):.{decimali}f}".replace(".", "")
    intere = len(cifre) - decimali
    cifre = cifre.zfill(-(-intere // 4) * 4 + decimali)
    gruppi = [int(cifre[k : k + 4]) for k in range(0, len(cifre), 4)]
    peso = len(gruppi) - decimali // 4 - 1
    segno = 0x4000 if valore < 0 else 0
    return b"".join(
        numero.to_bytes(2, "big", signed=True)
        for numero in (len(gruppi), peso, segno, decimali, *gruppi)
    )
