# SPDX-License-Identifier: AGPL-3.0-or-later
"""The resources of the ground floor: address, view, name."""

from piani.api.aziende import AziendaRisorsa, IncaricoRisorsa, UnitaRisorsa
from piani.api.documenti import DocumentoRisorsa
from piani.api.piani import PianoRisorsa

ROTTE = [
    ("aziende", AziendaRisorsa, "aziende"),
    ("unita-organizzative", UnitaRisorsa, "unita"),
    ("incarichi", IncaricoRisorsa, "incarichi"),
    ("piani", PianoRisorsa, "piani"),
    ("documenti", DocumentoRisorsa, "documenti"),
]
