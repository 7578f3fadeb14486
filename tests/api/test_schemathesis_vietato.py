# SPDX-License-Identifier: AGPL-3.0-or-later
"""Every operation asked with what its description does not allow: refused, and never a 500."""

from typing import Any

import pytest
from django.test import Client
from schemathesis.generation import GenerationMode

from piani.models import Azienda
from tests.api.operazioni import TRATTI, chiedi_tutte

pytestmark = pytest.mark.django_db


@pytest.mark.lunga
@pytest.mark.parametrize("tratto", TRATTI)
def test_ogni_operazione_rifiuta_cio_che_non_dice(
    tratto: int, azienda: Azienda, api: Client, settings: Any, subtests: Any
) -> None:
    settings.API_AL_MINUTO = 1_000_000
    chiedi_tutte(GenerationMode.NEGATIVE, tratto, azienda, api, subtests)
