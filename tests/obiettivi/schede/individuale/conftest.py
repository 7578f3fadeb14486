# SPDX-License-Identifier: AGPL-3.0-or-later
"""The scheda of a CdR and the sheet of who leads it."""

from collections.abc import Callable
from decimal import Decimal

import pytest

from obiettivi.models import PunteggioScheda, SchedaBudget, ValutazioneIndividuale
from tests.factories import SchedaFactory, ValutazioneFactory

D = Decimal


@pytest.fixture
def scheda_cdr() -> Callable[..., SchedaBudget]:
    """The scheda of a sheet's unit, closed with a score."""

    def crea(valutazione: ValutazioneIndividuale, punteggio: str = "90") -> SchedaBudget:
        scheda: SchedaBudget = SchedaFactory(
            azienda=valutazione.azienda, unita=valutazione.unita, stato="chiusa"
        )
        PunteggioScheda.objects.create(
            scheda=scheda, livello="S", oggetto=scheda.pk, stato="C", punteggio=D(punteggio)
        )
        return scheda

    return crea


@pytest.fixture
def valutazione() -> ValutazioneIndividuale:
    una: ValutazioneIndividuale = ValutazioneFactory()
    return una
