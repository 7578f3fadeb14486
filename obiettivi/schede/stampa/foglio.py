# SPDX-License-Identifier: AGPL-3.0-or-later
"""The sheet of a scheda: figures are numbers, texts are texts and never formulas."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

Dati = dict[str, Any]
Valore = str | int | Decimal | date | None
FORMULE = ("=", "+", "-", "@", "\t", "\r")
"""What a sheet that is opened, or saved again as text, could take for a formula."""
CIFRE = "#,##0.00"


def rende_xlsx(schede: Sequence[Dati]) -> bytes:
    """The photographs of one scheda or of many, in one file: a sheet for each kind of row."""
    cartella = Workbook()
    primo = cartella.active
    cartella.remove(primo)
    _foglio(cartella, _("Obiettivi"), *_obiettivi(schede))
    _foglio(cartella, _("Risorse"), *_risorse(schede))
    _foglio(cartella, _("Versioni e firme"), *_firme(schede))
    giorno = max(foto["data"] for foto in schede) if schede else "2000-01-01"
    cartella.properties.creator = schede[0]["generatore"] if schede else "Albero"
    cartella.properties.created = datetime.combine(date.fromisoformat(giorno), time())
    uscita = BytesIO()
    cartella.save(uscita)
    return uscita.getvalue()


def _obiettivi(schede: Iterable[Dati]) -> tuple[list[str], list[list[Valore]]]:
    intestazioni = [
        _("Centro di responsabilità"), _("Anno"), _("Area"), _("Tipo"), _("Peso area %"),
        _("Obiettivo"), _("Codice indicatore"), _("Indicatore"), _("Unità"),
        _("Peso nell'area %"), _("Peso sul totale %"), _("Anno dello storico"), _("Storico"),
        _("Anno del dato"), _("Dato"), _("Valore atteso"), _("Nota"),
    ]  # fmt: skip
    righe: list[list[Valore]] = [
        [
            foto["cdr"], foto["anno"], area["nome"], area["etichetta"], area["peso"],
            riga["obiettivo"], riga["codice"], riga["indicatore"], riga["unita"],
            riga["peso"], riga["sul_totale"], riga["storico_anno"], riga["storico"],
            riga["dato_anno"], riga["dato"], riga["atteso"], riga["nota"],
        ]
        for foto in schede for area in foto["aree"] for riga in area["righe"]
    ]  # fmt: skip
    return intestazioni, righe


def _risorse(schede: Iterable[Dati]) -> tuple[list[str], list[list[Valore]]]:
    intestazioni = [
        _("Centro di responsabilità"), _("Anno"), _("Fattore produttivo"), _("Unità di misura"),
        _("Budget"), _("Previsione"), _("Consuntivo"), _("Commento"),
    ]  # fmt: skip
    righe: list[list[Valore]] = [
        [
            foto["cdr"], foto["anno"], una["fattore"], una["unita_misura"],
            una["budget"], una["previsione"], una["consuntivo"], una["commento"],
        ]
        for foto in schede for una in foto["risorse"]
    ]  # fmt: skip
    return intestazioni, righe


def _firme(schede: Iterable[Dati]) -> tuple[list[str], list[list[Valore]]]:
    intestazioni = [
        _("Centro di responsabilità"), _("Anno"), _("Stato"), _("Versione"), _("Impronta"),
        _("In qualità di"), _("Firmata da"), _("Quando"),
    ]  # fmt: skip
    righe: list[list[Valore]] = []
    for foto in schede:
        testa = [foto["cdr"], foto["anno"], foto["stato"], foto["versione"], foto["impronta"]]
        firme = foto["firme"] or [{"ruolo": "", "chi": "", "quando": ""}]
        righe += [[*testa, una["ruolo"], una["chi"], una["quando"]] for una in firme]
    return intestazioni, righe


def _foglio(
    cartella: Workbook, nome: str, intestazioni: Sequence[str], righe: Iterable[Sequence[Valore]]
) -> None:
    foglio = cartella.create_sheet(nome)
    _scrivi(foglio, 1, intestazioni)
    for posto, riga in enumerate(righe, start=2):
        _scrivi(foglio, posto, riga)
    for cella in foglio[1]:
        cella.font = Font(bold=True)
    foglio.freeze_panes = "A2"
    for colonna, titolo in enumerate(intestazioni, start=1):
        foglio.column_dimensions[get_column_letter(colonna)].width = max(12, len(titolo) + 2)


def _scrivi(foglio: Worksheet, riga: int, valori: Sequence[Valore]) -> None:
    for colonna, valore in enumerate(valori, start=1):
        cella = foglio.cell(riga, colonna)
        if isinstance(valore, str) and valore:
            _scrivi_testo(cella, valore)
        elif valore != "":
            cella.value = valore
            if isinstance(valore, Decimal):
                cella.number_format = CIFRE


def _scrivi_testo(cella: Cell, testo: str) -> None:
    """As text whatever it begins with, and so marked for who saves the sheet again."""
    pulito = "".join(una for una in testo if una.isprintable() or una in "\n\t")
    cella.value = pulito
    cella.data_type = "s"
    cella.alignment = Alignment(wrap_text=True, vertical="top")
    if pulito.startswith(FORMULE):
        cella.quotePrefix = True
