# SPDX-License-Identifier: AGPL-3.0-or-later
"""The ways in which the scores of the children make the score of the parent.

Each takes the counted children and all of them, and gives the points with the step that shows the
arithmetic. Who is counted, and with what, is decided before (``aggregazione``).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from .arrotondamento import CENTO, ZERO, netto
from .edizione import Edizione, Pesi, Sintesi
from .fasce import fascia_di, punti_in
from .passi import Codice, Passo, passo
from .valori import Escluso, Punteggio


@dataclass(frozen=True)
class Contributo:
    """What a child brought: its score as counted (``None`` = out) and its share of 100."""

    codice: str
    nome: str
    punteggio: Punteggio
    peso: Decimal
    contato: Decimal | None
    quota: Decimal


Voci = Sequence[Contributo]
Somma = tuple[Decimal, Passo]


def _contati(voci: Voci) -> list[Decimal]:
    return [voce.contato for voce in voci if voce.contato is not None]


def _prodotti(voci: Voci) -> Decimal:
    return sum((voce.peso * (voce.contato or ZERO) for voce in voci), ZERO)


def _media_pesata(dentro: Voci, tutte: Voci, edizione: Edizione) -> Somma:
    """Σ w·s / Σ w on the counted children, or Σ w·s / 100 when the weights are kept."""
    somma = _prodotti(dentro)
    if edizione.pesi is Pesi.MANTENUTI:
        punti = somma / CENTO
        return punti, passo(Codice.MEDIA_PESI_MANTENUTI, somma=somma, punti=punti)
    pesi = sum((voce.peso for voce in dentro), ZERO)
    punti = somma / pesi
    return punti, passo(Codice.MEDIA_PESATA, somma=somma, pesi=pesi, punti=punti)


def _media_semplice(dentro: Voci, tutte: Voci, edizione: Edizione) -> Somma:
    """Σ s / n on the counted children, whatever their weights."""
    somma, quanti = sum(_contati(dentro), ZERO), Decimal(len(dentro))
    punti = somma / quanti
    return punti, passo(Codice.MEDIA_SEMPLICE, somma=somma, quanti=quanti, punti=punti)


def _somma_punti(dentro: Voci, tutte: Voci, edizione: Edizione) -> Somma:
    """100 · Σ (w·s/100) / Σ w: weights are the points at stake, those of missing children too."""
    presi = _prodotti(dentro) / CENTO
    dovute = [voce for voce in tutte if not isinstance(voce.punteggio, Escluso)]
    massimo = sum((voce.peso for voce in dovute), ZERO)
    punti = CENTO * presi / massimo
    return punti, passo(Codice.SOMMA_PUNTI, presi=presi, massimo=massimo, punti=punti)


def _raggiunti(dentro: Voci, edizione: Edizione) -> Decimal:
    return Decimal(sum(_e_raggiunto(voce, edizione) for voce in dentro))


def _e_raggiunto(voce: Contributo, edizione: Edizione) -> bool:
    return netto(voce.contato or ZERO) >= edizione.soglia_raggiunto


def _tutto_o_niente(dentro: Voci, tutte: Voci, edizione: Edizione) -> Somma:
    """100 if every counted child is reached (``soglia_raggiunto``), else 0."""
    raggiunti, quanti = _raggiunti(dentro, edizione), Decimal(len(dentro))
    punti = CENTO if raggiunti == quanti else ZERO
    return punti, passo(Codice.TUTTO_O_NIENTE, raggiunti=raggiunti, quanti=quanti, punti=punti)


def _quota_raggiunti(dentro: Voci, tutte: Voci, edizione: Edizione) -> Somma:
    """100 · reached / counted, whatever the weights."""
    raggiunti, quanti = _raggiunti(dentro, edizione), Decimal(len(dentro))
    punti = CENTO * raggiunti / quanti
    return punti, passo(Codice.QUOTA_RAGGIUNTI, raggiunti=raggiunti, quanti=quanti, punti=punti)


def _quota_pesata(dentro: Voci, tutte: Voci, edizione: Edizione) -> Somma:
    """100 · Σ w of the reached / Σ w of the counted."""
    presi = sum((voce.peso for voce in dentro if _e_raggiunto(voce, edizione)), ZERO)
    pesi = sum((voce.peso for voce in dentro), ZERO)
    punti = CENTO * presi / pesi
    return punti, passo(Codice.QUOTA_PESATA, presi=presi, pesi=pesi, punti=punti)


def _conteggio(dentro: Voci, tutte: Voci, edizione: Edizione) -> Somma:
    """Points by the number of reached children, on ``fasce_conteggio``; weights do not count.

    With ``[0, 4) → 0, [4, 7) → 50, [7, -] → 100``: 3 reached → 0, 4 → 50, 6 → 50, 7 → 100.
    """
    raggiunti, quanti = _raggiunti(dentro, edizione), Decimal(len(dentro))
    punti = punti_in(raggiunti, fascia_di(raggiunti, edizione.fasce_conteggio))
    return punti, passo(Codice.CONTEGGIO, raggiunti=raggiunti, quanti=quanti, punti=punti)


def _minimo(dentro: Voci, tutte: Voci, edizione: Edizione) -> Somma:
    """The lowest score among the counted children."""
    peggiore = min(dentro, key=lambda voce: voce.contato or ZERO)
    punti = peggiore.contato or ZERO
    return punti, passo(Codice.MINIMO, nome=peggiore.nome, punti=punti)


CON_PESI = frozenset({Sintesi.MEDIA_PESATA, Sintesi.SOMMA_PUNTI, Sintesi.QUOTA_PESATA})
SINTESI: dict[Sintesi, Callable[[Voci, Voci, Edizione], Somma]] = {
    Sintesi.MEDIA_PESATA: _media_pesata,
    Sintesi.MEDIA_SEMPLICE: _media_semplice,
    Sintesi.SOMMA_PUNTI: _somma_punti,
    Sintesi.TUTTO_O_NIENTE: _tutto_o_niente,
    Sintesi.QUOTA_RAGGIUNTI: _quota_raggiunti,
    Sintesi.QUOTA_PESATA: _quota_pesata,
    Sintesi.CONTEGGIO: _conteggio,
    Sintesi.MINIMO: _minimo,
}
