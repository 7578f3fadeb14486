# SPDX-License-Identifier: AGPL-3.0-or-later
"""Two questionnaires on the same dimensions, one asked before the other."""

from dataclasses import dataclass
from decimal import Decimal

from piani.questionari.risultati import Risultati


@dataclass(frozen=True)
class Coppia:
    """The mean of a dimension before and after; None where there is none, or it stays silent."""

    nome: str
    prima: Decimal | None
    dopo: Decimal | None

    @property
    def differenza(self) -> Decimal | None:
        if self.prima is None or self.dopo is None:
            return None
        return self.dopo - self.prima


def confronta(prima: Risultati, dopo: Risultati) -> list[Coppia]:
    """The dimensions of both, in the order of the later one."""
    medie = {una.nome: una.media for una in prima.dimensioni}
    coppie = [Coppia(una.nome, medie.pop(una.nome, None), una.media) for una in dopo.dimensioni]
    return coppie + [Coppia(nome, media, None) for nome, media in medie.items()]
