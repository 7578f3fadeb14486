# SPDX-License-Identifier: AGPL-3.0-or-later
"""A Comitato of four and its meetings: what the tests of the meetings begin from."""

from dataclasses import dataclass
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from conciliazione.azioni import adunanza, votazione
from conciliazione.azioni.presenze import Detta, segna_presenze
from conciliazione.models import EdizioneConciliazione, Seduta, Seggio, Votazione
from piani.models import Utente
from tests.factories_conciliazione import PuntoOrdineFactory, SedutaFactory


@dataclass
class Comitato:
    """Four seats (the quorum is three), the first is the capofila's; each has its titolare."""

    edizione: EdizioneConciliazione
    ufficio: Utente
    seggi: list[Seggio]
    titolari: list[Utente]
    supplente: Utente

    def seduta(self, quando: Any = None, **altro: Any) -> Seduta:
        """Called, of today."""
        seduta = SedutaFactory(
            edizione=self.edizione, sede="Sala grande", quando=quando or timezone.now(), **altro
        )
        PuntoOrdineFactory(seduta=seduta, ordine=1)
        return seduta

    def presenti(self, seduta: Seduta, quanti: int) -> None:
        detti = {seggio.pk: Detta(titolare=True) for seggio in self.seggi[:quanti]}
        segna_presenze(seduta, seggi=detti, da=self.ufficio)

    def aperta(self, quanti: int = 4) -> Seduta:
        seduta = self.seduta()
        self.presenti(seduta, quanti)
        adunanza.apri_seduta(seduta, da=self.ufficio)
        return seduta

    def votazione(self, quanti: int = 4) -> Votazione:
        punto = self.aperta(quanti).punti.get()
        return votazione.apri_votazione(punto, quesito="Si approva?", da=self.ufficio)

    def vota(self, questa: Votazione, *valori: str) -> Votazione:
        for seggio, titolare, valore in zip(self.seggi, self.titolari, valori, strict=False):
            votazione.vota(questa, seggio=seggio, valore=valore, da=titolare)
        return questa


def rifiuto(azione: Any, *args: Any, **kwargs: Any) -> str:
    with pytest.raises(ValidationError) as raccolto:
        azione(*args, **kwargs)
    return " ".join(raccolto.value.messages)
