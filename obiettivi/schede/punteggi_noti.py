# SPDX-License-Identifier: AGPL-3.0-or-later
"""The scores of a scheda's rows that are known today, in the longest period that has some."""

from decimal import Decimal

from obiettivi.calcolo.periodi import mesi
from obiettivi.models import PunteggioScheda, SchedaBudget


def punteggi_noti(scheda: SchedaBudget) -> dict[int, Decimal]:
    """By key of row; empty when nothing was computed yet."""
    calcolati = scheda.punteggi.filter(
        livello=PunteggioScheda.Livello.RIGA, stato=PunteggioScheda.Stato.CALCOLATO
    )
    per_frazione: dict[str, dict[int, Decimal]] = {}
    for frazione, riga, punteggio in calcolati.values_list("frazione", "oggetto", "punteggio"):
        per_frazione.setdefault(frazione, {})[riga] = punteggio
    if not per_frazione:
        return {}
    return per_frazione[max(per_frazione, key=lambda f: (len(mesi(f)), mesi(f)[-1]))]
