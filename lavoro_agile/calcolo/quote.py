# SPDX-License-Identifier: AGPL-3.0-or-later
"""Shares of people: over all the staff and over those who could, always the two together."""

from dataclasses import dataclass
from decimal import Decimal

CENTO = Decimal(100)


def percento(parte: int | Decimal | None, tutto: int | Decimal | None) -> Decimal | None:
    """Not rounded; None when one of the two is not known, or there is nobody to count."""
    if parte is None or not tutto:
        return None
    return CENTO * parte / tutto


@dataclass(frozen=True)
class DoppiaQuota:
    """So many people over the two denominators: 73 are 3,01% of 2.426 and 32,74% of 223 (ASST
    Cremona). One alone would say too little, or too much.
    """

    quanti: int
    dipendenti: int | None
    potenziali: int | None

    @property
    def sui_dipendenti(self) -> Decimal | None:
        return percento(self.quanti, self.dipendenti)

    @property
    def sui_potenziali(self) -> Decimal | None:
        return percento(self.quanti, self.potenziali)
