# SPDX-License-Identifier: AGPL-3.0-or-later
"""A receiver that listens here, and jobs done at once."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.ricevitore import Ricevitore, in_ascolto


@pytest.fixture(autouse=True)
def _subito(settings: Any) -> None:
    """Jobs are done in the process that sends them."""
    settings.CELERY_TASK_ALWAYS_EAGER = True
    settings.WEBHOOK_HOST_INTERNI = ["127.0.0.1"]


@pytest.fixture
def ricevitore() -> Iterator[Ricevitore]:
    with in_ascolto() as questo:
        yield questo
