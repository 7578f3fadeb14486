# SPDX-License-Identifier: AGPL-3.0-or-later
"""A webhook that nobody answers is suspended, and who sees to the programs is told."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from piani.azioni.evento import registra
from piani.azioni.lavoro import manda
from piani.models import Incarico, Ruolo, Utente, Webhook

Stato = Webhook.Stato


def segna_sospeso(webhook: Webhook, motivo: str, *, da: Utente | None) -> bool:
    """Suspend, if it is active; False if it was not. Called inside a transaction."""
    attivo = Webhook.objects.filter(pk=webhook.pk, stato=Stato.ATTIVO)
    if not attivo.update(stato=Stato.SOSPESO, motivo=motivo[:300], sospeso_il=timezone.now()):
        return False
    registra(
        "webhook.sospeso",
        webhook,
        azienda=webhook.azienda,
        da=da,
        descrizione=_("Sospeso il webhook «%(webhook)s»") % {"webhook": webhook},
        dati={"motivo": motivo},
        riguarda=[webhook.cliente],
    )
    return True


def sospendi_da_solo(webhook: Webhook, motivo: str) -> None:
    """Suspend one that fails, and have the people told on commit."""
    from piani.webhook.tasks import avvisa_sospensione

    if segna_sospeso(webhook, motivo, da=None):
        manda(avvisa_sospensione, webhook.pk)


def avvisa(webhook: Webhook) -> int:
    """Tell by post who sees to the programs of the azienda; how many people.

    :raises OSError: the mail server refuses.
    """
    oggi = Incarico.objects.in_vigore().filter(
        azienda=webhook.azienda_id, ruolo=Ruolo.AMMINISTRATORE
    )
    persone = Utente.objects.filter(pk__in=oggi.values("utente"), is_active=True).exclude(email="")
    dove = reverse("webhook", args=[webhook.azienda.codice, webhook.pk])
    contesto = {"webhook": webhook, "dove": settings.INDIRIZZO_SITO + dove}
    indirizzi = list(persone.values_list("email", flat=True))
    for indirizzo in indirizzi:
        EmailMessage(
            subject=_("Albero: il programma «%(nome)s» non riceve gli avvisi")
            % {"nome": webhook.cliente.name},
            body=render_to_string("piani/webhook/sospeso.txt", contesto),
            to=[indirizzo],
            headers={"Auto-Submitted": "auto-generated"},
        ).send()
    return len(indirizzi)
