# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the tests of the objectives share."""

import pytest

from piani.models import Azienda
from tests.factories import EdizioneFactory


@pytest.fixture
def ente(azienda: Azienda) -> Azienda:
    """An azienda with its rules for the results."""
    EdizioneFactory(azienda=azienda)
    return azienda
