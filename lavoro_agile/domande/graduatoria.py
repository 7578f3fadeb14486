# SPDX-License-Identifier: AGPL-3.0-or-later
"""The requests to admit, in the proposed order: for who may read the reasons, and nobody else."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from lavoro_agile.azioni.bando import ammesse
from lavoro_agile.calcolo.ammissione import Candidata, Liberi, proponi
from lavoro_agile.models import BandoLavoroAgile, DomandaLavoroAgile, MotivoDomanda, Tranche
from piani.models import Utente


@dataclass(frozen=True)
class DaAmmettere:
    """A request, its priority and the tranche proposed; None where there is none."""

    domanda: DomandaLavoroAgile
    priorita: int | None
    tranche: Tranche | None


def con_liberi(bando: BandoLavoroAgile) -> list[Tranche]:
    """The tranches of a call, each with how many were admitted and how many more it takes."""
    tranche = list(bando.tranche.annotate(ammesse=ammesse()))
    for una in tranche:
        una.liberi = una.posti - una.ammesse
    return [*tranche]


def da_ammettere(bando: BandoLavoroAgile, utente: Utente) -> list[DaAmmettere]:
    """The requests with a favourable opinion. The priorities come from the reasons that the person
    may read: who may read none has the order of presentation.
    """
    visibili = DomandaLavoroAgile.objects.visibili_a(utente)
    domande = visibili.filter(bando=bando, stato="favorevole").select_related("persona", "unita")
    per_chiave = {una.pk: una for una in domande}
    motivi: dict[int, set[str]] = defaultdict(set)
    tutti: Any = MotivoDomanda.objects
    letti = tutti.visibili_a(utente).filter(domanda__in=per_chiave)
    for chiave, codice in letti.values_list("domanda", "codice"):
        motivi[chiave].add(codice)
    tranche = {una.pk: una for una in con_liberi(bando)}
    proposte = proponi(
        [
            Candidata(una.pk, una.numero, una.presentata_il, frozenset(motivi[una.pk]))
            for una in per_chiave.values()
            if una.presentata_il is not None
        ],
        bando.edizione.regole.motivi,
        [Liberi(chiave, una.liberi) for chiave, una in tranche.items()],
    )
    return [
        DaAmmettere(
            per_chiave[una.chiave], una.priorita, tranche[una.tranche] if una.tranche else None
        )
        for una in proposte
    ]
