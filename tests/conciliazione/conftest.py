# SPDX-License-Identifier: AGPL-3.0-or-later
"""An edition in force and the people around it."""

from collections.abc import Callable

import pytest

from conciliazione.models import Componente, EdizioneConciliazione, Ente, Seggio
from piani.models import Ruolo, Utente
from tests.conciliazione.scene_comitato import Comitato
from tests.factories import IncaricoFactory
from tests.factories_conciliazione import (
    ComponenteFactory,
    EdizioneConciliazioneFactory,
    ReferenteFactory,
    SeggioFactory,
)


@pytest.fixture
def edizione(db: None) -> EdizioneConciliazione:
    return EdizioneConciliazioneFactory()


@pytest.fixture
def con_incarico(edizione: EdizioneConciliazione) -> Callable[..., Utente]:
    """Who holds a ruolo in the ATS of the edition."""

    def crea(ruolo: Ruolo = Ruolo.CAPOFILA, **altro: object) -> Utente:
        return IncaricoFactory(ruolo=ruolo, azienda=edizione.azienda, **altro).utente

    return crea


@pytest.fixture
def ufficio(con_incarico: Callable[..., Utente]) -> Utente:
    """The office of the ATS that leads the network."""
    return con_incarico()


@pytest.fixture
def referente_di() -> Callable[[Ente], Utente]:
    """A person from outside who represents a body."""
    return lambda ente: ReferenteFactory(ente=ente).utente


@pytest.fixture
def componente_di() -> Callable[[Seggio], Utente]:
    """A person from outside who holds a seat of the Comitato."""
    return lambda seggio: ComponenteFactory(seggio=seggio).utente


@pytest.fixture
def quattro(edizione: EdizioneConciliazione, ufficio: Utente) -> Comitato:
    seggi = [
        SeggioFactory(edizione=edizione, ordine=n, denominazione=f"Seggio {n}", capofila=n == 1)
        for n in range(1, 5)
    ]
    titolari = [ComponenteFactory(seggio=seggio).utente for seggio in seggi]
    supplente = ComponenteFactory(seggio=seggi[0], qualita=Componente.Qualita.SUPPLENTE).utente
    return Comitato(edizione, ufficio, seggi, titolari, supplente)
