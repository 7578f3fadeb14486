# SPDX-License-Identifier: AGPL-3.0-or-later
"""The shares that the law asks, beside those reached."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from lavoro_agile.calcolo.quote import DoppiaQuota
from lavoro_agile.models import Pola, SogliaDiLegge
from piani.models import Azienda, Piano

SENZA_POLA = ("30", "15-senza-pola")
"""The thresholds that hold only where no POLA was adopted (art. 14 c. 1 L. 124/2015)."""


@dataclass(frozen=True)
class Confronto:
    """A threshold with the share that it is of; None when the share is not known or is silent."""

    soglia: SogliaDiLegge
    quota: Decimal | None
    si_applica: bool

    @property
    def raggiunta(self) -> bool | None:
        if self.quota is None or not self.si_applica:
            return None
        return self.quota >= self.soglia.percentuale


def soglie_il(azienda: Azienda, giorno: date, quota: DoppiaQuota | None) -> list[Confronto]:
    """The thresholds in force on the day of a count, beside it."""
    anni = {"piano__anno_inizio__lte": giorno.year, "piano__anno_fine__gte": giorno.year}
    adottati = Pola.objects.filter(piano__azienda=azienda, piano__stato__in=Piano.ADOTTATI, **anni)
    con_pola = adottati.exists()
    return [
        _confronto(soglia, quota, si_applica=not (con_pola and soglia.codice in SENZA_POLA))
        for soglia in SogliaDiLegge.objects.vigenti(giorno)
    ]


def _confronto(soglia: SogliaDiLegge, quota: DoppiaQuota | None, *, si_applica: bool) -> Confronto:
    if quota is None:
        return Confronto(soglia, None, si_applica)
    su_tutti = soglia.su == SogliaDiLegge.Su.DIPENDENTI
    detta = quota.sui_dipendenti if su_tutti else quota.sui_potenziali
    return Confronto(soglia, detta, si_applica)


def tutte() -> Iterable[SogliaDiLegge]:
    """What the law asked, from the first day to the last."""
    return SogliaDiLegge.objects.all()
