# SPDX-License-Identifier: AGPL-3.0-or-later
"""The rows to report → an xlsx: keys locked, cells to fill in open, ready to be printed."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from io import BytesIO

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.workbook.protection import WorkbookProtection
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from obiettivi.azioni.rilevazione import CIFRE
from obiettivi.foglio.colonne import (
    COLONNE,
    DEL_RESOCONTO,
    NO,
    RENDICONTATE,
    SI,
    STATI,
    Colonna,
)
from obiettivi.foglio.regole import regole_di
from obiettivi.foglio.resoconti import DelCdr, detto_di
from obiettivi.foglio.righe import RigaFoglio
from obiettivi.foglio.testi import pulito
from obiettivi.models import Indicatore, Rilevazione

Valore = str | int | Decimal | date | None
FORMULE = ("=", "+", "-", "@", "\t", "\r")
"""What a sheet that is opened, or saved again as text, could take for a formula."""
A4 = 9
PRIMA = 2
CHIUSE = frozenset({*CIFRE, *(colonna.nome for colonna in RENDICONTATE)})
"""The columns whose cells are filled in on some rows, and not on others."""
ALTO_A_SINISTRA = Alignment(wrap_text=True, vertical="top")
SCURO = PatternFill("solid", fgColor="17324D")
CHIARO = PatternFill("solid", fgColor="FFF8E1")
SPENTO = PatternFill("solid", fgColor="E8E8E8")
FILO = Side("thin", color="5C6F82")
ORLO = Border(left=FILO, right=FILO, top=FILO, bottom=FILO)


def rende_foglio(righe: Sequence[RigaFoglio], *, titolo: str, generatore: str) -> bytes:
    """The file of a period. ``titolo`` is printed above each page."""
    cartella = Workbook()
    foglio = cartella.active
    foglio.title = _("Risultati")
    rendiconta = any(riga.resoconto for riga in righe)
    colonne = (*COLONNE, *DEL_RESOCONTO) if rendiconta else COLONNE
    _intestazione(foglio, colonne)
    for posto, riga in enumerate(righe, start=PRIMA):
        _riga(foglio, posto, riga, colonne)
    for regola in regole_di(righe, PRIMA):
        foglio.add_data_validation(regola)
    _proteggi(foglio)
    _per_la_stampa(foglio, titolo)
    _istruzioni(cartella.create_sheet(_("Istruzioni")), titolo, rendiconta=rendiconta)
    cartella.security = WorkbookProtection(lockStructure=True)
    cartella.properties.creator = generatore
    cartella.properties.title = titolo
    cartella.properties.language = "it-IT"
    uscita = BytesIO()
    cartella.save(uscita)
    return uscita.getvalue()


def _intestazione(foglio: Worksheet, colonne: Sequence[Colonna]) -> None:
    for posto, colonna in enumerate(colonne, start=1):
        cella = foglio.cell(1, posto, str(colonna.titolo))
        cella.font = Font(bold=True, color="FFFFFF")
        cella.fill = SCURO
        cella.alignment = ALTO_A_SINISTRA
        misure = foglio.column_dimensions[get_column_letter(posto)]
        misure.width, misure.hidden = colonna.larghezza, colonna.nascosta
    # The names of the row stay in sight with the header while one writes.
    foglio.freeze_panes = foglio.cell(PRIMA, _posto("obiettivo"))


def _riga(foglio: Worksheet, posto: int, riga: RigaFoglio, colonne: Sequence[Colonna]) -> None:
    aperte = riga.riempibili
    valori = _valori(riga)
    for colonna, una in enumerate(colonne, start=1):
        cella = foglio.cell(posto, colonna)
        scrivi_cella(cella, valori.get(una.nome), decimali=riga.indicatore.decimali)
        if una.nome in aperte:
            cella.protection = Protection(locked=False)
            cella.fill, cella.border = CHIARO, ORLO
        elif una.nome in CHIUSE:
            cella.fill = SPENTO


def _valori(riga: RigaFoglio) -> dict[str, Valore]:
    """What the cells of a row say when the sheet leaves."""
    indicatore, adesso = riga.indicatore, riga.adesso
    return {
        "chiave": str(riga.chiave),
        "versione": adesso.pk if adesso else 0,
        "dove": riga.dove,
        "obiettivo": riga.obiettivo,
        "codice": indicatore.codice,
        "indicatore": indicatore.nome,
        "sede": riga.chiave.sede,
        "unita": indicatore.unita,
        "come": indicatore.get_tipo_formula_display(),
        "atteso": riga.atteso,
        "prima": f"{riga.prima.mostrata} ({riga.prima})" if riga.prima else "",
        **(_del_risultato(adesso) if adesso else {}),
        **(_del_resoconto(riga.resoconto) if riga.resoconto else {}),
    }


def _del_risultato(una: Rilevazione) -> dict[str, Valore]:
    cifre: dict[str, Valore] = {nome: _corto(getattr(una, nome)) for nome in CIFRE}
    if una.indicatore.tipo_formula == Indicatore.Formula.SI_NO and una.valore is not None:
        cifre["valore"] = SI if una.valore else NO
    return cifre | {"stato": STATI[una.stato], "testo": una.testo}


def _del_resoconto(uno: DelCdr) -> dict[str, Valore]:
    detto = detto_di(uno.bozza)
    raggiungibile = {True: SI, False: NO, None: ""}[detto["raggiungibile"]]
    return {
        **detto,
        "raggiungibile": raggiungibile,
        "dichiarato": _corto(detto["dichiarato"]),
        "resoconto": uno.segno,
    }


def _corto(cifra: Decimal | date | None) -> Decimal | date | None:
    return cifra.normalize() + 0 if isinstance(cifra, Decimal) else cifra


def scrivi_cella(cella: Cell, valore: Valore, *, decimali: int = 2) -> None:
    """A number as a number; a text as a text whatever it begins with, and so marked for who saves
    the sheet again.
    """
    cella.alignment = ALTO_A_SINISTRA
    if isinstance(valore, str):
        if testo := pulito(valore):
            cella.value = testo
            cella.data_type = "s"
            cella.quotePrefix = testo.startswith(FORMULE)
    else:
        cella.value = valore
        if isinstance(valore, date):
            cella.number_format = "DD/MM/YYYY"
        elif not isinstance(valore, int):
            cella.number_format = _formato(decimali)


def _formato(decimali: int) -> str:
    """As many decimals as the indicator has, then those that the figure has."""
    usuali = min(decimali, 4)
    return f"#,##0.{'0' * usuali}{'#' * (4 - usuali)}" if usuali else "General"


def _proteggi(foglio: Worksheet) -> None:
    """Only the cells to fill in are written; widths, heights and filters stay free."""
    foglio.auto_filter.ref = foglio.dimensions
    foglio.protection.sheet = True
    foglio.protection.formatColumns = False
    foglio.protection.formatRows = False
    foglio.protection.autoFilter = False


def _per_la_stampa(foglio: Worksheet, titolo: str) -> None:
    foglio.page_setup.orientation = "landscape"
    foglio.page_setup.paperSize = A4
    foglio.page_setup.fitToHeight = 0
    foglio.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    foglio.print_title_rows = "1:1"
    foglio.oddHeader.center.text = titolo.replace("&", "&&")
    foglio.oddFooter.center.text = _("Pagina %(p)s di %(n)s") % {"p": "&P", "n": "&N"}


def _istruzioni(foglio: Worksheet, titolo: str, *, rendiconta: bool) -> None:
    del_cdr = _(
        "Nelle ultime colonne il centro di responsabilità scrive ciò che rendiconta del trimestre. "
        "Qui si salva la bozza, anche a pezzi: si trasmette dalla pagina della scheda, con i "
        "documenti. Ciò che è già trasmesso si legge soltanto."
    )
    righe = [
        titolo,
        _("Si scrivono le celle con il bordo: il risultato, oppure numeratore e denominatore, o la "
          "percentuale di avanzamento, o il giorno in cui si è raggiunto, secondo l'indicatore. Le "
          "altre sono bloccate."),
        _("I numeri si scrivono con la virgola, con quattro decimali al massimo. Una cella vuota "
          "non dice niente; un risultato che c'è già non si cancella: si scrive quello "
          "giusto."),
        _("Se l'indicatore non è applicabile, nella colonna Stato si sceglie «non applicabile» e "
          "nella nota si scrive perché."),
        _("Il foglio si ricarica dalla stessa pagina da cui si è scaricato. Prima di scrivere si "
          "vede che cosa cambia; ciò che nel frattempo ha scritto un'altra persona si vede e non "
          "si sovrascrive."),
        _("Le prime due colonne sono nascoste e dicono di quale risultato parla la riga: non si "
          "toccano. Righe in più non si leggono."),
        *([del_cdr] if rendiconta else []),
    ]  # fmt: skip
    foglio.column_dimensions["A"].width = 100
    for posto, riga in enumerate(righe, start=1):
        scrivi_cella(foglio.cell(posto, 1), riga)
    foglio["A1"].font = Font(bold=True, size=14)
    foglio.protection.sheet = True


def _posto(nome: str) -> int:
    return next(posto for posto, una in enumerate(COLONNE, start=1) if una.nome == nome)


def nome_del_foglio(chi: str, periodo: str) -> str:
    """The name of the file, of what and of when."""
    return f"risultati-{chi}-{periodo}.xlsx"


def periodo_breve(anno: int, frazione: str) -> str:
    """``2023-T1``; ``2023`` for the whole year."""
    return f"{anno}-{frazione}" if frazione else str(anno)
