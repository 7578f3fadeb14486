# SPDX-License-Identifier: AGPL-3.0-or-later
"""Quarters, half-years and years as people write them, in a cell or in a header."""

import re
from datetime import date

from django.utils.translation import gettext as _

from piani.importazioni.celle import Cella, manca, normale, scritta

_ORDINALI = {
    "1": 1, "i": 1, "primo": 1, "2": 2, "ii": 2, "secondo": 2, "3": 3, "iii": 3, "terzo": 3,
    "4": 4, "iv": 4, "quarto": 4,
}  # fmt: skip
_QUALE = "|".join(sorted(_ORDINALI, key=len, reverse=True))
_PARTE = {"trim": "T", "trimestre": "T", "t": "T", "q": "T", "sem": "S", "semestre": "S", "s": "S"}
_NOME = "|".join(sorted(_PARTE, key=len, reverse=True))
_PRIMA = re.compile(rf"\b(?P<quale>{_QUALE})(?: ?[ao])? ?(?P<parte>{_NOME})\b")
_DOPO = re.compile(rf"\b(?P<parte>{_NOME}) ?(?P<quale>{_QUALE})\b")
_MESI = {"gen mar": "T1", "apr giu": "T2", "lug set": "T3", "ott dic": "T4",
         "gennaio marzo": "T1", "aprile giugno": "T2", "luglio settembre": "T3",
         "ottobre dicembre": "T4", "gen giu": "S1", "lug dic": "S2",
         "gennaio giugno": "S1", "luglio dicembre": "S2"}  # fmt: skip
_ANNO_INTERO = frozenset(
    ("anno", "annuale", "annuo", "intero anno", "tutto l anno", "anno intero", "gen dic",
     "gennaio dicembre", "a")
)  # fmt: skip
_ANNI = re.compile(r"\b20\d\d\b")


def periodo(cella: Cella) -> str | None:
    """«» the year, «T1»…«T4», «S1», «S2»; None if the cell is empty."""
    if manca(cella):
        return None
    detto = "" if isinstance(cella, date) else normale(scritta(cella))
    if detto in _ANNO_INTERO or _ANNI.fullmatch(detto):
        return ""
    if detto in ("1", "2", "3", "4"):
        return f"T{detto}"
    trovato = periodo_nel_testo(detto)
    if trovato is None:
        raise ValueError(
            _("Periodo sconosciuto: si scrive «anno», «T1»…«T4» o «1° trimestre», «S1», «S2».")
        )
    return trovato


def periodo_nel_testo(testo: str) -> str | None:
    """The part of the year that a header speaks of, if it does."""
    piano = normale(testo)
    for mesi, parte in _MESI.items():
        if re.search(rf"\b{mesi}\b", piano):
            return parte
    for forma in (_PRIMA, _DOPO):
        if trovata := forma.search(piano):
            parte, quale = _PARTE[trovata["parte"]], _ORDINALI[trovata["quale"]]
            if parte == "T" or quale <= 2:
                return f"{parte}{quale}"
    return None


def anno_nel_testo(testo: str) -> str | None:
    """The year that a header names, if it names one alone."""
    trovati = set(_ANNI.findall(normale(testo)))
    return trovati.pop() if len(trovati) == 1 else None
