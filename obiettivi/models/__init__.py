# SPDX-License-Identifier: AGPL-3.0-or-later
"""Tables of the objectives floor, one module per noun."""

from obiettivi.models.albero import AreaStrategica, Misura, Obiettivo, Target
from obiettivi.models.calcolo import Calcolo, EdizioneSMVP, Prospettiva, Raggiungimento
from obiettivi.models.chiusura import PeriodoChiuso
from obiettivi.models.giro import GiroDiCalcolo
from obiettivi.models.indicatore import (
    FonteDati,
    Frazione,
    Indicatore,
    Rilevazione,
    ValoreRiferimento,
)
from obiettivi.models.osservazione import Osservazione

__all__ = [
    "AreaStrategica",
    "Calcolo",
    "EdizioneSMVP",
    "FonteDati",
    "Frazione",
    "GiroDiCalcolo",
    "Indicatore",
    "Misura",
    "Obiettivo",
    "Osservazione",
    "PeriodoChiuso",
    "Prospettiva",
    "Raggiungimento",
    "Rilevazione",
    "Target",
    "ValoreRiferimento",
]
