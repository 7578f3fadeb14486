# SPDX-License-Identifier: AGPL-3.0-or-later
"""A plan brought as far as a step, in few words."""

from datetime import date
from typing import Any

from piani import azioni
from piani.models import Parere, Piano, Utente

ATTO = {
    "atto_tipo": "decreto",
    "atto_numero": "12",
    "atto_data": date(2022, 1, 28),
    "atto_organo": "Direttore Generale",
}

PARERE = {"esito": Parere.Esito.FAVOREVOLE, "data": date(2022, 1, 27)}


def valida(piano: Piano, da: Utente | None, esito: str = "validato", **altro: Any) -> Any:
    dati = {"data": date(2022, 1, 20), "motivazione": "Coerente con le linee guida."} | altro
    return azioni.valida(piano, esito=esito, **dati, da=da)


def validato(piano: Piano, *, con_pareri: bool = True) -> Piano:
    """The plan brought to be adopted by the system, which sees no warnings."""
    azioni.invia(piano, da=None)
    valida(piano, None)
    if con_pareri:
        for ruolo in ("DA", "DS", "DSS"):
            azioni.esprimi_parere(piano, ruolo=ruolo, **PARERE, da=None)
    return piano
