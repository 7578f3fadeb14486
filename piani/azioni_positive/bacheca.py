# SPDX-License-Identifier: AGPL-3.0-or-later
"""The report of the CUG among the things to do and in the calendar."""

from collections.abc import Iterator

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from piani.bacheca import Cosa
from piani.models import Azienda, Piano, RelazioneCUG, Ruolo, Utente
from piani.models.relazione_cug import termine_relazione
from piani.scadenze import Scadenza


def cose_da_fare(utente: Utente) -> Iterator[Cosa]:
    """The reports to finish and the one of last year to begin, for the CUG: two queries."""
    if not utente.ha_ruolo(Ruolo.CUG):
        return
    mie = _aziende(utente, Ruolo.CUG)
    oggi = timezone.localdate()
    for una in _bozze(mie):
        yield Cosa(
            titolo=_("%(relazione)s da trasmettere") % {"relazione": una},
            testo=str(una.azienda),
            url=reverse("cug_relazione", args=[una.pk]),
            scadenza=una.scade_il,
            urgente=oggi > una.scade_il,
        )
    scorso = oggi.year - 1
    piani = Piano.objects.filter(
        azienda=OuterRef("pk"), tipo=Piano.Tipo.AZIONI_POSITIVE, stato__in=Piano.ADOTTATI,
        anno_inizio__lte=scorso, anno_fine__gte=scorso,
    )  # fmt: skip
    scritte = RelazioneCUG.objects.filter(azienda=OuterRef("pk"), anno=scorso)
    for azienda in Azienda.objects.filter(Exists(piani), ~Exists(scritte), pk__in=mie):
        yield Cosa(
            titolo=_("Relazione del CUG %(anno)s da cominciare") % {"anno": scorso},
            testo=str(azienda),
            url=reverse("cug_nuova"),
            scadenza=termine_relazione(scorso),
            urgente=oggi > termine_relazione(scorso),
        )


def scadenze(utente: Utente) -> Iterator[Scadenza]:
    """When the report is due, for the risorse umane, who prepare its data with the CUG."""
    if not utente.ha_ruolo(Ruolo.RISORSE_UMANE):
        return
    for una in _bozze(_aziende(utente, Ruolo.RISORSE_UMANE) - _aziende(utente, Ruolo.CUG)):
        yield Scadenza(
            una.scade_il,
            _("%(relazione)s, termine") % {"relazione": una},
            reverse("cug_relazione", args=[una.pk]),
            di=str(una.azienda),
        )


def _aziende(utente: Utente, ruolo: Ruolo) -> set[int]:
    return {uno.azienda_id for uno in utente.incarichi_di_oggi if uno.ruolo == ruolo}


def _bozze(aziende: set[int]) -> Iterator[RelazioneCUG]:
    bozze = RelazioneCUG.objects.filter(azienda__in=aziende, stato=RelazioneCUG.Stato.BOZZA)
    yield from bozze.select_related("azienda")
