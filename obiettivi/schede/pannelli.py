# SPDX-License-Identifier: AGPL-3.0-or-later
"""The panels of a scheda's page: each part of the cycle shows its own, to who has to do with it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.utils.module_loading import import_string

from obiettivi.models import SchedaBudget
from piani.models import Utente


@dataclass(frozen=True)
class Pannello:
    """A part of the page: its anchor, its heading, the template and what it shows."""

    ancora: str
    titolo: str
    template: str
    contesto: dict[str, Any] = field(default_factory=dict)


Fabbrica = Callable[[SchedaBudget, Utente], Pannello | None]

FABBRICHE = (
    "obiettivi.schede.pannello_contenuto.pannello",
    "obiettivi.schede.negoziazione.pannello",
    "obiettivi.schede.pannello_monitoraggio.pannello",
    "obiettivi.schede.pannello_valutazione.pannello",
)
"""In the order of the page, by dotted path: each knows what a panel is."""


def pannelli(scheda: SchedaBudget, utente: Utente) -> list[Pannello]:
    """What the page of a scheda shows to a person."""
    fabbriche: list[Fabbrica] = [import_string(percorso) for percorso in FABBRICHE]
    fatti = (fabbrica(scheda, utente) for fabbrica in fabbriche)
    return [pannello for pannello in fatti if pannello is not None]
