# SPDX-License-Identifier: AGPL-3.0-or-later
"""How far the evaluation of a call is: who declared, how many sheets are in. No points here."""

from dataclasses import dataclass, field

from django.db.models import Count, Q

from conciliazione import conflitti
from conciliazione.models import (
    ManifestazioneInteresse,
    Proposta,
    SchedaValutazione,
    Valutatore,
)
from conciliazione.models.visibilita import seggi_di
from piani.models import Utente


@dataclass(frozen=True)
class RigaValutatore:
    """An evaluator as the office sees it. ``conflitto``: one that came up and is still to be
    stated (it will be with the next step).
    """

    valutatore: Valutatore
    consegnate: int
    conflitto: str


@dataclass(frozen=True)
class MiaProposta:
    """A proposal that I evaluate, with my sheet if I began it."""

    proposta: Proposta
    scheda: SchedaValutazione | None


@dataclass(frozen=True)
class MioSeggio:
    """My seat among the evaluators. ``ferma``: why I may not go on."""

    valutatore: Valutatore
    ferma: str
    proposte: list[MiaProposta] = field(default_factory=list)

    @property
    def mancano(self) -> int:
        return sum(1 for una in self.proposte if not una.scheda or not una.scheda.consegnata_il)


def valutatori_di(manifestazione: ManifestazioneInteresse, utente: Utente) -> list[RigaValutatore]:
    """The evaluators that the person sees, with the sheets handed in by each."""
    perche = conflitti.proponenti(manifestazione)
    consegnate = Count("schede", filter=Q(schede__consegnata_il__isnull=False))
    righe = (
        Valutatore.objects.visibili_a(utente)
        .filter(manifestazione=manifestazione)
        .select_related("seggio__ente", "dichiarazione")
        .annotate(consegnate=consegnate)
    )
    return [
        RigaValutatore(
            uno,
            uno.consegnate,
            "" if uno.stato == Valutatore.Stato.ASTENUTO
            else perche.get(uno.seggio.ente_id, ""),
        )
        for uno in righe
    ]  # fmt: skip


def da_valutare(manifestazione: ManifestazioneInteresse) -> int:
    """How many proposals are evaluated."""
    return manifestazione.proposte.filter(stato=Proposta.Stato.AMMESSA).count()


def seggi_miei(manifestazione: ManifestazioneInteresse, utente: Utente) -> list[MioSeggio]:
    """The seats that the person holds among the evaluators of a call, and what they have to do."""
    miei = list(
        manifestazione.valutatori.filter(seggio__in=seggi_di(utente)).select_related("seggio__ente")
    )
    if not miei:
        return []
    perche = conflitti.proponenti(manifestazione)
    personale = conflitti.della_persona(utente, manifestazione)
    visibili = Proposta.objects.visibili_a(utente).filter(
        manifestazione=manifestazione, stato=Proposta.Stato.AMMESSA
    )
    proposte = list(visibili.select_related("capofila"))
    schede = SchedaValutazione.objects.filter(valutatore__in=miei)
    mie = {(una.valutatore_id, una.proposta_id): una for una in schede}
    trovati = []
    for uno in miei:
        ferma = perche.get(uno.seggio.ente_id, "") or personale
        attivo = uno.stato == Valutatore.Stato.ATTIVO and not ferma
        trovati.append(
            MioSeggio(
                uno,
                ferma,
                [MiaProposta(una, mie.get((uno.pk, una.pk))) for una in proposte] if attivo else [],
            )
        )
    return trovati
