# SPDX-License-Identifier: AGPL-3.0-or-later
"""What happens to an element without a score when a level is put together.

Excluded elements leave the count. For the others the edition decides, level by level if it wants
to: out, counted as 0, or everything above stops.
"""

from collections.abc import Sequence
from decimal import Decimal

from .arrotondamento import ZERO, Livello
from .edizione import Edizione, Politica
from .passi import Codice, Passo, passo
from .valori import Calcolato, Escluso, Motivo, NonCalcolabile, Punteggio


def politica_per(
    punteggio: NonCalcolabile, edizione: Edizione, livello: Livello | None = None
) -> Politica:
    """What a level does with an element that has no score; a block always goes up.

    ``livello`` is the one that rolls up; ``None`` asks for the general policy.
    """
    if punteggio.motivo is Motivo.BLOCCATO:
        return Politica.BLOCCA
    return edizione.politica(livello, manca=punteggio.motivo is Motivo.NESSUN_VALORE)


def contato(
    punteggio: Punteggio, edizione: Edizione, livello: Livello | None = None
) -> Decimal | None:
    """The score with which an element enters the roll-up; ``None`` if it stays out."""
    if isinstance(punteggio, Calcolato):
        return punteggio.valore
    if isinstance(punteggio, Escluso):
        return None
    return ZERO if politica_per(punteggio, edizione, livello) is Politica.ZERO else None


def blocca(punteggio: Punteggio, edizione: Edizione, livello: Livello | None = None) -> bool:
    """Whether an element without a score stops what is above it."""
    return (
        isinstance(punteggio, NonCalcolabile)
        and politica_per(punteggio, edizione, livello) is Politica.BLOCCA
    )


def senza_valutati(punteggi: Sequence[Punteggio]) -> NonCalcolabile | Escluso:
    """The outcome when no element enters the roll-up: one common reason stays that reason."""
    if not punteggi:
        return NonCalcolabile(Motivo.NESSUN_ELEMENTO)
    mancati = [uno for uno in punteggi if isinstance(uno, NonCalcolabile)]
    if not mancati:
        motivi = sorted({uno.frase for uno in punteggi if isinstance(uno, Escluso)})
        return Escluso("; ".join(motivi))
    motivi_mancati = {uno.motivo for uno in mancati}
    if len(motivi_mancati) == 1:
        return NonCalcolabile(motivi_mancati.pop())
    return NonCalcolabile(
        Motivo.NESSUN_ELEMENTO_VALUTATO,
        "; ".join(sorted(motivo.frase for motivo in motivi_mancati)),
    )


_CODICI = {
    Politica.ESCLUDI: Codice.NON_VALUTATO_ESCLUSO,
    Politica.ZERO: Codice.NON_VALUTATO_ZERO,
    Politica.BLOCCA: Codice.NON_VALUTATO_BLOCCA,
}


def passo_politica(
    nome: str, punteggio: Punteggio, edizione: Edizione, livello: Livello | None = None
) -> Passo:
    """The step that says what happens to an element without a score."""
    if isinstance(punteggio, NonCalcolabile):
        codice = _CODICI[politica_per(punteggio, edizione, livello)]
        return passo(codice, nome=nome, motivo=punteggio.motivo.frase)
    motivo = punteggio.frase if isinstance(punteggio, Escluso) else ""
    return passo(Codice.ESCLUSO, nome=nome, motivo=motivo)
