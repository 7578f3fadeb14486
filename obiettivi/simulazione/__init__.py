# SPDX-License-Identifier: AGPL-3.0-or-later
"""The simulator: a spreadsheet of cases scored by an edition, outside any plan or database.

``leggi_casi`` reads the rows (``CasiNonValidi`` says all that is wrong with them), ``simula``
scores them and rolls them up (``gruppo`` at the level of the area, the whole at that of the plan),
``in_csv`` and ``in_dati`` write the outcome. Columns and rules: ``docs/manuale/simulatore.md``.
"""

from .casi import COLONNE, CasiNonValidi, Caso, Tabella, leggi_casi
from .edizioni import EdizioneIlleggibile, edizione_da_json
from .esito import Riga, Simulazione, simula
from .uscita import in_csv, in_dati, in_json

__all__ = [
    "COLONNE",
    "CasiNonValidi",
    "Caso",
    "EdizioneIlleggibile",
    "Riga",
    "Simulazione",
    "Tabella",
    "edizione_da_json",
    "in_csv",
    "in_dati",
    "in_json",
    "leggi_casi",
    "simula",
]
