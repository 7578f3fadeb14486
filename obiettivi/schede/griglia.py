# SPDX-License-Identifier: AGPL-3.0-or-later
"""The CdR that have an indicator in their scheda, with what they reached: read for the grid."""

from dataclasses import dataclass

from django.db.models import Q

from obiettivi.calcolo.periodi import mesi
from obiettivi.models import Indicatore, RigaScheda, Rilevazione, SchedaBudget
from piani.models import UnitaOrganizzativa, Utente

APERTE = (SchedaBudget.Stato.IN_MONITORAGGIO, SchedaBudget.Stato.IN_VALUTAZIONE)


@dataclass(frozen=True)
class Riga:
    """A CdR of the grid: what it is expected to reach, its last result, its result of now."""

    unita: UnitaOrganizzativa
    atteso: str
    prima: Rilevazione | None
    adesso: Rilevazione | None


def righe_della_griglia(
    indicatore: Indicatore, *, anno: int, frazione: str, utente: Utente
) -> list[Riga]:
    """A row for each CdR whose scheda the person sees and still takes results: three queries."""
    schede = SchedaBudget.objects.visibili_a(utente).dei_cdr()
    righe = (
        RigaScheda.objects.filter(
            indicatore=indicatore,
            aziendale=False,
            area__scheda__anno=anno,
            area__scheda__stato__in=APERTE,
            area__scheda__in=schede,
        )
        .select_related("area__scheda__unita__organigramma")
        .order_by("area__scheda__unita__ordine", "area__scheda__unita__nome", "pk")
    )
    per_unita = {}
    for riga in righe:
        per_unita.setdefault(riga.area.scheda.unita, riga.atteso)
    note = (
        Rilevazione.objects.correnti()
        .filter(
            Q(anno=anno) | Q(anno=anno - 1),
            indicatore=indicatore,
            unita__in=per_unita,
            sede="",
        )
        .select_related("indicatore")
    )
    adesso = {una.unita_id: una for una in note if (una.anno, una.frazione) == (anno, frazione)}
    prima: dict[int, Rilevazione] = {}
    for una in sorted(note, key=lambda una: _fine(una.anno, una.frazione)):
        if una.unita_id is not None and _fine(una.anno, una.frazione) < _fine(anno, frazione):
            prima[una.unita_id] = una
    return [
        Riga(unita, atteso, prima.get(unita.pk), adesso.get(unita.pk))
        for unita, atteso in per_unita.items()
    ]


def _fine(anno: int, frazione: str) -> tuple[int, int, int]:
    """The order of periods: by when they end, and of two that end together the shorter first."""
    periodo = mesi(frazione)
    return anno, periodo[-1], len(periodo)
