# SPDX-License-Identifier: AGPL-3.0-or-later
"""The shares that the law asks, beside those reached."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from lavoro_agile.calcolo.quote import DoppiaQuota
from lavoro_agile.models import SogliaDiLegge


@dataclass(frozen=True)
class Confronto:
    """A threshold with the share that it is of; None when the share is not known or is silent."""

    soglia: SogliaDiLegge
    quota: Decimal | None

    @property
    def raggiunta(self) -> bool | None:
        return None if self.quota is None else self.quota >= self.soglia.percentuale


def soglie_il(giorno: date, quota: DoppiaQuota | None) -> list[Confronto]:
    """The thresholds in force on the day of a count, beside it."""
    return [_confronto(soglia, quota) for soglia in SogliaDiLegge.objects.vigenti(giorno)]


def _confronto(soglia: SogliaDiLegge, quota: DoppiaQuota | None) -> Confronto:
    if quota is None:
        return Confronto(soglia, None)
    su_tutti = soglia.su == SogliaDiLegge.Su.DIPENDENTI
    return Confronto(soglia, quota.sui_dipendenti if su_tutti else quota.sui_potenziali)


def tutte() -> Iterable[SogliaDiLegge]:
    """What the law asked, from the first day to the last."""
    return SogliaDiLegge.objects.all()
