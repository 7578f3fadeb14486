# SPDX-License-Identifier: AGPL-3.0-or-later
"""A day of April, a scheda in monitoring, a row of it and who leads the CdR."""

from datetime import date

import pytest

from obiettivi.models import RigaScheda, SchedaBudget
from piani.models import Azienda, Utente
from tests.factories import AreaSchedaFactory, FinestraFactory, RigaSchedaFactory, SchedaFactory
from tests.obiettivi.schede.rendicontazione.passi import OGGI, guida, il_giorno


@pytest.fixture(autouse=True)
def _oggi(monkeypatch: pytest.MonkeyPatch) -> None:
    il_giorno(monkeypatch, OGGI)


@pytest.fixture
def scheda(azienda: Azienda) -> SchedaBudget:
    FinestraFactory(azienda=azienda, anno=2023, apre=date(2023, 4, 1), scade=date(2023, 4, 20))
    return SchedaFactory(azienda=azienda, anno=2023, stato=SchedaBudget.Stato.IN_MONITORAGGIO)


@pytest.fixture
def riga(scheda: SchedaBudget) -> RigaScheda:
    return RigaSchedaFactory(area=AreaSchedaFactory(scheda=scheda))


@pytest.fixture
def capo(scheda: SchedaBudget) -> Utente:
    return guida(scheda.unita)
