# SPDX-License-Identifier: AGPL-3.0-or-later
"""How tall the index is when printed, before printing it: a page of its own for few lines is ugly.

Millimetres of ``static/css/stampa.css``; a line too many or too few does no harm.
"""

from collections.abc import Sequence
from decimal import Decimal
from math import ceil

from .capitoli import Capitolo
from .testi_svg import righe_stimate

PAGINA, TITOLO = Decimal(251), Decimal(21)
CAPITOLO, VOCE = Decimal("5.6"), Decimal("3.7")
LARGO_CAPITOLO, LARGO_VOCE = 58, 68
"""How many times the size of its letters a line is wide."""
STRETTO = Decimal("0.82")
"""What is left of the height in the narrow index."""
POCO = Decimal("0.35")


def sta_meglio_fitto(capitoli: Sequence[Capitolo]) -> bool:
    """Whether a narrower index spares a page, or a last page with little on it."""
    alto = TITOLO + sum((_alto(capitolo) for capitolo in capitoli), Decimal(0))
    pagine = ceil(alto / PAGINA)
    avanza = alto - PAGINA * (pagine - 1)
    return pagine > 1 and avanza < PAGINA * POCO and alto * STRETTO < PAGINA * (pagine - 1)


def _alto(capitolo: Capitolo) -> Decimal:
    voci = sum(righe_stimate(voce.titolo, LARGO_VOCE, 1) for voce in capitolo.voci)
    return CAPITOLO * righe_stimate(str(capitolo.titolo), LARGO_CAPITOLO, 1) + VOCE * voci
