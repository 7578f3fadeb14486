# SPDX-License-Identifier: AGPL-3.0-or-later
"""What of the settings only the models can judge: a wrong word stops the start."""

from typing import Any

from django.conf import settings
from django.core import checks

from piani.models import Ruolo

NESSUNO = "nessuno"


@checks.register(checks.Tags.security)
def ruoli_del_secondo_fattore(**_altro: Any) -> list[checks.CheckMessage]:
    """A ruolo misspelt would leave without second factor who should have it."""
    sconosciuti = set(settings.SECONDO_FATTORE_PER) - {*Ruolo.values, NESSUNO}
    return [
        checks.Error(
            f"SECONDO_FATTORE_PER nomina «{parola}», che non è un ruolo.",
            hint=f"Scrivere fra: {', '.join([*Ruolo.values, NESSUNO])}.",
            id="piani.E001",
        )
        for parola in sorted(sconosciuti)
    ]
