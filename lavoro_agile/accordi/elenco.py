# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which agreements await something: to be prepared, to be renewed."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from lavoro_agile.models import AccordoIndividuale, DomandaLavoroAgile
from piani.models import Azienda

Stato = AccordoIndividuale.Stato


def in_scadenza(
    accordi: Iterable[AccordoIndividuale], oggi: date | None = None
) -> list[AccordoIndividuale]:
    """Those, signed and not renewed, that end within the notice of their rules."""
    giorno = oggi or timezone.localdate()
    return [
        uno
        for uno in accordi
        if uno.al is not None
        and uno.stato == Stato.SOTTOSCRITTO
        and giorno <= uno.al <= giorno + avviso_di(uno)
        and not hasattr(uno, "rinnovo")
    ]


def avviso_di(accordo: AccordoIndividuale) -> timedelta:
    """How long before the end who answers is told."""
    return timedelta(days=accordo.edizione.regole.termini.avviso_scadenza)


def senza_accordo(azienda: Azienda) -> QuerySet[DomandaLavoroAgile]:
    """Admitted requests of people known by name, that have no agreement yet."""
    return DomandaLavoroAgile.objects.filter(
        bando__edizione__azienda=azienda, stato=DomandaLavoroAgile.Stato.AMMESSA,
        persona__isnull=False, accordo=None,
    ).select_related("persona", "unita", "bando").order_by("ammessa_il", "numero")  # fmt: skip
