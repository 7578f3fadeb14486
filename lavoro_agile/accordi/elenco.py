# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which agreements await something: to be signed, renewed, communicated."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

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


def da_comunicare(azienda: Azienda) -> QuerySet[AccordoIndividuale]:
    """Signed with a person known by name, and not communicated: the first to begin first."""
    return AccordoIndividuale.objects.filter(
        edizione__azienda=azienda, persona__isnull=False, comunicato_il=None,
        sottoscritto_il__isnull=False,
    ).select_related("persona", "edizione__azienda").order_by("dal", "numero")  # fmt: skip


def senza_accordo(azienda: Azienda) -> QuerySet[DomandaLavoroAgile]:
    """Admitted requests of people known by name, that have no agreement yet."""
    return DomandaLavoroAgile.objects.filter(
        bando__edizione__azienda=azienda, stato=DomandaLavoroAgile.Stato.AMMESSA,
        persona__isnull=False, accordo=None,
    ).select_related("persona", "unita", "bando").order_by("ammessa_il", "numero")  # fmt: skip


def righe_csv(azienda: Azienda, accordi: Iterable[AccordoIndividuale]) -> Iterator[list[object]]:
    """What the communication asks (art. 23 c. 1 L. 81/2017), for as much as the program knows."""
    yield [
        _("codice fiscale del datore"), _("accordo"), _("cognome"), _("nome"),
        _("data di sottoscrizione"), _("inizio"), _("fine"), _("durata"), _("cessato dal"),
    ]  # fmt: skip
    for uno in accordi:
        persona = uno.persona
        yield [
            azienda.codice_fiscale, uno.numero,
            persona.last_name if persona else uno.codice, persona.first_name if persona else "",
            _in_cifre(uno.sottoscritto_il), _in_cifre(uno.dal), _in_cifre(uno.al),
            _("a termine") if uno.al else _("a tempo indeterminato"), _in_cifre(uno.cessa_il),
        ]  # fmt: skip


def _in_cifre(giorno: date | None) -> str:
    return f"{giorno:%d/%m/%Y}" if giorno else ""
