# SPDX-License-Identifier: AGPL-3.0-or-later
"""Signatures of published documents: those put elsewhere are verified, or ours is put.

pyHanko is loaded only when a signature is read or put.
"""

from .certificati import Sigillo, autorita, sigillo
from .lettura import FirmaLetta, PdfNonFirmato
from .scrittura import appone
from .verifica import verifica

__all__ = [
    "FirmaLetta",
    "PdfNonFirmato",
    "Sigillo",
    "appone",
    "autorita",
    "sigillo",
    "verifica",
]
