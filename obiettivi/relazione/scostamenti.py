# SPDX-License-Identifier: AGPL-3.0-or-later
"""The indicators of a year that did not reach their target, or that nobody could score."""

from collections.abc import Iterator
from decimal import Decimal

from obiettivi.models import Misura, Prospettiva, Raggiungimento
from obiettivi.voti import RAGGIUNTO
from piani.models import Piano

Stato = Raggiungimento.Stato


def fuori_target(piano: Piano, anno: int) -> dict[int, Raggiungimento]:
    """The scores of the year that a Relazione explains, by misura: below 100, or not computable.

    What is excluded by the rules is not a deviation.
    """
    righe = Raggiungimento.objects.filter(
        piano=piano,
        prospettiva=Prospettiva.CONSUNTIVO,
        anno=anno,
        frazione="",
        livello=Raggiungimento.Livello.INDICATORE,
    ).exclude(stato=Stato.ESCLUSO)
    return {riga.oggetto: riga for riga in righe if not raggiunto(riga.punteggio)}


def raggiunto(punteggio: Decimal | None) -> bool:
    """Whether a score says that the target was reached."""
    return punteggio is not None and punteggio >= RAGGIUNTO


def misure_fuori_target(piano: Piano, anno: int) -> Iterator[tuple[Misura, Raggiungimento]]:
    """The misure of those scores with them, in the order of the plan."""
    fuori = fuori_target(piano, anno)
    misure = Misura.objects.filter(pk__in=fuori).select_related(
        "indicatore__azienda", "obiettivo__area"
    )
    for misura in misure.order_by(
        "obiettivo__area__tipo", "obiettivo__area__ordine", "obiettivo__ordine", "ordine", "pk"
    ):
        yield misura, fuori[misura.pk]
