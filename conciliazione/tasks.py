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
"""Celery doors of the conciliation."""

import logging
from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from conciliazione.models import Seduta, Verbale
from piani.stampa import StampaNonDisponibile

log = logging.getLogger(__name__)
ATTESA = timedelta(minutes=10)
"""After how long a job that was not done is sent again."""


@shared_task
def spedisci_seduta(chiave: int) -> int:
    """Send the convocation of a meeting, or its cancellation, to who has not had it."""
    from conciliazione.comitato import posta

    return posta.spedisci_seduta(Seduta.objects.select_related("edizione__azienda").get(pk=chiave))


@shared_task
def spedisci_verbale(chiave: int) -> int:
    """Tell the members that the minutes were sent."""
    from conciliazione.comitato import posta

    verbali = Verbale.objects.select_related("seduta__edizione__azienda")
    return posta.spedisci_verbale(verbali.get(pk=chiave))


@shared_task
def stampa_verbale(chiave: int) -> None:
    """Draw the PDF of final minutes; one that fails is tried again by the periodic job."""
    from conciliazione.azioni import verbale as azioni

    verbale = Verbale.objects.select_related("seduta__edizione__azienda").get(pk=chiave)
    try:
        azioni.stampa_verbale(verbale)
    except (OSError, StampaNonDisponibile) as errore:
        log.warning("verbale %s non stampato: %s", chiave, errore)


@shared_task
def riprendi_sedute() -> int:
    """Send again what did not leave of the meetings to come and of the minutes of the last two
    days, and the prints that wait; how many.
    """
    adesso = timezone.now()
    sedute = list(
        Seduta.objects.filter(
            stato__in=(Seduta.Stato.CONVOCATA, Seduta.Stato.ANNULLATA),
            convocata_il__lt=adesso - ATTESA,
            quando__gt=adesso,
        ).values_list("pk", flat=True)
    )
    inviati = list(
        Verbale.objects.filter(inviato_il__range=(adesso - timedelta(days=2), adesso - ATTESA))
        .exclude(stato=Verbale.Stato.BOZZA)
        .values_list("pk", flat=True)
    )
    da_stampare = list(
        Verbale.objects.filter(
            stato=Verbale.Stato.VALIDATO, file="", validato_il__lt=adesso - ATTESA
        ).values_list("pk", flat=True)
    )
    for compito, chiavi in (
        (spedisci_seduta, sedute),
        (spedisci_verbale, inviati),
        (stampa_verbale, da_stampare),
    ):
        for chiave in chiavi:
            compito.delay(chiave)
    return len(sedute) + len(inviati) + len(da_stampare)
