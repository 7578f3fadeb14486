# SPDX-License-Identifier: AGPL-3.0-or-later
"""A report of an error: received from anybody, taken in charge, answered, forgotten in time.

Neither the text nor the address of who wrote goes in the register of events or in the log.
"""

import logging
from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from piani import tasks
from piani.azioni.evento import registra
from piani.azioni.lavoro import manda
from piani.azioni.scritture import passa_da, salva
from piani.models import Azienda, DocumentoPubblicato, Segnalazione, Utente
from piani.rules import esigi

log = logging.getLogger(__name__)
PERMESSO = "piani.tiene_obblighi"
GIORNI_IN_UN_MESE = 30
Stato = Segnalazione.Stato


def ricevi(
    azienda: Azienda,
    *,
    testo: str,
    documento: DocumentoPubblicato | None = None,
    dove: str = "",
    email: str = "",
) -> Segnalazione:
    """Keep what a citizen wrote; nobody has to be logged in.

    :raises ValidationError: by field; the document is of another azienda.
    """
    if documento is not None and documento.piano.azienda_id != azienda.pk:
        raise ValidationError(_("Quel documento è di un altro ente."))
    with transaction.atomic():
        nuova = salva(
            Segnalazione(
                azienda=azienda, documento=documento, testo=testo.strip(), dove=dove, email=email
            )
        )
        _registra(nuova, "segnalazione.ricevuta", _("%(una)s ricevuta"), None)
    return nuova


def prendi(segnalazione: Segnalazione, *, da: Utente | None) -> None:
    """Somebody of the office sees to it.

    :raises PermissionDenied: the author does not publish for the azienda.
    :raises ValidationError: somebody took it already, or it is closed.
    """
    esigi(da, PERMESSO, segnalazione)
    with transaction.atomic():
        passa_da(segnalazione, [Stato.RICEVUTA], Stato.IN_CARICO, presa_da=da)
        _registra(segnalazione, "segnalazione.in_carico", _("%(una)s presa in carico"), da)


def chiudi(segnalazione: Segnalazione, *, risposta: str, da: Utente | None) -> None:
    """Answer and close; the answer leaves by post if who wrote gave an address.

    :raises PermissionDenied: the author does not publish for the azienda.
    :raises ValidationError: there is no answer, or it is closed already.
    """
    esigi(da, PERMESSO, segnalazione)
    if not risposta.strip():
        raise ValidationError({"risposta": _("Scrivi che cosa si è fatto, o perché no.")})
    with transaction.atomic():
        passa_da(
            segnalazione, [Stato.RICEVUTA, Stato.IN_CARICO], Stato.CHIUSA,
            risposta=risposta.strip(), chiusa_da=da, chiusa_il=timezone.now(),
        )  # fmt: skip
        _registra(segnalazione, "segnalazione.chiusa", _("%(una)s chiusa"), da)
        if segnalazione.email:
            manda(tasks.rispondi_a_segnalazione, segnalazione.pk)


def _registra(una: Segnalazione, tipo: str, frase: str, da: Utente | None) -> None:
    registra(tipo, una, azienda=una.azienda, da=da, descrizione=frase % {"una": una})


def spedisci_risposta(segnalazione: Segnalazione) -> bool:
    """Send the answer that has not left yet; False if there was nothing to do.

    It is taken before being sent: a job delivered twice sends one message. A server that refuses
    gives it back, to be tried again.
    """
    mia = Segnalazione.objects.filter(
        pk=segnalazione.pk, stato=Stato.CHIUSA, spedita_il__isnull=True
    ).exclude(email="")
    if not mia.update(spedita_il=timezone.now()):
        return False
    messaggio = EmailMessage(
        subject=_("%(ente)s: risposta alla tua segnalazione n. %(n)s")
        % {"ente": segnalazione.azienda, "n": segnalazione.pk},
        body=render_to_string("segnalazioni/risposta.txt", {"segnalazione": segnalazione}),
        to=[segnalazione.email],
    )
    try:
        messaggio.send()
    except OSError as errore:
        log.warning("risposta %s non spedita: %s", segnalazione.pk, type(errore).__name__)
        Segnalazione.objects.filter(pk=segnalazione.pk).update(spedita_il=None)
        return False
    return True


def da_spedire() -> list[int]:
    """The answers that should have left more than five minutes ago."""
    ferme = Segnalazione.objects.filter(
        stato=Stato.CHIUSA, spedita_il__isnull=True,
        chiusa_il__lt=timezone.now() - timedelta(minutes=5),
    ).exclude(email="")  # fmt: skip
    return list(ferme.values_list("pk", flat=True))


def dimentica() -> int:
    """Throw away text and address of what was closed more than SEGNALAZIONI_MESI months ago; how
    many. What the office answered stays.
    """
    limite = timezone.now() - timedelta(days=settings.SEGNALAZIONI_MESI * GIORNI_IN_UN_MESE)
    vecchie = Segnalazione.objects.filter(
        stato=Stato.CHIUSA, chiusa_il__lt=limite, cancellata_il__isnull=True
    )
    return vecchie.update(testo="", dove="", email="", cancellata_il=timezone.now())
