# SPDX-License-Identifier: AGPL-3.0-or-later
"""The groups of a sheet as those being classified: people or units, of whom only so many fit."""

from collections.abc import Sequence
from decimal import Decimal

from obiettivi.calcolo.aggregazione import Aggregato
from obiettivi.calcolo.classi import Assegnazione, DaClassificare, assegna_classi, premio_di
from obiettivi.calcolo.edizione import Classe, Edizione
from obiettivi.calcolo.valori import Calcolato, Punteggio

from .casi import SCRITTE_CON_CLASSI, CasiNonValidi


def colonne_libere(colonne: Sequence[str], edizione: Edizione) -> None:
    """Refuse with ``CasiNonValidi`` the columns that rules with classes write themselves."""
    if not edizione.classi:
        return
    if occupate := [nome for nome in SCRITTE_CON_CLASSI if nome in colonne]:
        raise CasiNonValidi(
            f"Intestazione: con queste regole la colonna «{nome}» la scrive il simulatore; "
            "toglierla o rinominarla."
            for nome in occupate
        )


def classi_dei_gruppi(gruppi: Sequence[Aggregato], edizione: Edizione) -> dict[str, Assegnazione]:
    """Class and bonus of each group with a score, by its name; the caps are on their number.

    None for the groups that are conditions on the others, and for all of them when they are areas
    that the edition weighs.
    """
    pesate = {area for gruppo in edizione.gruppi_aree for area in gruppo.aree}
    if any(uno.codice in pesate for uno in gruppi):
        return {}
    voci = [
        DaClassificare(uno.codice, uno.punteggio.valore)
        for uno in gruppi
        if not uno.prerequisito and isinstance(uno.punteggio, Calcolato)
    ]
    return {una.codice: una for una in assegna_classi(voci, edizione)}


def premio_del_nodo(
    punteggio: Punteggio, classe: Classe | None, edizione: Edizione
) -> Decimal | None:
    """The bonus (%) of a score in the class it has; ``None`` without a class that states one."""
    if classe is None or not isinstance(punteggio, Calcolato):
        return None
    return premio_di(punteggio.valore, classe, edizione)
