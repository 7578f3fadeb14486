# SPDX-License-Identifier: AGPL-3.0-or-later
"""What happens to a score between its method and the roll-up, in this order.

method → multiplier bands → recovery for exogenous causes → floor and cap. The rounding, if any,
comes when quarters and sites have been put together (``giudizio``).
"""

from decimal import Decimal

from .arrotondamento import CENTO, ZERO, esatto, netto
from .edizione import Edizione
from .fasce import fascia_di, punti_in
from .limiti import limita
from .misura import Misura, Risultato
from .passi import Codice, Passo, passo

Corretto = tuple[Decimal, tuple[Passo, ...]]


def dopo_il_metodo(
    punti: Decimal, misura: Misura, risultato: Risultato, edizione: Edizione
) -> Corretto:
    """The score of a method, corrected as the edition says, with the steps of what changed it."""
    punti, primi = moltiplica(punti, edizione)
    punti, secondi = recupera(punti, misura, risultato, edizione)
    punti, limiti = limita(punti, edizione)
    return punti, (*primi, *secondi, *limiti)


@esatto
def moltiplica(punti: Decimal, edizione: Edizione) -> Corretto:
    """v · m(v) / 100, with m the points of the multiplier band where v falls.

    Partial attainment: with ``[-, 60) → 0, [60, 80) → 50, [80, 100) → 80, [100, -] → 100`` a
    score of 59,99 becomes 0, 60 becomes 30, 100 stays 100. A score beyond the ends takes the
    nearest band. No bands: nothing happens. Source: calcolo.md, "multiplier bands".
    """
    if not edizione.moltiplicatori:
        return punti, ()
    fattore = punti_in(punti, fascia_di(netto(punti), edizione.moltiplicatori))
    esito = punti * fattore / CENTO
    return esito, (passo(Codice.MOLTIPLICATORE, da=punti, fattore=fattore, punti=esito),)


@esatto
def recupera(punti: Decimal, misura: Misura, risultato: Risultato, edizione: Edizione) -> Corretto:
    """v + (100 − v) · p / 100: exogenous causes give back p % of what is missing to 100.

    p is that of the result, otherwise that of the measure, and at most ``recupero_massimo``. p = 0
    or none: nothing happens. v ≥ 100: nothing is missing, v stays (the formula would lower a score
    over 100). v < 0: what is missing is counted from v, before the floor. p = 100 gives 100.
    Source: calcolo.md, "exogenous-cause recovery".
    """
    chiesta, motivo = recupero_di(misura, risultato)
    if not chiesta:
        return punti, ()
    quota, passi = _quota_ammessa(chiesta, edizione)
    if netto(punti) >= CENTO or not quota:
        return punti, (*passi, passo(Codice.RECUPERO_SENZA_EFFETTO, punti=punti))
    esito = punti + (CENTO - punti) * quota / CENTO
    fatto = passo(Codice.RECUPERO, motivo=motivo, da=punti, quota=quota, punti=esito)
    return esito, (*passi, fatto)


def recupero_di(misura: Misura, risultato: Risultato) -> tuple[Decimal, str]:
    """The recovery asked for a result (%) and its reason; 0 when none is asked."""
    proprio = risultato.recupero is not None
    chi: Misura | Risultato = risultato if proprio else misura
    return chi.recupero or ZERO, chi.recupero_motivo or "motivo non indicato"


def _quota_ammessa(chiesta: Decimal, edizione: Edizione) -> Corretto:
    massimo = edizione.recupero_massimo
    if chiesta <= massimo:
        return chiesta, ()
    return massimo, (passo(Codice.RECUPERO_LIMITATO, chiesta=chiesta, massimo=massimo),)
