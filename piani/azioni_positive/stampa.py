# SPDX-License-Identifier: AGPL-3.0-or-later
"""The CUG's report on paper: its chapters and its tables, from the photograph alone."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from piani.stampa.capitoli import Capitolo
from piani.stampa.dati import in_csv, per_campi
from piani.stampa.generi import Genere

Dati = dict[str, Any]
GENERI = ("femmine", "maschi", "totale")
# What the data add to a part of the report.
CIFRE = {"dati": "personale", "azioni": "azioni"}
CAMPI_AZIONI = ("area", "azione", "stato", "fatto")
CAMPI_PERSONALE = ("anno", "area", "ruolo", "donne", "uomini", "totale")
TACE = "•"
"""A count that is not shown: alone, or by difference, it would give a few people away."""


def capitoli(foto: Dati) -> list[Capitolo]:
    """A chapter for each part, with the figures that it comments on; then how to read it all."""
    fatti = [
        Capitolo(
            numero, f"cug_{una['tipo']}", una["titolo"],
            (una,) if una["html"] else (), _cifre(foto, una["tipo"]),
        )
        for numero, una in enumerate(foto["sezioni"], start=1)
    ]  # fmt: skip
    return [*fatti, Capitolo(len(fatti) + 1, "cug_nota", _("Nota"), (), {"nota": True})]


def _cifre(foto: Dati, parte: str) -> Dati:
    """The figures that a part comments on; that there are none is said."""
    if parte not in CIFRE:
        return {}
    return foto[CIFRE[parte]] or {"mancano": True}


def tabelle(foto: Dati) -> dict[str, bytes]:
    """The tables of the photograph, by file name."""
    voci = (foto["azioni"] or {"voci": []})["voci"]
    return {
        "azioni.csv": in_csv(CAMPI_AZIONI, per_campi(voci, CAMPI_AZIONI)),
        "personale.csv": in_csv(CAMPI_PERSONALE, _personale(foto["personale"])),
    }


def _personale(tavola: Dati | None) -> Iterator[list[Any]]:
    if tavola is None:
        return
    for riga in [*tavola["righe"], {"area": "", "ruolo": _("Totale"), **tavola["somma"]}]:
        quanti = [TACE if riga[quale] is None else riga[quale] for quale in GENERI]
        yield [tavola["anno"], riga["area"], riga["ruolo"], *quanti]


GENERE = Genere(
    "stampa/_copertina_cug.html",
    capitoli,
    tabelle,
    lambda foto: str(foto["relazione"]["titolo"]),
    lambda foto: str((foto["piano"] or foto["relazione"])["titolo"]),
)
