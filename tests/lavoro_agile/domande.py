# SPDX-License-Identifier: AGPL-3.0-or-later
"""Days, and what a refusal says, for the tests of the requests."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

OGGI = timezone.localdate()
IERI = OGGI - timedelta(days=1)


def perche(errore: pytest.ExceptionInfo[ValidationError]) -> str:
    return " ".join(errore.value.messages)
