# SPDX-License-Identifier: AGPL-3.0-or-later
"""The tables of a photograph for programs and for sheets: CSV, its description (W3C, CSV on the
Web), xlsx. Figures are numbers, texts are texts and never formulas.
"""

from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from piani.aperti.descrittori import LICENZA
from piani.documenti_ente.forma import Dati, Tipo, tabelle
from piani.stampa.dati import in_csv

FORMULE = ("=", "+", "-", "@", "\t", "\r")
"""What a sheet that is opened, or saved again as text, could take for a formula."""
FORMATI = {Tipo.EURO: "#,##0.00", Tipo.PERCENTO: "0.00"}
TIPI = {Tipo.NUMERO: "decimal", Tipo.EURO: "decimal", Tipo.PERCENTO: "decimal", Tipo.DATA: "date",
        Tipo.LINK: "anyURI"}  # fmt: skip
NOME_FOGLIO = 31  # no longer, says the format


def rende_csv(foto: Dati) -> dict[str, bytes]:
    """Each table by file name, its columns in the order of the page."""
    return {
        f"{una['nome']}.csv": in_csv(
            [colonna["chiave"] for colonna in una["colonne"]],
            [["" if cella is None else cella for cella in riga] for riga in una["righe"]],
        )
        for una in tabelle(foto)
    }


def descrittore(foto: Dati, nome: str) -> dict[str, Any] | None:
    """What the columns of a CSV are; None if the document has no such table."""
    tabella = next((una for una in tabelle(foto) if f"{una['nome']}.csv" == nome), None)
    if tabella is None:
        return None
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "it"}],
        "url": nome,
        "dc:title": f"{foto['documento']['titolo']}: {tabella['titolo']}",
        "dc:publisher": foto["azienda"]["nome"],
        "dc:license": {"@id": LICENZA},
        "dc:issued": foto["data"],
        "dialect": {"delimiter": ",", "encoding": "utf-8", "header": True},
        "tableSchema": {
            "columns": [
                {
                    "name": colonna["chiave"],
                    "titles": [colonna["chiave"], colonna["nome"]],
                    "datatype": TIPI.get(Tipo(colonna["tipo"]), "string"),
                }
                for colonna in tabella["colonne"]
            ]
        },
    }


def rende_xlsx(foto: Dati) -> bytes:
    """A sheet for each table, the headings as people read them."""
    cartella = Workbook()
    cartella.remove(cartella.active)
    for tabella in tabelle(foto):
        _foglio(cartella.create_sheet(str(tabella["titolo"])[:NOME_FOGLIO]), tabella)
    if not cartella.sheetnames:
        cartella.create_sheet(str(foto["documento"]["anno"]))
    cartella.properties.creator = foto["azienda"]["nome"]
    cartella.properties.title = foto["documento"]["titolo"]
    cartella.properties.created = datetime.combine(date.fromisoformat(foto["data"]), time())
    uscita = BytesIO()
    cartella.save(uscita)
    return uscita.getvalue()


def _foglio(foglio: Worksheet, tabella: Dati) -> None:
    colonne = tabella["colonne"]
    for posto, colonna in enumerate(colonne, 1):
        testa = foglio.cell(1, posto, colonna["nome"])
        testa.font = Font(bold=True)
        testa.alignment = Alignment(wrap_text=True, vertical="top")
        largo = 14 if Tipo(colonna["tipo"]).cifra else 32
        foglio.column_dimensions[get_column_letter(posto)].width = largo
    for numero, riga in enumerate(tabella["righe"], 2):
        for posto, (colonna, valore) in enumerate(zip(colonne, riga, strict=True), 1):
            _cella(foglio, numero, posto, valore, Tipo(colonna["tipo"]))
    foglio.freeze_panes = "A2"


def _cella(foglio: Worksheet, riga: int, posto: int, valore: Any, tipo: Tipo) -> None:
    if tipo == Tipo.DATA and valore:
        valore = date.fromisoformat(valore)
    cella = foglio.cell(riga, posto, valore if valore != "" else None)
    if isinstance(valore, str):
        cella.data_type = "s"
        cella.alignment = Alignment(wrap_text=True, vertical="top")
        cella.quotePrefix = valore.startswith(FORMULE)
    elif tipo == Tipo.DATA:
        cella.number_format = "dd/mm/yyyy"
    elif isinstance(valore, Decimal | int):
        cella.number_format = FORMATI.get(tipo, "General")
