# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the chart puts in people's inbox: incarichi that a new version left behind."""

from collections.abc import Iterator

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from piani.bacheca import Cosa
from piani.models import Azienda, Incarico, Organigramma, Utente


def cose_da_fare(utente: Utente) -> Iterator[Cosa]:
    """For who draws the chart: one row for each azienda with incarichi to mend."""
    oggi = timezone.localdate()
    in_vigore = Organigramma.objects.in_vigore(oggi).filter(pk=OuterRef("unita__organigramma"))
    indietro = (
        Incarico.objects.in_vigore(oggi)
        .filter(Q(unita__isnull=False), ~Exists(in_vigore))
        .filter(azienda__in=Azienda.objects.visibili_a(utente))
        .select_related("azienda")
        .order_by("azienda__nome", "pk")
    )
    per_azienda: dict[Azienda, int] = {}
    for incarico in indietro:
        per_azienda[incarico.azienda] = per_azienda.get(incarico.azienda, 0) + 1
    for azienda, quanti in per_azienda.items():
        if utente.has_perm("piani.modifica_organigramma", azienda):
            yield Cosa(
                titolo=ngettext(
                    "%(n)s incarico da sistemare", "%(n)s incarichi da sistemare", quanti
                )
                % {"n": quanti},
                testo=_("%(azienda)s: la loro unità non è nell’organigramma in vigore.")
                % {"azienda": azienda},
                url=reverse("incarichi_da_sistemare", args=[azienda.codice]),
            )
