# SPDX-License-Identifier: AGPL-3.0-or-later
"""The rules of a year as tables that people write: a line per row, columns parted by «;».

So they come and go with a spreadsheet. ``scrivi`` and ``leggi`` are each other's inverse; what is
read is checked as a whole by ``obiettivi.calcolo.individuale_dati``.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

TUTTE = "*"
COLONNE: Mapping[str, tuple[str, ...]] = {
    "categorie": ("codice", "nome", "risultati", "contributo", "scheda", "individuali"),
    "comportamenti": ("categoria", "codice", "nome", "peso", "descrizione"),
    "scala": ("categoria", "codice", "nome", "punti", "descrizione"),
    "classi": ("etichetta", "da", "premio", "premio_a"),
}
CIFRE = {"risultati", "contributo", "scheda", "individuali", "peso", "punti", "da", "premio",
         "premio_a"}  # fmt: skip


def scrivi(parametri: Mapping[str, Any]) -> dict[str, str]:
    """The four tables of some rules, as text."""
    categorie = parametri.get("categorie", [])
    comportamenti, scala = [], [{"categoria": TUTTE, **una} for una in parametri.get("scala", [])]
    for una in categorie:
        comportamenti += [{"categoria": una["codice"], **c} for c in una.get("comportamenti", [])]
        scala += [{"categoria": una["codice"], **livello} for livello in una.get("scala", [])]
    righe = {
        "categorie": categorie, "comportamenti": comportamenti, "scala": scala,
        "classi": parametri.get("classi", []),
    }  # fmt: skip
    return {nome: _in_testo(righe[nome], COLONNE[nome]) for nome in COLONNE}


def _in_testo(righe: Sequence[Mapping[str, Any]], colonne: Sequence[str]) -> str:
    return "\n".join(
        "; ".join(_cella(colonna, riga.get(colonna)) for colonna in colonne).rstrip("; ")
        for riga in righe
    )


def _cella(colonna: str, valore: Any) -> str:
    if valore is None:
        return ""
    return str(valore).replace(".", ",") if colonna in CIFRE else str(valore)


def leggi(testi: Mapping[str, str]) -> tuple[dict[str, Any], dict[str, str]]:
    """The parameters that the tables say, and what is wrong with a table, by its name."""
    errori: dict[str, str] = {}
    righe = {nome: _righe(nome, testi.get(nome, ""), errori) for nome in COLONNE}
    categorie = [{**una, "comportamenti": [], "scala": []} for una in righe["categorie"]]
    per_codice = {una["codice"]: una for una in categorie}
    comune: list[dict[str, Any]] = []
    for nome in ("comportamenti", "scala"):
        for riga in righe[nome]:
            codice = riga.pop("categoria")
            if nome == "scala" and codice == TUTTE:
                comune.append(riga)
            elif codice in per_codice:
                per_codice[codice][nome].append(riga)
            else:
                errori[nome] = _("La categoria «%(codice)s» non è fra quelle scritte sopra.") % {
                    "codice": codice
                }
    for classe in righe["classi"]:
        classe |= {"premio": classe["premio"] or None, "premio_a": classe["premio_a"] or None}
    return {"categorie": categorie, "scala": comune, "classi": righe["classi"]}, errori


def _righe(nome: str, testo: str, errori: dict[str, str]) -> list[dict[str, Any]]:
    """The last column takes whatever else the line says, «;» included."""
    colonne = COLONNE[nome]
    trovate = []
    for numero, linea in enumerate(testo.splitlines(), 1):
        if not linea.strip():
            continue
        celle = [cella.strip() for cella in linea.split(";", len(colonne) - 1)]
        celle += [""] * (len(colonne) - len(celle))
        riga: dict[str, Any] = dict(zip(colonne, celle, strict=True))
        for colonna in CIFRE & set(colonne):
            riga[colonna] = riga[colonna].replace(",", ".")
        obbligatorie = [uno for uno in colonne if uno not in ("descrizione", "premio", "premio_a")]
        if vuote := [uno for uno in obbligatorie if not riga[uno]]:
            errori[nome] = _("Riga %(n)s: manca %(quali)s. Le colonne sono: %(colonne)s.") % {
                "n": numero, "quali": ", ".join(vuote), "colonne": "; ".join(colonne),
            }  # fmt: skip
            continue
        trovate.append(riga)
    return trovate
