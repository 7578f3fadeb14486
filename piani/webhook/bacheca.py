# SPDX-License-Identifier: AGPL-3.0-or-later
"""The webhooks that stopped by themselves, among the things to do of who sees to the programs."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from piani.bacheca import Cosa
from piani.models import Ruolo, Utente, Webhook


def cose_da_fare(utente: Utente) -> Iterator[Cosa]:
    """One row for each suspended one: one query."""
    if not utente.ha_ruolo(Ruolo.AMMINISTRATORE):
        return
    fermi = Webhook.objects.visibili_a(utente).filter(stato=Webhook.Stato.SOSPESO)
    for webhook in fermi.select_related("cliente", "azienda").order_by("sospeso_il"):
        yield Cosa(
            titolo=_("«%(nome)s» non riceve gli avvisi") % {"nome": webhook.cliente.name},
            testo=webhook.motivo,
            url=reverse("webhook", args=[webhook.azienda.codice, webhook.pk]),
            urgente=True,
        )
