# SPDX-License-Identifier: AGPL-3.0-or-later
"""Floor, cap and rounding of a score, each with the step that says so when it changed something."""

from decimal import Decimal

from .arrotondamento import Livello, arrotonda_punteggio, esatto, netto
from .edizione import Edizione
from .passi import Codice, Passo, passo


@esatto
def limita(punti: Decimal, edizione: Edizione) -> tuple[Decimal, tuple[Passo, ...]]:
    """The points within floor and cap, and the step that says so when they were not."""
    if netto(punti) < edizione.pavimento:
        basso = edizione.pavimento
        return basso, (passo(Codice.PAVIMENTO, punti=punti, limite=basso),)
    if edizione.tetto is not None and netto(punti) > edizione.tetto:
        return edizione.tetto, (passo(Codice.TETTO, punti=punti, limite=edizione.tetto),)
    return punti, ()


@esatto
def arrotonda_al_livello(
    punti: Decimal, livello: Livello, edizione: Edizione
) -> tuple[Decimal, tuple[Passo, ...]]:
    """The points rounded, if the edition rounds at this level, and the step that says so."""
    regola = edizione.arrotondamento
    if livello not in regola.livelli:
        return punti, ()
    tondo = arrotonda_punteggio(punti, regola.modo, regola.decimali)
    if tondo == punti:
        return tondo, ()
    return tondo, (passo(Codice.ARROTONDATO, da=punti, a=tondo, modo=regola.modo.value),)
