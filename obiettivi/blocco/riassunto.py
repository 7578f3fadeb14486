# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a run changed, in a few figures for each plan: never score by score."""

from decimal import Decimal
from typing import Any

import numpy as np

from obiettivi.blocco.colonne import Interi
from obiettivi.blocco.righe import FRAZIONE, LIVELLI, LIVELLO, PIANO, PUNTI, STATI, STATO, Righe
from obiettivi.blocco.scrittura import Differenze
from obiettivi.calcolo.veloce.nucleo import DECIMALI
from obiettivi.calcolo.veloce.risultati import FRAZIONI
from obiettivi.models import Raggiungimento

NOMI = {"I": "indicatori", "O": "obiettivi", "A": "aree", "P": "piano"}
DEL_PIANO = LIVELLI.index(Raggiungimento.Livello.PIANO)
CALCOLATO = STATI.index(Raggiungimento.Stato.CALCOLATO)
Riassunto = list[dict[str, Any]]
"""One entry for each period that changed."""


def riassumi(differenze: Differenze) -> dict[int, Riassunto]:
    """For each plan that changes, by period: how many scores of each level, and the plan's own
    score before and after, if that changes.
    """
    quanti = _quanti(differenze)
    prima = _dei_piani(differenze.vecchie, differenze.da_togliere)
    dopo = _dei_piani(differenze.nuove, differenze.da_scrivere)
    riassunti: dict[int, Riassunto] = {}
    for (piano, frazione), per_livello in sorted(quanti.items()):
        periodo = {
            "frazione": FRAZIONI[frazione],
            "cambiati": sum(per_livello.values()),
            "per_livello": {
                NOMI[livello]: per_livello.get(k, 0) for k, livello in enumerate(LIVELLI)
            },
        }
        if DEL_PIANO in per_livello:
            chiave = (piano, frazione)
            periodo["punteggio"] = {"prima": prima.get(chiave), "dopo": dopo.get(chiave)}
        riassunti.setdefault(piano, []).append(periodo)
    return riassunti


def _quanti(differenze: Differenze) -> dict[tuple[int, int], dict[int, int]]:
    """How many scores change, by plan and period and then by level."""
    di_chi = differenze.cambiate(PIANO) * len(FRAZIONI) + differenze.cambiate(FRAZIONE)
    ramo = di_chi * len(LIVELLI) + differenze.cambiate(LIVELLO)
    chiavi, quante = np.unique(ramo, return_counts=True)
    per_periodo: dict[tuple[int, int], dict[int, int]] = {}
    for chiave, n in zip(chiavi.tolist(), quante.tolist(), strict=True):
        suo, livello = divmod(chiave, len(LIVELLI))
        per_periodo.setdefault(divmod(suo, len(FRAZIONI)), {})[livello] = n
    return per_periodo


def _dei_piani(righe: Righe, quali: Interi) -> dict[tuple[int, int], Decimal | None]:
    """The plans' own scores among some rows; None if it is not a number."""
    del_piano = quali[righe.dati[LIVELLO][quali] == DEL_PIANO]
    return {
        (piano, frazione): _punteggio(righe, k, stato, punti)
        for k, (piano, frazione, stato, punti) in zip(
            del_piano.tolist(),
            righe.dati[del_piano][[PIANO, FRAZIONE, STATO, PUNTI]].tolist(),
            strict=True,
        )
    }


def _punteggio(righe: Righe, k: int, stato: int, punti: int) -> Decimal | None:
    if stato != CALCOLATO:
        return None
    return righe.grandi.get(k, Decimal(punti).scaleb(-DECIMALI))
