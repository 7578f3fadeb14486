# SPDX-License-Identifier: AGPL-3.0-or-later
"""The proposals that a person sees, with their figures: as many queries for one as for many."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from conciliazione.calcolo.importi import somma
from conciliazione.conti import Costi, costi_delle, versione_di
from conciliazione.models import ManifestazioneInteresse, Proposta, VersioneProposta
from conciliazione.models.visibilita import Chi


@dataclass(frozen=True)
class Voce:
    """A proposal with the version that counts and its sums."""

    proposta: Proposta
    versione: VersioneProposta | None
    costi: Costi


@dataclass(frozen=True)
class Elenco:
    """The proposals, and the totals of those that were not merged or withdrawn."""

    voci: list[Voce]
    costo: Decimal
    contributo: Decimal
    quante: int

    def __bool__(self) -> bool:
        return bool(self.voci)


FUORI = (Proposta.Stato.BOZZA, Proposta.Stato.FUSA, Proposta.Stato.RITIRATA)


def proposte_con_conti(utente: Chi, bandi: Iterable[ManifestazioneInteresse]) -> Elenco:
    """The proposals to these calls that the person sees, in the order of their numbers."""
    visibili = (
        Proposta.objects.visibili_a(utente)
        .filter(manifestazione__in=bandi)
        .per_elenco()
        .prefetch_related("versioni")
    )
    coppie = [(una, versione_di(una)) for una in visibili]
    conti = costi_delle([versione for _proposta, versione in coppie if versione])
    voci = [
        Voce(una, versione, conti[versione.pk] if versione else Costi()) for una, versione in coppie
    ]
    contano = [una for una in voci if una.proposta.stato not in FUORI]
    return Elenco(
        voci=voci,
        costo=somma(una.costi.totale for una in contano),
        contributo=somma(una.costi.contributo for una in contano),
        quante=len(contano),
    )
