# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who has answered a round and who has not, with who answers for each unit today."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from lavoro_agile.azioni.mappatura import SI_SCRIVE
from lavoro_agile.models import CampagnaMappatura, MappaturaAttivita
from lavoro_agile.models.mappatura import MappaturaQuerySet
from piani.models import Azienda, Incarico, UnitaOrganizzativa, Utente
from piani.organigramma.ambito import unita_sotto
from piani.organigramma.responsabili import DI_GUIDA, affidate, guide


@dataclass(frozen=True)
class Mancante:
    """A form not sent, and who should."""

    mappatura: MappaturaAttivita
    di_chi: str


def mancanti(schede: Sequence[MappaturaAttivita], azienda: Azienda, oggi: date) -> list[Mancante]:
    """The forms not sent: by whom they are awaited, in as many queries for one as for many."""
    attese = [una for una in schede if una.stato in SI_SCRIVE]
    if not attese:
        return []
    guidate = guide(list(UnitaOrganizzativa.objects.alla_data(azienda, oggi)), oggi)
    responsabili = {
        unita: str(guida.responsabile.utente)
        for unita, guida in guidate.items()
        if guida.responsabile
    }
    return [Mancante(una, responsabili.get(una.unita_id or 0, "")) for una in attese]


def da_compilare(utente: Utente) -> MappaturaQuerySet:
    """The forms that await the person today: of the units they lead, and of those under them that
    have no head of their own.
    """
    oggi = timezone.localdate()
    miei = Incarico.objects.che_valgono_per(utente).filter(ruolo__in=DI_GUIDA, unita__isnull=False)
    unita = affidate(set(miei.values_list("unita", flat=True)), oggi)
    return MappaturaAttivita.objects.filter(
        campagna__stato=CampagnaMappatura.Stato.APERTA,
        campagna__apre_il__lte=oggi,
        stato__in=SI_SCRIVE,
        unita__in=unita_sotto(unita, figlie=False),
    ).select_related("campagna__azienda", "unita")
