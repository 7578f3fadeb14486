# SPDX-License-Identifier: AGPL-3.0-or-later
"""Scores in the binary format of PostgreSQL's COPY, by columns; or one by one."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import chain
from typing import Any

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
    Dati,
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
_INSIEME = 2048
"""Rows made at a time: libpq keeps a buffer as large as the largest piece that it was given."""
_GRUPPO = 4
"""Digits of a group of a ``numeric``."""


class Flusso:
    """All that COPY takes, made while it is read: never the whole in memory."""

    def __init__(self, righe: Righe, prospettiva: str, anno: int) -> None:
        self._pezzi = chain((_INIZIO,), _pezzi(righe, prospettiva, anno), (_FINE,))

    def read(self, _quanti: int = -1) -> bytes:
        """The next piece, whatever its length; empty at the end."""
        return next(self._pezzi, b"")


def una_a_una(righe: Righe, prospettiva: str, anno: int) -> Iterator[tuple[object, ...]]:
    """The values of each row, in the order of ``CAMPI``."""
    motivi = list(righe.parole)
    for k, riga in enumerate(righe.dati.tolist()):
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
    dati, motivi = righe.dati, list(righe.parole)
    genere = dati[MOTIVO].astype(np.int64) * len(STATI) + dati[STATO]
    genere = genere * 2 + (dati[FRAZIONE] == FRAZIONI.index(""))
    genere = genere * 2 + (dati[PUNTI] % 10**_GRUPPO != 0)
    if righe.grandi:
        genere[list(righe.grandi)] = -1
    in_ordine = np.argsort(genere, kind="stable")
    quali, inizi = np.unique(genere[in_ordine], return_index=True)
    for uno, mie in zip(quali.tolist(), np.split(in_ordine, inizi[1:]), strict=True):
        if uno < 0:
            for riga in una_a_una(righe.scelte(mie), prospettiva, anno):
                yield _una(riga)
            continue
        motivo, stato = divmod(uno // 4, len(STATI))
        for inizio in range(0, len(mie), _INSIEME):
            sue = dati[mie[inizio : inizio + _INSIEME]]
            yield _per_colonne(sue, anno, prospettiva, str(STATI[stato]), motivi[motivo])


def _per_colonne(dati: Dati, anno: int, prospettiva: str, stato: str, motivo: str) -> bytes:
    """Scores of one state and reason: only the numbers change from row to row."""
    frazioni = np.array([frazione.encode() for frazione in FRAZIONI])[dati[FRAZIONE]]
    tutto_l_anno = not frazioni[0]
    campi: list[tuple[str, object]] = [
        (">i8", dati[PIANO]),
        _testo(prospettiva),
        (">i2", anno),
        ("", b"") if tutto_l_anno else (frazioni.dtype.str, frazioni),
        ("S1", np.array([livello.encode() for livello in LIVELLI])[dati[LIVELLO]]),
        (">i8", dati[OGGETTO]),
        _testo(stato),
        _numerici(dati[PUNTI], DECIMALI) if stato == STATI[0] else (_NULLO, None),
        _numerici(dati[COPERTURA], DECIMALI_COPERTURA),
        _testo(motivo),
        ("?", dati[INVENTATO] != 0),
    ]
    tipi: list[tuple[Any, ...]] = [("quanti", ">i2")]
    for posto, (tipo, valori) in enumerate(campi):
        con_dati = tipo not in ("", _NULLO)
        forma = valori.shape[1:] if isinstance(valori, np.ndarray) else ()
        tipi += [(f"l{posto}", ">i4"), *([(f"c{posto}", tipo, forma)] if con_dati else [])]
    modello = np.zeros(1, np.dtype(tipi))
    modello["quanti"] = len(campi)
    for posto, (tipo, valori) in enumerate(campi):
        # An empty text has a length and nothing after it.
        lunghezza = modello.dtype[f"c{posto}"].itemsize if tipo not in ("", _NULLO) else 0
        modello[f"l{posto}"] = -1 if tipo == _NULLO else lunghezza
        if tipo and not isinstance(valori, np.ndarray) and valori is not None:
            modello[f"c{posto}"] = valori
    righe = np.repeat(modello, len(dati))
    for posto, (_tipo, valori) in enumerate(campi):
        if isinstance(valori, np.ndarray):
            righe[f"c{posto}"] = valori
    return righe.tobytes()


def _testo(valore: str) -> tuple[str, bytes]:
    byte = valore.encode()
    return (f"S{len(byte)}" if byte else "", byte)


def _numerici(valori: Interi, decimali: int) -> tuple[str, np.ndarray]:
    """``numeric`` values: how many groups of four digits, weight, sign, decimals, the groups.

    Groups that are zero in every row are left out, before and after.
    """
    parte, resto = np.divmod(np.abs(valori), 10**decimali)
    intere = [
        parte // 10**meno % 10**_GRUPPO if meno else parte % 10**_GRUPPO
        for meno in (8, 4, 0)
        if not meno or parte.max() >= 10**meno
    ]
    fratte = [resto // 10**meno % 10**_GRUPPO for meno in range(decimali - _GRUPPO, -1, -_GRUPPO)]
    while fratte and not fratte[-1].any():
        fratte.pop()
    gruppi = (*intere, *fratte)
    righe = np.empty((len(valori), 4 + len(gruppi)), ">i2")
    righe[:, :4] = len(gruppi), len(intere) - 1, 0, decimali
    righe[valori < 0, 2] = 0x4000
    for posto, gruppo in enumerate(gruppi, start=4):
        righe[:, posto] = gruppo
    return ">i2", righe


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
