# SPDX-License-Identifier: AGPL-3.0-or-later
"""A round of computation to its end, with what it did in all."""

from collections.abc import Sequence

from obiettivi.azioni import Svolgimento
from obiettivi.azioni.esecuzione import Resoconto


def ricalcola(
    piani: Sequence[int], *, prospettiva: str, anno: int, frazioni: Sequence[str]
) -> Resoconto:
    tutto = Resoconto()
    for _calcoli, resoconto in Svolgimento(
        piani, prospettiva=prospettiva, anno=anno, frazioni=frazioni
    ):
        tutto.aggiungi(resoconto)
    return tutto
