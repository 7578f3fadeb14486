# SPDX-License-Identifier: AGPL-3.0-or-later
"""Scores in the binary format of PostgreSQL's COPY, by columns; or one by one."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

import numpy as np

from obiettivi.blocco.colonne import Interi
from obiettivi.blocco.righe import (
    COPERTURA,
    DECIMALI_COPERTURA,
    FRAZIONE,
    INVENTATO,
    LIVELLI,
    LIVELLO,
    MOTIVO,
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
_INIZIO = b"PGCOPY\n\xff\r\n\x00" + bytes(8)
_FINE = b"\xff\xff"
_NULLO = "nullo"


def righe(righe: Righe, prospettiva: str, anno: int) -> bytes:
    """All that COPY takes."""
    return b"".join((_INIZIO, *_pezzi(righe, prospettiva, anno), _FINE))


def una_a_una(righe: Righe, prospettiva: str, anno: int) -> Iterator[tuple[object, ...]]:
    """The values of each row, in the order of ``CAMPI``."""
    motivi = list(righe.parole)
    for k, riga in enumerate(righe.matrice.tolist()):
        piano, frazione, livello, oggetto, stato, punti, copertura, inventato, motivo = riga
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
            motivi[motivo],
            bool(inventato),
        )


def _pezzi(righe: Righe, prospettiva: str, anno: int) -> Iterator[bytes]:
    """Those of one length together, by columns; the figures that do not fit, one by one."""
    matrice, motivi = righe.matrice, list(righe.parole)
    genere = (matrice[:, MOTIVO] * len(STATI) + matrice[:, STATO]) * len(FRAZIONI)
    genere += matrice[:, FRAZIONE]
    if righe.grandi:
        genere[list(righe.grandi)] = -1
    in_ordine = np.argsort(genere, kind="stable")
    quali, inizi = np.unique(genere[in_ordine], return_index=True)
    for uno, mie in zip(quali.tolist(), np.split(in_ordine, inizi[1:]), strict=True):
        if uno < 0:
            for riga in una_a_una(righe.scelte(mie), prospettiva, anno):
                yield _una(riga)
            continue
        resto, frazione = divmod(uno, len(FRAZIONI))
        motivo, stato = divmod(resto, len(STATI))
        testi = (prospettiva, FRAZIONI[frazione], str(STATI[stato]), motivi[motivo])
        yield _per_colonne(matrice[mie], anno, *testi)


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
