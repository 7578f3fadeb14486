# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the sheet lets people write in a cell, by the kind of its indicator, and what it asks."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import to_excel
from openpyxl.worksheet.datavalidation import DataValidation

from obiettivi.azioni.rilevazione import PRIMO_GIORNO
from obiettivi.foglio.colonne import COLONNE, DEL_RESOCONTO, NO, SI, STATI
from obiettivi.foglio.righe import RigaFoglio
from obiettivi.models import Indicatore

MASSIMO = 99_999_999_999
TESTO_MASSIMO = 2000
RESOCONTO_MASSIMO = 10_000
GIORNO_MINIMO = int(to_excel(PRIMO_GIORNO))
GENERI = {
    "numeratore": "positivo", "denominatore": "positivo", "azioni": "lungo",
    "provvedimenti": "lungo", "criticita": "lungo", "motivo": "lungo", "raggiungibile": "si_no",
    "dichiarato": "avanzamento",
}  # fmt: skip
"""The rule of a cell, where it is not called as the column is."""
PEZZI = 150
"""Ranges of one rule: a sheet with rules over too many of them is said to be damaged."""


def regole_di(righe: Sequence[RigaFoglio], prima_riga: int) -> list[DataValidation]:
    """The rules of the cells to fill in, each over the runs of rows that it holds for."""
    dove: dict[tuple[str, str], list[int]] = defaultdict(list)
    for posto, riga in enumerate(righe, start=prima_riga):
        for nome in riga.riempibili:
            dove[nome, _genere(nome, riga.indicatore)].append(posto)
    regole = []
    for (nome, genere), posti in sorted(dove.items()):
        colonna = get_column_letter(_posto_di(nome))
        tratti = [
            f"{colonna}{da}" if da == a else f"{colonna}{da}:{colonna}{a}"
            for da, a in _tratti(posti)
        ]
        for inizio in range(0, len(tratti), PEZZI):
            regole.append(_regola(genere, " ".join(tratti[inizio : inizio + PEZZI])))
    return regole


def _genere(nome: str, indicatore: Indicatore) -> str:
    if nome == "valore":
        return "si_no" if indicatore.tipo_formula == Indicatore.Formula.SI_NO else "numero"
    return GENERI.get(nome, nome)


def _regola(genere: str, celle: str) -> DataValidation:
    """What may be written, with the sentence shown on the cell and that of a refusal."""
    numero = {"type": "decimal", "operator": "between"}
    detta = {
        "numero": (
            {**numero, "formula1": -MASSIMO, "formula2": MASSIMO},
            _("Un numero, con la virgola per i decimali (quattro al massimo)."),
        ),
        "positivo": (
            {**numero, "formula1": 0, "formula2": MASSIMO},
            _("Un numero non negativo, con quattro decimali al massimo."),
        ),
        "avanzamento": (
            {**numero, "formula1": 0, "formula2": 100},
            _("La percentuale raggiunta, da 0 a 100."),
        ),
        "data": (
            {"type": "date", "operator": "between", "formula1": GIORNO_MINIMO,
             "formula2": "TODAY()"},
            _("Il giorno in cui si è raggiunto, come 30/06/2026: fino a oggi."),
        ),
        "si_no": ({"type": "list", "formula1": f'"{SI},{NO}"'}, _("Scegli sì o no.")),
        "stato": (
            {"type": "list", "formula1": f'"{",".join(STATI.values())}"'},
            _("Se il numero c'è si può lasciare com'è; se non è applicabile, scrivi perché "
              "nella nota."),
        ),
        "testo": (
            {"type": "textLength", "operator": "lessThanOrEqual", "formula1": TESTO_MASSIMO},
            _("Una nota, o il motivo se non è applicabile: fino a 2.000 caratteri."),
        ),
        "lungo": (
            {"type": "textLength", "operator": "lessThanOrEqual", "formula1": RESOCONTO_MASSIMO},
            _("Fino a 10.000 caratteri. Si salva in bozza: si trasmette dalla pagina."),
        ),
    }  # fmt: skip
    campi, frase = detta[genere]
    return DataValidation(
        **campi,
        sqref=celle,
        allow_blank=True,
        showErrorMessage=True,
        showInputMessage=True,
        errorTitle=_("Valore non ammesso"),
        error=frase,
        promptTitle=_("Da compilare"),
        prompt=frase,
    )


def _posto_di(nome: str) -> int:
    tutte = (*COLONNE, *DEL_RESOCONTO)
    return next(posto for posto, una in enumerate(tutte, start=1) if una.nome == nome)


def _tratti(posti: Iterable[int]) -> list[tuple[int, int]]:
    """The runs of consecutive rows."""
    tratti: list[tuple[int, int]] = []
    for posto in posti:
        if tratti and tratti[-1][1] == posto - 1:
            tratti[-1] = (tratti[-1][0], posto)
        else:
            tratti.append((posto, posto))
    return tratti
