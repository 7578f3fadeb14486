# SPDX-License-Identifier: AGPL-3.0-or-later
"""A scheda on paper and in a sheet: one photograph, two forms."""

from .dati import da_stampare, nome_del_file
from .foglio import rende_xlsx
from .pdf import rende_pdf

__all__ = ["da_stampare", "nome_del_file", "rende_pdf", "rende_xlsx"]
