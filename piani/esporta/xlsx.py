# SPDX-License-Identifier: AGPL-3.0-or-later
"""A list as xlsx, a row at a time: figures are numbers, dates dates, texts never formulas."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal
from itertools import islice
from typing import IO

from openpyxl import Workbook
from openpyxl.cell import Cell as Casella
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from piani.esporta.foglio import Cella, Foglio
from piani.esporta.testi import in_cifre, italiana

RIGHE_MASSIME = 1_048_575
"""Rows of a sheet below its heading."""
CARATTERI_MASSIMI = 32_767
CIFRE_ESATTE = 15
"""What a number of a sheet can hold: beyond, it stays text rather than lose a digit."""
MILIARDI = 10**CIFRE_ESATTE
PRIMO_GIORNO = date(1900, 3, 1)
"""Earlier days are counted differently by each program."""
LARGHEZZA = 24


def scrivi(foglio: Foglio, righe: Iterable[list[Cella]], uscita: IO[bytes]) -> None:
    """Write the file; what does not fit in a sheet goes on in another."""
    cartella = Workbook(write_only=True)
    cartella.properties.title = str(foglio.titolo)
    cartella.properties.creator = "Albero"
    decimali = [colonna.decimali for colonna in foglio.colonne]
    for numero, gruppo in enumerate(a_gruppi(iter(righe), RIGHE_MASSIME), 1):
        pagina = cartella.create_sheet(nome_di_pagina(foglio, numero))
        pagina.freeze_panes = "A2"
        for indice in range(len(foglio.colonne)):
            pagina.column_dimensions[get_column_letter(indice + 1)].width = LARGHEZZA
        pagina.append([_titolo(pagina, str(colonna.nome)) for colonna in foglio.colonne])
        for riga in gruppo:
            pagina.append(
                [_cella(pagina, uno, d) for uno, d in zip(riga, decimali, strict=True)]
            )  # fmt: skip
    cartella.save(uscita)


def a_gruppi(
    righe: Iterator[list[Cella]], quante: int
) -> Iterator[Iterator[list[Cella]]]:  # fmt: skip
    """The rows in groups of so many, each to be read before the next; one at least, even empty."""
    yield islice(righe, quante)
    for prima in righe:
        yield _con(prima, islice(righe, quante - 1))


def _con(prima: list[Cella], altre: Iterable[list[Cella]]) -> Iterator[list[Cella]]:
    yield prima
    yield from altre


def nome_di_pagina(foglio: Foglio, numero: int) -> str:
    """The name of a sheet: 31 characters, without those that formulas use."""
    testo = "".join(" " if lettera in "[]:*?/\\'" else lettera for lettera in str(foglio.titolo))
    coda = f" {numero}" if numero > 1 else ""
    return testo[: 31 - len(coda)].strip() + coda


def _titolo(pagina: WriteOnlyWorksheet, testo: str) -> Casella:
    cella = WriteOnlyCell(pagina, testo)
    cella.data_type = "s"
    cella.font = Font(bold=True)
    return cella


def _cella(pagina: WriteOnlyWorksheet, valore: Cella, decimali: int) -> Casella | str | int | None:
    if valore is None:
        return None
    if isinstance(valore, bool):
        return italiana(valore)
    if isinstance(valore, Decimal) or (isinstance(valore, int) and abs(valore) >= MILIARDI):
        return _numero(pagina, Decimal(valore), decimali)
    if isinstance(valore, int):
        return valore
    if isinstance(valore, date):
        return _giorno(pagina, valore)
    return _testo(pagina, valore)


def _numero(pagina: WriteOnlyWorksheet, valore: Decimal, decimali: int) -> Casella | str:
    """With the digits that it has: openpyxl would pass through a binary float."""
    testo = in_cifre(valore, decimali)
    if len(valore.normalize().as_tuple().digits) > CIFRE_ESATTE:
        return testo.replace(".", ",")
    cella = WriteOnlyCell(pagina, testo)
    cella.data_type = "n"
    _intera, _punto, resto = testo.partition(".")
    cella.number_format = f"#,##0.{'0' * len(resto)}" if resto else "#,##0"
    return cella


def _giorno(pagina: WriteOnlyWorksheet, valore: date) -> Casella | str:
    if isinstance(valore, datetime):
        if valore.date() < PRIMO_GIORNO:
            return italiana(valore)
        cella = WriteOnlyCell(pagina, valore.replace(tzinfo=None))
        cella.number_format = "dd/mm/yyyy hh:mm:ss"
        return cella
    if valore < PRIMO_GIORNO:
        return italiana(valore)
    cella = WriteOnlyCell(pagina, valore)
    cella.number_format = "dd/mm/yyyy"
    return cella


def _testo(pagina: WriteOnlyWorksheet, testo: str) -> Casella | str:
    """As text also when it begins as a formula or an error; the longest that a cell holds."""
    if len(testo) > CARATTERI_MASSIMI:
        testo = testo[: CARATTERI_MASSIMI - 1] + "…"
    if not testo.startswith(("=", "#")):
        return testo
    cella = WriteOnlyCell(pagina, testo)
    cella.data_type = "s"
    return cella
