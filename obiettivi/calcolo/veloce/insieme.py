# SPDX-License-Identifier: AGPL-3.0-or-later
"""The parts of a leaf put together, without the steps: the twin of ``giudizio._insieme``."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from ..arrotondamento import CENTO, ZERO, Livello
from ..edizione import Edizione, SintesiPeriodi
from ..politiche import blocca, contato, senza_valutati
from ..valori import Calcolato, Escluso, Motivo, NonCalcolabile, Punteggio


@dataclass(frozen=True, slots=True)
class Parte:
    """The score of a quarter or of a site, or of the whole leaf."""

    punteggio: Punteggio
    copertura: Decimal
    dimostrativo: bool

    @classmethod
    def vuota(cls) -> "Parte":
        """One that is not judged yet."""
        return cls(NonCalcolabile(Motivo.NESSUN_VALORE), ZERO, False)

    @classmethod
    def calcolata(
        cls, punteggio: Calcolato, copertura: Decimal | None, dimostrativo: bool
    ) -> "Parte":
        """One with a figure; ``None``: it covers its whole period."""
        return cls(punteggio, CENTO if copertura is None else copertura, dimostrativo)


def metti_insieme(parti: Sequence[Parte], edizione: Edizione, come: SintesiPeriodi) -> Parte | None:
    """The leaf from its parts; ``None`` if one of them blocks it, since then its name is told."""
    livello = Livello.INDICATORE
    punteggi = [parte.punteggio for parte in parti]
    if any(blocca(uno, edizione, livello) for uno in punteggi):
        return None
    contati = [contato(uno, edizione, livello) for uno in punteggi]
    valori = [uno for uno in contati if uno is not None]
    punteggio: Punteggio
    if not valori:
        punteggio = senza_valutati(punteggi)
    elif come is SintesiPeriodi.ULTIMO:
        punteggio = Calcolato(valori[-1])
    else:
        punteggio = Calcolato(sum(valori, ZERO) / Decimal(len(valori)))
    dovute = [parte for parte in parti if not isinstance(parte.punteggio, Escluso)]
    copertura = ZERO
    if dovute:
        copertura = sum((parte.copertura for parte in dovute), ZERO) / len(dovute)
    return Parte(punteggio, copertura, any(parte.dimostrativo for parte in parti))
