# SPDX-License-Identifier: AGPL-3.0-or-later
"""The ambiti as pages and files show them: municipalities printed and listed, the answers."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from conciliazione.models import Ambito, RilevazioneTempi

INTESTAZIONE = (
    "ambito", "comuni stampati", "comuni elencati", "differenza", "risposta", "testo", "del",
)  # fmt: skip


@dataclass(frozen=True)
class DiAmbito:
    """An ambito with its count and, if it was asked, its answer in an edition."""

    ambito: Ambito
    elencati: int
    risposta: RilevazioneTempi | None

    @property
    def differenza(self) -> int | None:
        """Printed minus listed."""
        stampati = self.ambito.comuni_stampati
        return None if stampati is None else stampati - self.elencati

    def celle(self) -> tuple[object, ...]:
        """For the file."""
        risposta = self.risposta
        return (
            self.ambito.nome, self.ambito.comuni_stampati, self.elencati, self.differenza,
            risposta.get_esito_display() if risposta else "", risposta.testo if risposta else "",
            risposta.risposta_il if risposta else None,
        )  # fmt: skip


def degli_ambiti(ambiti: QuerySet[Ambito], risposte: QuerySet[RilevazioneTempi]) -> list[DiAmbito]:
    """As many queries for one ambito as for many."""
    date = {una.ambito_id: una for una in risposte}
    contati = ambiti.annotate(quanti=Count("comuni"))
    return [DiAmbito(uno, uno.quanti, date.get(uno.pk)) for uno in contati]


def per_esito(righe: Iterable[DiAmbito]) -> list[tuple[str, int]]:
    """How many ambiti gave each answer, those that there are; in the order of the answers."""
    conto = Counter(uno.risposta.esito for uno in righe if uno.risposta)
    return [(str(esito.label), conto[esito]) for esito in RilevazioneTempi.Esito if conto[esito]]
