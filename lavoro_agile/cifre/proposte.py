# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a new count proposes: the denominators, from the staff and from the mapping."""

from typing import Any

from django.db.models import F, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from lavoro_agile.models import ProfiloMappato
from piani.models import Azienda, PersonalePerGenere


def valori_proposti(azienda: Azienda) -> dict[str, Any]:
    """Today, all the staff as last counted, the potential of the last mapping."""
    oggi = timezone.localdate()
    return {
        "giorno": oggi,
        "titolo": _("Autorizzati al %(giorno)s") % {"giorno": f"{oggi:%d/%m/%Y}"},
        "dipendenti": _dipendenti(azienda),
        "potenziali": potenziali(azienda),
    }


def _dipendenti(azienda: Azienda) -> int | None:
    contati = PersonalePerGenere.objects.filter(azienda=azienda).order_by()
    per_anno = contati.values("anno").annotate(quanti=Sum(F("femmine") + F("maschi")))
    ultimo = per_anno.order_by("-anno").first()
    return ultimo["quanti"] if ultimo else azienda.dipendenti


def potenziali(azienda: Azienda) -> int | None:
    """The people who could work so, by the forms sent in the last mapping; None if none was."""
    profili = ProfiloMappato.objects.filter(
        mappatura__campagna__azienda=azienda, mappatura__stato__in=("trasmessa", "chiusa")
    ).order_by()
    per_anno = profili.values("mappatura__campagna__anno").annotate(quanti=Sum("potenziali"))
    ultimo = per_anno.order_by("-mappatura__campagna__anno").first()
    return ultimo["quanti"] if ultimo else None
