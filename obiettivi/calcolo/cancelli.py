# SPDX-License-Identifier: AGPL-3.0-or-later
"""Gates: a condition on some scores that opens, reduces or closes another score.

Prerequisites of a scheda, "all the areas at least 60", a graded gate times a weighted total: they
are all the same gate, on different conditions (``dopo_sintesi``).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from .arrotondamento import CENTO, ZERO, esatto, netto
from .edizione import Cancello, Effetto, Insieme
from .fasce import fascia_di, punti_in
from .passi import Codice, Esito, Passo, passo
from .valori import Calcolato, Motivo, NonCalcolabile


@dataclass(frozen=True)
class Condizione:
    """A score that a gate looks at; the weight counts only for the mean."""

    nome: str
    punti: Decimal
    peso: Decimal


@esatto
def attraversa(punti: Decimal, cancello: Cancello, condizioni: Sequence[Condizione]) -> Esito:
    """The score after the gate. No condition at all: the gate is open.

    ``azzera``, ``limita``, ``sbarra`` act when the condition, worst or mean, is under ``soglia``
    (equal is enough); ``fattore`` always does. Source: calcolo.md, "prerequisites (zero
    everything, or multiply by a graded factor); pre-requisite gate of a scheda".
    """
    if not condizioni:
        return Esito(Calcolato(punti))
    vista, passi = _insieme(cancello, condizioni)
    if cancello.effetto is Effetto.FATTORE:
        esito = _fattore(punti, cancello, vista)
    elif netto(vista.punti) >= cancello.soglia:
        aperto = passo(
            Codice.CANCELLO_SUPERATO, nome=vista.nome, x=vista.punti, soglia=cancello.soglia
        )
        esito = Esito(Calcolato(punti), (aperto,))
    else:
        esito = _EFFETTI[cancello.effetto](punti, cancello, vista)
    return Esito(esito.punteggio, (*passi, *esito.passi))


def _insieme(
    cancello: Cancello, condizioni: Sequence[Condizione]
) -> tuple[Condizione, tuple[Passo, ...]]:
    """The condition to look at: the worst (the first of equals), or the mean of all.

    The mean is weighted, Σ w·s / Σ w; plain when the weights are all zero.
    """
    if cancello.insieme is Insieme.MINIMO:
        return min(condizioni, key=lambda una: una.punti), ()
    if not any(una.peso for una in condizioni):
        condizioni = [Condizione(una.nome, una.punti, Decimal(1)) for una in condizioni]
    somma = sum((una.punti * una.peso for una in condizioni), ZERO)
    pesi = sum((una.peso for una in condizioni), ZERO)
    media = somma / pesi
    detto = passo(Codice.CONDIZIONI_MEDIA, somma=somma, pesi=pesi, punti=media)
    return Condizione("La media delle condizioni", media, pesi), (detto,)


def _fattore(punti: Decimal, cancello: Cancello, vista: Condizione) -> Esito:
    """v · f / 100, with f the points of the band where the condition falls."""
    fattore = punti_in(vista.punti, fascia_di(netto(vista.punti), cancello.fattori))
    esito = punti * fattore / CENTO
    detto = passo(
        Codice.CANCELLO_FATTORE,
        nome=vista.nome,
        x=vista.punti,
        fattore=fattore,
        da=punti,
        punti=esito,
    )
    return Esito(Calcolato(esito), (detto,))


def _azzera(punti: Decimal, cancello: Cancello, vista: Condizione) -> Esito:
    detto = _chiuso(Codice.CANCELLO_AZZERA, cancello, vista, punti)
    return Esito(Calcolato(ZERO), (detto,))


def _limita(punti: Decimal, cancello: Cancello, vista: Condizione) -> Esito:
    """min(v, limit)."""
    limite = ZERO if cancello.limite is None else cancello.limite
    esito = min(punti, limite)
    detto = passo(
        Codice.CANCELLO_LIMITA,
        nome=vista.nome,
        x=vista.punti,
        soglia=cancello.soglia,
        limite=limite,
        da=punti,
        punti=esito,
    )
    return Esito(Calcolato(esito), (detto,))


def _sbarra(punti: Decimal, cancello: Cancello, vista: Condizione) -> Esito:
    detto = _chiuso(Codice.CANCELLO_SBARRA, cancello, vista, punti)
    return Esito(NonCalcolabile(Motivo.SBARRATO, vista.nome), (detto,))


def _chiuso(codice: Codice, cancello: Cancello, vista: Condizione, punti: Decimal) -> Passo:
    return passo(codice, nome=vista.nome, x=vista.punti, soglia=cancello.soglia, da=punti)


_EFFETTI: dict[Effetto, Callable[[Decimal, Cancello, Condizione], Esito]] = {
    Effetto.AZZERA: _azzera,
    Effetto.LIMITA: _limita,
    Effetto.SBARRA: _sbarra,
}
