# SPDX-License-Identifier: AGPL-3.0-or-later
"""A plan, and who takes it from draft to adoption."""

from collections.abc import Callable

import pytest

from piani.models import Azienda, Piano, Ruolo, Utente
from tests.factories import piano_pronto


@pytest.fixture
def piano(azienda: Azienda) -> Piano:
    return piano_pronto(azienda)


@pytest.fixture
def nucleo(incaricato: Callable[..., Utente]) -> Utente:
    return incaricato(Ruolo.NUCLEO)


@pytest.fixture
def direzione(incaricato: Callable[..., Utente]) -> Utente:
    return incaricato(Ruolo.DIREZIONE)
