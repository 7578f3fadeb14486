# SPDX-License-Identifier: AGPL-3.0-or-later
"""The indicators of the guideline beside a programme: which are in it already, which could be."""

from collections.abc import Collection
from dataclasses import dataclass

from lavoro_agile.models import Dimensione, IndicatorePola, Pola
from lavoro_agile.predefinite import linee_guida

PREFISSO = "LA-"


@dataclass(frozen=True)
class Modello:
    """An indicator of the guideline."""

    codice: str
    dimensione: Dimensione
    natura: IndicatorePola.Natura
    nome: str
    formula: str
    tipo_formula: str
    unita: str
    verso: str

    @property
    def codice_biblioteca(self) -> str:
        """Its code in the library of the azienda: the same whatever the plan."""
        return f"{PREFISSO}{self.codice.upper()}"


@dataclass(frozen=True)
class Proposta:
    """An indicator of the guideline, and whether the programme has it."""

    modello: Modello
    preso: bool


def modelli() -> dict[str, Modello]:
    """The 40 indicators by code, in the order of the guideline."""
    return {
        uno["codice"]: Modello(
            codice=uno["codice"],
            dimensione=Dimensione(uno["dimensione"]),
            natura=IndicatorePola.Natura(uno["natura"]),
            nome=uno["nome"],
            formula=uno["formula"],
            tipo_formula=uno["tipo_formula"],
            unita=uno["unita"],
            verso=uno["verso"],
        )
        for uno in linee_guida()["indicatori"]
    }


def presi(pola: Pola) -> set[str]:
    """The codes of the guideline that the programme follows already."""
    return set(pola.indicatori.exclude(modello="").values_list("modello", flat=True))


def proposte(gia: Collection[str]) -> list[tuple[Dimensione, list[Proposta]]]:
    """The 40 indicators by dimension."""
    tutti = modelli().values()
    return [
        (una, [Proposta(uno, uno.codice in gia) for uno in tutti if uno.dimensione == una])
        for una in Dimensione
    ]
