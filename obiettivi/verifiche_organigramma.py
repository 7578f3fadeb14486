# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the objectives ask of the chart: each CdR has some, each has a unit that is still there."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from obiettivi.models import Obiettivo
from piani.models import Azienda, Piano, UnitaOrganizzativa
from piani.organigramma.discendenza import corrispondenti
from piani.organigramma.verifiche import Verifica
from piani.verifiche import Mancanza


def degli_obiettivi(azienda: Azienda, giorno: date) -> Iterator[Verifica]:
    """CdR without objectives in the plans of that year; objectives of units that are gone.

    The unit of an objective may be of an older version: it counts for what it is that day, when
    it goes on as exactly one.
    """
    piani = list(
        azienda.piani.filter(anno_inizio__lte=giorno.year, anno_fine__gte=giorno.year).exclude(
            stato=Piano.Stato.SUPERATO
        )
    )
    cdr = [una for una in UnitaOrganizzativa.objects.alla_data(azienda, giorno) if una.cdr]
    if cdr and not piani:
        yield _nessun_piano(azienda, giorno)
        return
    oggi = corrispondenti(azienda, giorno)
    yield Verifica(
        "cdr-senza-obiettivi",
        _("Centri di responsabilità senza obiettivi"),
        _("Nessun obiettivo dei piani dell’anno li nomina, né per rispondere né per contribuire."),
        list(_senza_obiettivi(cdr, piani, oggi)),
    )
    yield Verifica(
        "obiettivi-senza-unita",
        _("Obiettivi affidati a unità che non ci sono più"),
        _("L’unità responsabile è stata divisa o tolta: nel piano si sceglie chi ne risponde."),
        list(_di_unita_cessate(piani, oggi)),
    )


def _nessun_piano(azienda: Azienda, giorno: date) -> Verifica:
    """Without a plan nobody can say who lacks objectives."""
    frase = _("Nessun piano dell’azienda comprende il %(anno)s.") % {"anno": giorno.year}
    return Verifica(
        "anno-senza-piano",
        _("Anno senza un piano"),
        _("Gli obiettivi dei centri di responsabilità si cercano nei piani dell’anno."),
        [Mancanza(frase, f"{reverse('piani')}?azienda={azienda.codice}")],
    )


def _senza_obiettivi(
    cdr: list[UnitaOrganizzativa], piani: list[Piano], oggi: dict[int, int]
) -> Iterator[Mancanza]:
    obiettivi = Obiettivo.objects.filter(area__piano__in=piani)
    nominate = {
        *obiettivi.filter(responsabile__isnull=False).values_list("responsabile", flat=True),
        *obiettivi.filter(contributrici__isnull=False).values_list("contributrici", flat=True),
    }
    con_obiettivi = {oggi.get(una) for una in nominate}
    for una in cdr:
        if una.pk not in con_obiettivi:
            yield Mancanza(f"{una} ({una.codice})", piani[0].get_absolute_url())


def _di_unita_cessate(piani: list[Piano], oggi: dict[int, int]) -> Iterator[Mancanza]:
    affidati = Obiettivo.objects.filter(area__piano__in=piani, responsabile__isnull=False)
    orfani = affidati.exclude(responsabile__in=oggi).values_list("area__piano", flat=True)
    per_piano = list(orfani)
    for piano in piani:
        quanti = per_piano.count(piano.pk)
        if quanti:
            yield Mancanza(
                ngettext("%(n)s obiettivo di «%(piano)s»", "%(n)s obiettivi di «%(piano)s»", quanti)
                % {"n": quanti, "piano": piano},
                piano.get_absolute_url(),
            )
