# SPDX-License-Identifier: AGPL-3.0-or-later
"""The staff of a CdR before its scheda: who has read it, who has not, by when it is made known."""

import calendar
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from obiettivi.models import SchedaBudget, VersioneScheda
from piani.models import Incarico, Ruolo, Utente
from piani.organigramma.discendenza import coppie


@dataclass(frozen=True)
class Visione:
    """A person of the staff, and when they said that they have read."""

    utente: Utente
    vista_il: datetime | None


def divulgare_entro(scheda: SchedaBudget) -> date | None:
    """The last day to make a signed scheda known: a month from the signature (6.4, phase 2)."""
    if scheda.sottoscritta_il is None:
        return None
    firma = timezone.localdate(scheda.sottoscritta_il)
    anno, mese = (firma.year + 1, 1) if firma.month == 12 else (firma.year, firma.month + 1)
    return date(anno, mese, min(firma.day, calendar.monthrange(anno, mese)[1]))


def prese_visione(scheda: SchedaBudget, versione: VersioneScheda) -> list[Visione]:
    """The staff of today, who has not read first; then who read and is of the staff no more."""
    viste = {una.utente_id: una for una in versione.prese_visione.select_related("utente")}
    di_oggi = personale(scheda)
    mancano = [Visione(uno, None) for uno in di_oggi if uno.pk not in viste]
    return mancano + [Visione(una.utente, una.vista_il) for una in viste.values()]


def personale(scheda: SchedaBudget) -> list[Utente]:
    """The people of the CdR today, by name; the unit may have become others since."""
    seguenti: dict[int, set[int]] = {}
    for dopo, prima in coppie(scheda.azienda):
        seguenti.setdefault(prima, set()).add(dopo)
    unita, da_vedere = set(), {scheda.unita_id or 0}
    while da_vedere:
        unita |= da_vedere
        da_vedere = set().union(*(seguenti.get(una, set()) for una in da_vedere)) - unita
    incarichi = Incarico.objects.in_vigore().filter(ruolo=Ruolo.DIPENDENTE, unita__in=unita)
    persone = Utente.objects.filter(pk__in=incarichi.values("utente"), is_active=True)
    return list(persone.order_by("last_name", "first_name", "username"))
