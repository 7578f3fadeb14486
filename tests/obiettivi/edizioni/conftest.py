# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who does the controllo di gestione, at the pages of the editions."""

from collections.abc import Callable

import pytest
from django.test import Client

from obiettivi.models import EdizioneSMVP
from piani.models import Azienda, Utente
from tests.factories import EdizioneFactory


@pytest.fixture
def edizione(azienda: Azienda) -> EdizioneSMVP:
    return EdizioneFactory(azienda=azienda, anno=2022)


@pytest.fixture
def client_controllo(controllo: Utente, entra: Callable[[Utente], Client]) -> Client:
    return entra(controllo)
