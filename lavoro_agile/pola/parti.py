# SPDX-License-Identifier: AGPL-3.0-or-later
"""The four parts of a POLA, as the guideline of the 9th of December 2020 orders them."""

from dataclasses import dataclass

from piani.models import Piano, Sezione

TIPI = (
    Sezione.Tipo.POLA_ATTUAZIONE,
    Sezione.Tipo.POLA_MODALITA,
    Sezione.Tipo.POLA_SOGGETTI,
    Sezione.Tipo.POLA_PROGRAMMA,
)


@dataclass(frozen=True)
class Parte:
    """A part, with the sections of the plan that write it: none if it is missing."""

    numero: int
    nome: str
    sezioni: tuple[Sezione, ...]


def parti_di(piano: Piano) -> list[Parte]:
    """The four parts of the plan of a POLA, in one query."""
    sezioni = list(piano.sezioni.filter(tipo__in=TIPI))
    return [
        Parte(numero, str(tipo.label), tuple(una for una in sezioni if una.tipo == tipo))
        for numero, tipo in enumerate(TIPI, start=1)
    ]
