# SPDX-License-Identifier: AGPL-3.0-or-later
"""The chart of the tests, and how to read a chart at a glance."""

from dataclasses import dataclass
from datetime import date

from piani.models import Azienda, Incarico, Organigramma, Ruolo, UnitaOrganizzativa
from tests.factories import IncaricoFactory

DAL = date(2025, 1, 1)
ULTIMO = date(2024, 12, 31)


@dataclass
class Struttura:
    """The chart in force since 2020 and its units by code."""

    azienda: Azienda
    versione: Organigramma

    def unita(self, codice: str) -> UnitaOrganizzativa:
        return in_versione(self.versione, codice)

    def incarico(
        self, codice: str, ruolo: Ruolo = Ruolo.RESPONSABILE_CDR, **altro: object
    ) -> Incarico:
        return IncaricoFactory(azienda=self.azienda, unita=self.unita(codice), ruolo=ruolo, **altro)


def in_versione(versione: Organigramma, codice: str) -> UnitaOrganizzativa:
    return UnitaOrganizzativa.objects.get(organigramma=versione, codice=codice)


def disegno(versione: Organigramma) -> list[str]:
    """The tree as indented codes, in the order of the pages."""
    unita = UnitaOrganizzativa.objects.di_versione(versione)
    return [f"{'  ' * una.tree_depth}{una.codice}" for una in unita]
