# SPDX-License-Identifier: AGPL-3.0-or-later
"""The reports of errors among the things to do of who publishes."""

from collections.abc import Iterator

from django.db.models import Count, Min
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from piani.bacheca import Cosa
from piani.models import Segnalazione, Utente
from piani.models.segnalazione import RICEVONO_SEGNALAZIONI

VECCHIA = 15
"""Days after which an open report is urgent."""


def cose_da_fare(utente: Utente) -> Iterator[Cosa]:
    """One row for the open reports of each azienda: one query."""
    if not utente.ha_ruolo(*RICEVONO_SEGNALAZIONI):
        return
    aperte = Segnalazione.objects.visibili_a(utente).aperte().order_by("azienda__nome")
    conti = aperte.values_list("azienda__nome").annotate(
        quante=Count("pk"), prima=Min("ricevuta_il")
    )
    for nome, quante, prima in conti:
        yield Cosa(
            titolo=ngettext(
                "%(n)s segnalazione di errore aperta", "%(n)s segnalazioni di errore aperte", quante
            )
            % {"n": quante},
            testo=_("%(azienda)s: un cittadino aspetta che si guardi.") % {"azienda": nome},
            url=reverse("segnalazioni"),
            urgente=(timezone.now() - prima).days > VECCHIA,
        )
