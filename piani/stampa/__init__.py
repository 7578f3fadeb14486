# SPDX-License-Identifier: AGPL-3.0-or-later
"""One photograph, four forms: page, PDF, JSON, CSV. They cannot disagree.

The photograph is plain data (``static/schemi/documento-1.schema.json`` describes it); nothing
here reads the database or the clock.
"""

from .dati import rende_json
from .foglio import rende_xlsx
from .generi import rende_csv
from .pagina import impronta_stile, rende_html, rende_pagina
from .pdf import Pdf, StampaNonDisponibile, da_html, rende_pdf, stile_stampa

__all__ = [
    "Pdf",
    "StampaNonDisponibile",
    "da_html",
    "impronta_stile",
    "rende_csv",
    "rende_html",
    "rende_json",
    "rende_pagina",
    "rende_pdf",
    "rende_xlsx",
    "stile_stampa",
]
