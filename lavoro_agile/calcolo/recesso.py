# SPDX-License-Identifier: AGPL-3.0-or-later
"""From when a withdrawal holds (art. 19 c. 2 L. 81/2017)."""

from datetime import date, timedelta

from lavoro_agile.calcolo.edizione import Termini


def preavviso(termini: Termini, *, dell_azienda: bool, disabile: bool, giustificato: bool) -> int:
    """Days of notice: none for a justified reason, more when the azienda leaves who is disabled."""
    if giustificato:
        return 0
    return termini.recesso_disabili if dell_azienda and disabile else termini.recesso


def primo_giorno(comunicato: date, giorni: int) -> date:
    """The first day on which the agreement may hold no longer."""
    return comunicato + timedelta(days=giorni)
