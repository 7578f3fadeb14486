# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reads a sheet in a process of its own, with little memory, and writes its cells as JSON lines.

Run by ``lettura``, never imported: whatever a file does to the reader, the program goes on.
"""

import csv
import json
import re
import resource
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

LUNGHEZZA = 10_001  # of a text: one more than the longest that is taken
PER_RIGA = 500  # rows of the sheet in a line of ours
MASSIMA_CSV = 131_072  # of a field, before it is taken for a missing quote
SEPARATORI = ";\t,|"
_NON_AMMESSI = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
Riga = list[Any]


class Illeggibile(Exception):
    """A code that ``lettura`` turns into a sentence."""


def main(percorso: str, tipo: str, memoria: int, secondi: int, foglio: str, cima: int) -> None:
    """The sheets, or the one that is named, with their first ``cima`` rows (all of them if 0)."""
    resource.setrlimit(resource.RLIMIT_AS, (memoria, memoria))
    resource.setrlimit(resource.RLIMIT_CPU, (secondi, secondi))
    try:
        leggi = _csv if tipo == "csv" else _calamine
        for uno in leggi(percorso, foglio):
            nome, righe, colonne, nascosto, unite, contenuto = uno
            _scrivi({"nome": nome, "righe": righe, "colonne": colonne, "nascosto": nascosto,
                     "unite": unite})  # fmt: skip
            for blocco in _blocchi(contenuto, cima or None):
                _scrivi(blocco)
    except Illeggibile as errore:
        _scrivi({"errore": str(errore)})
    except MemoryError:
        _scrivi({"errore": "grande"})


def _scrivi(cosa: Any) -> None:
    sys.stdout.write(json.dumps(cosa) + "\n")


def _blocchi(righe: Iterable[Riga], quante: int | None) -> Iterator[list[Riga]]:
    blocco: list[Riga] = []
    for numero, riga in enumerate(righe):
        if quante is not None and numero >= quante:
            break
        blocco.append([_cella(una) for una in riga])
        if len(blocco) == PER_RIGA:
            yield blocco
            blocco = []
    if blocco:
        yield blocco


def _cella(valore: Any) -> Any:
    """As JSON can say it: a day in a list of one, nothing as null."""
    if isinstance(valore, str):
        if not valore or valore.isspace():
            return None
        corto = valore[:LUNGHEZZA]
        return _NON_AMMESSI.sub("\ufffd", corto) if _NON_AMMESSI.search(corto) else corto
    if isinstance(valore, bool | int):
        return valore
    if isinstance(valore, float):
        return valore if valore == valore and abs(valore) < 1e300 else None
    if isinstance(valore, datetime):
        return [valore.isoformat() if valore.time() != datetime.min.time() else
                valore.date().isoformat()]  # fmt: skip
    if isinstance(valore, date):
        return [valore.isoformat()]
    return str(valore)


def _calamine(percorso: str, foglio: str) -> Iterator[tuple[Any, ...]]:
    from python_calamine import (
        CalamineError,
        PasswordError,
        SheetTypeEnum,
        SheetVisibleEnum,
        load_workbook,
    )

    try:
        cartella = load_workbook(percorso)
        for dati in cartella.sheets_metadata:
            if dati.typ != SheetTypeEnum.WorkSheet or (foglio and dati.name != foglio):
                continue
            uno = cartella.get_sheet_by_name(dati.name)
            nascosto = dati.visible != SheetVisibleEnum.Visible
            unite = [[*prima, *ultima] for prima, ultima in uno.merged_cell_ranges or ()]
            sinistra = [""] * (uno.start[1] if uno.start else 0)
            righe = ([*sinistra, *riga] for riga in uno.iter_rows())
            righe_in_tutto, colonne = (uno.end[0] + 1, uno.end[1] + 1) if uno.end else (0, 0)
            yield dati.name, righe_in_tutto, colonne, nascosto, unite, righe
    except PasswordError as errore:
        raise Illeggibile("protetto") from errore
    except CalamineError as errore:
        raise Illeggibile("rotto") from errore


def _csv(percorso: str, _foglio: str) -> Iterator[tuple[Any, ...]]:
    codifica = _codifica(percorso)
    separatore = _separatore(percorso, codifica)
    csv.field_size_limit(MASSIMA_CSV)
    quante = larga = 0
    try:
        for riga in _righe_csv(percorso, codifica, separatore):
            quante, larga = quante + 1, max(larga, len(riga))
        yield "", quante, larga, False, [], _righe_csv(percorso, codifica, separatore)
    except csv.Error as errore:
        raise Illeggibile("virgolette") from errore


def _righe_csv(percorso: str, codifica: str, separatore: str) -> Iterator[Riga]:
    with open(percorso, encoding=codifica, newline="") as file:  # noqa: PTH123 -- no Path needed
        yield from csv.reader(file, delimiter=separatore)


def _codifica(percorso: str) -> str:
    """UTF-8, UTF-16 with its mark, or what the spreadsheets of Windows write."""
    with open(percorso, "rb") as file:  # noqa: PTH123 -- no Path needed
        inizio = file.read(4096)
    if inizio[:2] in (b"\xff\xfe", b"\xfe\xff"):
        proposte = ["utf-16"]
    else:
        if b"\0" in inizio:
            raise Illeggibile("non_testo")
        proposte = ["utf-8-sig", "cp1252"]
    for codifica in proposte:
        try:
            with open(percorso, encoding=codifica, newline="") as file:  # noqa: PTH123
                while file.read(1 << 20):
                    pass
        except UnicodeError:
            continue
        return codifica
    raise Illeggibile("codifica")


def _separatore(percorso: str, codifica: str) -> str:
    """The one that cuts most of the first lines in the same number of pieces."""
    with open(percorso, encoding=codifica, newline="") as file:  # noqa: PTH123
        inizio = file.read(65_536).splitlines()[:50]
    migliore, punti = ";", 0.0
    for separatore in SEPARATORI:
        try:
            quanti = Counter(len(riga) for riga in csv.reader(inizio, delimiter=separatore) if riga)
        except csv.Error:
            continue
        pezzi, volte = max(quanti.items(), key=lambda uno: (uno[1], uno[0]), default=(1, 0))
        voto = volte / max(sum(quanti.values()), 1) if pezzi > 1 else 0
        if voto > punti:
            migliore, punti = separatore, voto
    return migliore


if __name__ == "__main__":
    _percorso, _tipo, _memoria, _secondi, _foglio, _cima = sys.argv[1:]
    main(_percorso, _tipo, int(_memoria), int(_secondi), _foglio, int(_cima))
