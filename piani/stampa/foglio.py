# SPDX-License-Identifier: AGPL-3.0-or-later
"""The tables of a document in one workbook (xlsx): the same as the CSV, numbers as numbers.

The same tables give the same bytes: the library's times are put back to a fixed day.
"""

import csv
import re
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from io import BytesIO, StringIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

NUMERO = re.compile(r"-?(0|[1-9]\d{0,14})(\.\d+)?")
GIORNO = re.compile(r"\d{4}-\d{2}-\d{2}")
NOME_MASSIMO, LARGHEZZA_MASSIMA, CELLA_MASSIMA = 31, 60, 32_767
FISSO = (1980, 1, 1, 0, 0, 0)
PRIMO_FOGLIO = "Leggimi"
_TESTATA = PatternFill("solid", fgColor="17324D")
Valore = Decimal | date | str | None


def rende_xlsx(tabelle: Mapping[str, bytes], leggimi: Iterable[tuple[str, str]]) -> bytes:
    """A workbook: a sheet for each table (CSV, by file name), after one that says what it is."""
    libro = Workbook(write_only=True)
    primo = libro.create_sheet(PRIMO_FOGLIO)
    primo.column_dimensions["A"].width, primo.column_dimensions["B"].width = 28, 90
    for nome, valore in leggimi:
        primo.append([_cella(primo, nome, testata=False, grassetto=True), _cella(primo, valore)])
    presi = {PRIMO_FOGLIO.casefold()}
    for nome, contenuto in tabelle.items():
        _foglio(libro, _nome(nome.removesuffix(".csv"), presi), contenuto)
    uscita = BytesIO()
    libro.save(uscita)
    return _senza_ore(uscita.getvalue())


def _foglio(libro: Workbook, nome: str, contenuto: bytes) -> None:
    righe = list(csv.reader(StringIO(contenuto.decode())))
    foglio = libro.create_sheet(nome)
    foglio.freeze_panes = "A2"
    colonne = list(zip(*righe, strict=True)) if righe else []
    for posto, colonna in enumerate(colonne, start=1):
        larga = max(len(cella) for cella in colonna) + 2
        foglio.column_dimensions[get_column_letter(posto)].width = min(larga, LARGHEZZA_MASSIMA)
    if colonne:
        foglio.auto_filter.ref = f"A1:{get_column_letter(len(colonne))}{len(righe)}"
    numeriche = {
        posto
        for posto, (_titolo, *celle) in enumerate(colonne)
        if any(celle) and all(NUMERO.fullmatch(cella) for cella in celle if cella)
    }
    for numero, riga in enumerate(righe):
        foglio.append(
            [
                _cella(foglio, testo, testata=True)
                if numero == 0
                else _cella(foglio, _valore(testo, numero=posto in numeriche))
                for posto, testo in enumerate(riga)
            ]
        )


def _valore(testo: str, *, numero: bool) -> Valore:
    """What a cell of a CSV says; the apostrophe that made it harmless there is not needed here."""
    if not testo:
        return None
    if numero:
        return Decimal(testo)
    if GIORNO.fullmatch(testo):
        try:
            return date.fromisoformat(testo)
        except ValueError:
            return testo
    return testo[1:] if testo.startswith("'") and testo[1:2] in "=+-@\t\r" else testo


def _cella(
    foglio: object, valore: Valore, *, testata: bool = False, grassetto: bool = False
) -> WriteOnlyCell:
    """A text stays a text, also when it begins as a formula does."""
    testo = isinstance(valore, str)
    if isinstance(valore, str):
        valore = ILLEGAL_CHARACTERS_RE.sub("", valore)[:CELLA_MASSIMA]
    cella = WriteOnlyCell(foglio, valore)
    if testo:
        cella.data_type = "s"
    if testata:
        cella.font, cella.fill = Font(bold=True, color="FFFFFF"), _TESTATA
        cella.alignment = Alignment(vertical="top", wrap_text=True)
    elif grassetto:
        cella.font = Font(bold=True)
    elif isinstance(valore, date):
        cella.number_format = "dd/mm/yyyy"
    return cella


def _nome(nome: str, presi: set[str]) -> str:
    """A name that a sheet may have, and no other has."""
    base = re.sub(r"[\[\]:*?/\\]", "-", nome)[:NOME_MASSIMO] or "foglio"
    scelto, n = base, 2
    while scelto.casefold() in presi:
        scelto, n = f"{base[: NOME_MASSIMO - 4]}-{n}", n + 1
    presi.add(scelto.casefold())
    return scelto


def _senza_ore(contenuto: bytes) -> bytes:
    """The same archive, as if it were written on a fixed day."""
    uscita = BytesIO()
    with ZipFile(BytesIO(contenuto)) as prima, ZipFile(uscita, "w", ZIP_DEFLATED) as dopo:
        for voce in prima.infolist():
            dati = prima.read(voce)
            if voce.filename == "docProps/core.xml":
                dati = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", b"1980-01-01T00:00:00Z", dati)
            fissa = ZipInfo(voce.filename, FISSO)
            fissa.compress_type = ZIP_DEFLATED
            dopo.writestr(fissa, dati)
    return uscita.getvalue()
