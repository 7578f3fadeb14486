# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is to be communicated to the Ministry, what was, and the sheet of it.

That an agreement began is communicated on ``comunicato_il``. That it ended early is a line of the
register, ``FINE_COMUNICATA``: written once, it neither changes nor goes.
"""

from collections.abc import Iterable, Iterator
from datetime import date

from django.db.models import CharField, Exists, OuterRef, QuerySet, Value
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext as _

from lavoro_agile.models import AccordoIndividuale
from piani.models import Azienda, Evento, OggettoEvento

FINE_COMUNICATA = "agile_accordo.fine_comunicata"
Stato = AccordoIndividuale.Stato
DI_UN_ACCORDO = f"{AccordoIndividuale._meta.label_lower}:"


def da_comunicare(azienda: Azienda) -> QuerySet[AccordoIndividuale]:
    """Signed with a person known by name, and not communicated: the first to begin first."""
    return AccordoIndividuale.objects.filter(
        edizione__azienda=azienda, persona__isnull=False, comunicato_il=None,
        sottoscritto_il__isnull=False,
    ).select_related("persona", "edizione__azienda").order_by("dal", "numero")  # fmt: skip


def fini_da_comunicare(azienda: Azienda) -> QuerySet[AccordoIndividuale]:
    """Communicated, then ended before their time, and the end not communicated."""
    detta = OggettoEvento.objects.filter(
        oggetto=Concat(Value(DI_UN_ACCORDO), Cast(OuterRef("pk"), CharField())),
        evento__tipo=FINE_COMUNICATA,
    )
    return AccordoIndividuale.objects.filter(
        ~Exists(detta), edizione__azienda=azienda, persona__isnull=False,
        comunicato_il__isnull=False, stato=Stato.CESSATO,
    ).select_related("persona", "edizione__azienda").order_by("cessa_il", "numero")  # fmt: skip


def comunicati(azienda: Azienda) -> QuerySet[AccordoIndividuale]:
    """Those communicated, whenever it was."""
    return AccordoIndividuale.objects.filter(
        edizione__azienda=azienda, comunicato_il__isnull=False
    ).select_related("persona")


def fini_comunicate(azienda: Azienda, giorno: date) -> QuerySet[AccordoIndividuale]:
    """Those whose end was communicated on a day."""
    oggetti = _dette(azienda).filter(dati__giorno=giorno.isoformat())
    chiavi = [
        int(uno.removeprefix(DI_UN_ACCORDO)) for uno in oggetti.values_list("oggetto", flat=True)
    ]
    return comunicati(azienda).filter(pk__in=chiavi)


def giorni_comunicati(azienda: Azienda) -> list[date]:
    """The days on which something was communicated, the last first."""
    inizi = comunicati(azienda).order_by().values_list("comunicato_il", flat=True)
    fini = _dette(azienda).order_by().values_list("dati__giorno", flat=True)
    giorni = {uno for uno in inizi if uno is not None} | {date.fromisoformat(uno) for uno in fini}
    return sorted(giorni, reverse=True)


def fine_comunicata_il(accordo: AccordoIndividuale) -> date | None:
    """When the early end of an agreement was communicated."""
    evento = Evento.objects.filter(
        tipo=FINE_COMUNICATA, azienda=accordo.azienda, oggetto=f"{DI_UN_ACCORDO}{accordo.pk}"
    ).first()
    return date.fromisoformat(evento.dati["giorno"]) if evento else None


def _dette(azienda: Azienda) -> QuerySet[Evento]:
    return Evento.objects.filter(azienda=azienda, tipo=FINE_COMUNICATA)


def righe_csv(
    azienda: Azienda,
    inizi: Iterable[AccordoIndividuale],
    fini: Iterable[AccordoIndividuale],
) -> Iterator[list[object]]:
    """What the communication asks (art. 23 c. 1 L. 81/2017), for as much as the program knows."""
    yield [
        _("codice fiscale del datore"), _("accordo"), _("cognome"), _("nome"),
        _("data di sottoscrizione"), _("inizio"), _("fine"), _("durata"), _("cessato dal"),
        _("comunicazione"),
    ]  # fmt: skip
    for uno in inizi:
        yield [*_riga(azienda, uno), _("inizio")]
    for uno in fini:
        yield [*_riga(azienda, uno), _("cessazione anticipata")]


def _riga(azienda: Azienda, uno: AccordoIndividuale) -> list[object]:
    persona = uno.persona
    return [
        azienda.codice_fiscale, uno.numero,
        persona.last_name if persona else uno.codice, persona.first_name if persona else "",
        uno.sottoscritto_il, uno.dal, uno.al,
        _("a termine") if uno.al else _("a tempo indeterminato"), uno.cessa_il,
    ]  # fmt: skip
