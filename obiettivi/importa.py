# SPDX-License-Identifier: AGPL-3.0-or-later
"""A folder's tables → checked rows. Pure reading: nothing is written.

``aree.csv``, ``obiettivi.csv`` and, where the plan has them, ``progetti.csv`` hold what the plan
prints, each row with the lines of its source; ``dimostrazione.csv`` and
``riferimenti_dimostrativi.csv`` hold invented results, marked as such wherever they show.
"""

import csv
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from pathlib import Path

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

Riga = dict[str, str]
FISSE = {
    "aree.csv": ("codice", "tipo", "ordine", "nome", "descrizione", "righe", "nota"),
    "obiettivi.csv": (
        "codice", "area", "obiettivo", "indicatore", "tipo_formula", "unita", "verso",
        "base_anno", "base", "righe", "nota",
    ),
    "progetti.csv": ("codice", "linea", "progetto", "righe", "nota"),
    "dimostrazione.csv": (
        "codice", "anno", "frazione", "sede", "stato", "valore", "numeratore", "denominatore",
        "avanzamento", "testo",
    ),
    "fonti.csv": ("codice", "nome", "categoria", "righe"),
    "riferimenti_dimostrativi.csv": ("codice", "anno", "valore"),
}  # fmt: skip


@dataclass(frozen=True)
class AlberoLetto:
    """The rows of a plan's tree, as read."""

    aree: list[Riga]
    obiettivi: list[Riga]
    progetti: list[Riga] = field(default_factory=list)
    risultati: list[Riga] = field(default_factory=list)
    riferimenti: list[Riga] = field(default_factory=list)


def leggi_albero(cartella: Path) -> AlberoLetto:
    """Read and check the tables of a folder.

    :raises ValidationError: one sentence for each wrong cell, naming file, row and column.
    """
    letto = AlberoLetto(
        aree=leggi_tabella(cartella / "aree.csv"),
        obiettivi=leggi_tabella(cartella / "obiettivi.csv"),
        progetti=leggi_tabella(cartella / "progetti.csv", facoltativa=True),
        risultati=leggi_tabella(cartella / "dimostrazione.csv", facoltativa=True),
        riferimenti=leggi_tabella(cartella / "riferimenti_dimostrativi.csv", facoltativa=True),
    )
    _controlla_richiami(letto)
    return letto


def leggi_tabella(percorso: Path, *, facoltativa: bool = False) -> list[Riga]:
    """The rows of a CSV, cells stripped; a missing optional file has none."""
    if facoltativa and not percorso.exists():
        return []
    try:
        with percorso.open(encoding="utf-8-sig", newline="") as file:
            lettore = csv.DictReader(file, strict=True)
            _controlla_colonne(percorso, lettore.fieldnames)
            righe = list(lettore)
    except FileNotFoundError as errore:
        raise ValidationError(_("Manca il file %(file)s.") % {"file": percorso}) from errore
    except (csv.Error, UnicodeDecodeError) as errore:
        raise ValidationError(
            _("%(file)s non si legge: %(errore)s") % {"file": percorso, "errore": errore}
        ) from errore
    for numero, riga in enumerate(righe, start=2):
        if None in riga or None in riga.values():
            raise ValidationError(
                _("%(file)s, riga %(riga)s: il numero delle celle non è quello delle colonne.")
                % {"file": percorso.name, "riga": numero}
            )
    return [{chiave: cella.strip() for chiave, cella in riga.items()} for riga in righe]


def _controlla_colonne(percorso: Path, colonne: "list[str] | None") -> None:
    mancanti = [nome for nome in FISSE[percorso.name] if nome not in (colonne or ())]
    if mancanti:
        raise ValidationError(
            _("%(file)s: mancano le colonne %(colonne)s.")
            % {"file": percorso.name, "colonne": ", ".join(mancanti)}
        )


def _controlla_richiami(letto: AlberoLetto) -> None:
    aree = {riga["codice"] for riga in letto.aree}
    codici = {riga["codice"] for riga in letto.obiettivi + letto.progetti}
    errori = [
        _("obiettivi.csv, %(codice)s: l'area «%(area)s» non è in aree.csv.")
        % {"codice": riga["codice"], "area": riga["area"]}
        for riga in letto.obiettivi
        if riga["area"] not in aree
    ]
    errori += [
        _("progetti.csv, %(codice)s: la linea «%(linea)s» non è in aree.csv.") % riga
        for riga in letto.progetti
        if riga["linea"] not in aree
    ]
    errori += [
        _("%(codice)s ha un risultato ma non è fra gli obiettivi.") % riga
        for riga in letto.risultati + letto.riferimenti
        if riga["codice"] not in codici
    ]
    if errori:
        raise ValidationError(errori)


def anni_di(riga: Riga) -> list[int]:
    """The years that the row's table has a column for."""
    return [int(colonna) for colonna in riga if colonna.isdecimal()]


def decimale(riga: Riga, colonna: str) -> Decimal | None:
    """The number of a cell (dot for decimals), ``None`` when empty.

    :raises ValidationError: the cell is not a number.
    """
    testo = riga[colonna]
    if not testo:
        return None
    try:
        return Decimal(testo)
    except InvalidOperation as errore:
        raise ValidationError(
            _("%(codice)s, colonna %(colonna)s: «%(testo)s» non è un numero (usare il punto).")
            % {"codice": riga["codice"], "colonna": colonna, "testo": testo}
        ) from errore


def obbligatorio(riga: Riga, colonna: str) -> Decimal:
    """The number of a cell that cannot be empty.

    :raises ValidationError: the cell is empty or is not a number.
    """
    numero = decimale(riga, colonna)
    if numero is None:
        raise ValidationError(
            _("%(codice)s, colonna %(colonna)s: manca il numero.")
            % {"codice": riga["codice"], "colonna": colonna}
        )
    return numero
