# SPDX-License-Identifier: AGPL-3.0-or-later
"""Celery doors of the conciliation: the messages to who represents a body."""

from celery import shared_task
from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from conciliazione.models import Ente, Partner, Proposta, Referente

# A mail server that refuses is tried again: after one minute, two, four, up to five times.
RITENTA = {"autoretry_for": (OSError,), "retry_backoff": 60, "max_retries": 5}


@shared_task(**RITENTA)
def spedisci_ricevuta(chiave: int) -> int:
    """The receipt of a proposal to who represents its capofila; how many messages."""
    proposta = _proposta(chiave)
    ultima = proposta.versioni.filter(chiusa_il__isnull=False).last()
    return _scrivi(
        proposta.capofila,
        _("Albero: proposta presentata"),
        "ricevuta",
        {
            "proposta": proposta,
            "sha256": (ultima.ammissibilita or {}).get("sha256", "") if ultima else "",
            "indirizzo": _indirizzo("proposta_ricevuta", proposta.pk),
        },
    )


@shared_task(**RITENTA)
def avvisa_invitato(chiave: int) -> int:
    """Tell who represents a body that an Alleanza asks it in; how many messages."""
    partner = Partner.objects.select_related("ente", "proposta__capofila").get(pk=chiave)
    return _scrivi(
        partner.ente,
        _("Albero: invito in un'Alleanza"),
        "invito_partner",
        {"partner": partner, "indirizzo": _indirizzo("proposta", partner.proposta_id)},
    )


@shared_task(**RITENTA)
def avvisa_capofila(chiave: int) -> int:
    """Tell who represents the capofila what became of the proposal; how many messages."""
    proposta = _proposta(chiave)
    return _scrivi(
        proposta.capofila,
        _("Albero: la tua proposta"),
        "esito_proposta",
        {"proposta": proposta, "indirizzo": _indirizzo("proposta", chiave)},
    )


def _proposta(chiave: int) -> Proposta:
    return Proposta.objects.select_related("capofila", "manifestazione").get(pk=chiave)


def _indirizzo(nome: str, chiave: int) -> str:
    return settings.INDIRIZZO_SITO + reverse(nome, args=[chiave])


def _scrivi(ente: Ente, oggetto: str, modello: str, contesto: dict) -> int:
    """One message to each person who represents the body today."""
    testo = render_to_string(f"conciliazione/posta/{modello}.txt", contesto | {"ente": ente})
    poste = {
        uno.utente.email
        for uno in Referente.objects.in_vigore().filter(ente=ente).select_related("utente")
        if uno.utente.is_active and uno.utente.email
    }
    for posta in sorted(poste):
        EmailMessage(subject=oggetto, body=testo, to=[posta]).send()
    return len(poste)
