# SPDX-License-Identifier: AGPL-3.0-or-later
"""An edition in force and the people around it: the office, a head with a unit, an employee."""

from collections.abc import Callable
from datetime import date

import pytest

from lavoro_agile.models import BandoLavoroAgile, DomandaLavoroAgile, EdizioneLavoroAgile
from piani.models import Azienda, Ruolo, UnitaOrganizzativa, Utente
from tests.factories import IncaricoFactory, OrganigrammaFactory, UnitaFactory
from tests.factories_lavoro_agile import (
    BandoAgileFactory,
    DomandaAgileFactory,
    EdizioneAgileFactory,
)


@pytest.fixture
def edizione(azienda: Azienda) -> EdizioneLavoroAgile:
    return EdizioneAgileFactory(azienda=azienda)


@pytest.fixture
def bando(edizione: EdizioneLavoroAgile) -> BandoLavoroAgile:
    """An open call."""
    return BandoAgileFactory(edizione=edizione)


@pytest.fixture
def unita(azienda: Azienda) -> UnitaOrganizzativa:
    """A unit of the chart in force."""
    organigramma = OrganigrammaFactory(azienda=azienda, valido_dal=date(2020, 1, 1))
    return UnitaFactory(organigramma=organigramma)


@pytest.fixture
def con_incarico(azienda: Azienda) -> Callable[..., Utente]:
    """Who holds a ruolo in the azienda of the test."""

    def crea(ruolo: Ruolo, **altro: object) -> Utente:
        return IncaricoFactory(ruolo=ruolo, azienda=azienda, **altro).utente

    return crea


@pytest.fixture
def ufficio(con_incarico: Callable[..., Utente]) -> Utente:
    """The risorse umane."""
    return con_incarico(Ruolo.RISORSE_UMANE)


@pytest.fixture
def capo(con_incarico: Callable[..., Utente], unita: UnitaOrganizzativa) -> Utente:
    """The head of the unit."""
    return con_incarico(Ruolo.RESPONSABILE_CDR, unita=unita)


@pytest.fixture
def dipendente(con_incarico: Callable[..., Utente], unita: UnitaOrganizzativa) -> Utente:
    """Who works in the unit."""
    return con_incarico(Ruolo.DIPENDENTE, unita=unita)


@pytest.fixture
def presentata(
    bando: BandoLavoroAgile, unita: UnitaOrganizzativa, dipendente: Utente
) -> DomandaLavoroAgile:
    """A request of the employee, of the area without a talk."""
    return DomandaAgileFactory(
        bando=bando, unita=unita, unita_stampata="", persona=dipendente, area="dirigenza"
    )
