# SPDX-License-Identifier: AGPL-3.0-or-later
"""How many members signed a request of consultation, how many must, since when they are enough."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from conciliazione.calcolo.edizione import RegoleRete
from conciliazione.calcolo.numero_legale import firme_necessarie
from conciliazione.models import (
    EdizioneConciliazione,
    Ente,
    FirmaRichiesta,
    RichiestaConsultazione,
)


@dataclass(frozen=True)
class Firme:
    """``raggiunte_il``: the day of the signature that made them enough, None until then."""

    membri: int
    servono: int
    date: int
    raggiunte_il: date | None

    @property
    def bastano(self) -> bool:
        return self.raggiunte_il is not None

    @property
    def mancano(self) -> int:
        return max(self.servono - self.date, 0)


def firme_di(richiesta: RichiestaConsultazione) -> Firme:
    """The signatures of bodies that are in the network today, over its members of today."""
    (firme,) = firme_delle(richiesta.edizione, [richiesta])
    return firme


def firme_delle(
    edizione: EdizioneConciliazione, richieste: Sequence[RichiestaConsultazione]
) -> list[Firme]:
    """Those of some requests of an edition, in their order."""
    oggi = Ente.objects.filter(azienda=edizione.azienda_id).membri()
    momenti = defaultdict(list)
    valide = FirmaRichiesta.objects.filter(richiesta__in=richieste, ente__in=oggi)
    for richiesta, quando in valide.order_by("firmata_il", "pk").values_list(
        "richiesta", "firmata_il"
    ):
        momenti[richiesta].append(quando)
    membri, regole = oggi.count(), edizione.regole.rete
    return [conta(membri, regole, momenti[una.pk]) for una in richieste]


def conta(membri: int, regole: RegoleRete, momenti: Sequence[datetime]) -> Firme:
    """How many signatures there are and are wanted.

    :param momenti: when each was given, in order; only those of members.
    """
    servono = firme_necessarie(membri, regole.richiedenti)
    bastano = len(momenti) >= servono
    return Firme(
        membri=membri,
        servono=servono,
        date=len(momenti),
        raggiunte_il=timezone.localdate(momenti[servono - 1]) if bastano else None,
    )


def firmata_dal(richiesta: RichiestaConsultazione) -> date | None:
    return firme_di(richiesta).raggiunte_il
