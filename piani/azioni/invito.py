# SPDX-License-Identifier: AGPL-3.0-or-later
"""Invitations: made, sent once, accepted once, revoked."""

import logging
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core import signing
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from piani import tasks
from piani.azioni.evento import registra
from piani.azioni.lavoro import manda
from piani.models import Azienda, Invito, Utente
from piani.models.invito import FIRMA
from piani.rules import esigi

log = logging.getLogger(__name__)


def invita(persona: Utente, azienda: Azienda, *, da: Utente | None) -> Invito:
    """Send the person a link to choose a password; the one sent before stops working.

    :raises PermissionDenied: the author does not see to the people of the azienda.
    :raises ValidationError: the person is not of the azienda, is deactivated, or has a password
        already.
    """
    esigi(da, "piani.gestisce_persone", azienda)
    with transaction.atomic():
        persona = Utente.objects.select_for_update().get(pk=persona.pk)
        _controlla_che_si_possa_invitare(persona, azienda)
        adesso = timezone.now()
        precedenti = persona.inviti.aperti().update(revocato_il=adesso)
        invito = Invito.objects.create(
            utente=persona,
            azienda=azienda,
            da=da,
            scade_il=adesso + timedelta(days=settings.INVITO_GIORNI),
        )
        registra(
            "invito.rifatto" if precedenti else "invito.fatto",
            invito,
            azienda=azienda,
            da=da,
            descrizione=_("Invitata %(persona)s (%(posta)s)")
            % {"persona": persona, "posta": persona.email},
        )
        manda(tasks.spedisci_invito, invito.pk)
    return invito


def _controlla_che_si_possa_invitare(persona: Utente, azienda: Azienda) -> None:
    if not azienda.incarichi.filter(utente=persona).exists():
        raise ValidationError(_("La persona non ha incarichi in questa azienda."))
    if persona.piani_clienteapi.exists():
        raise ValidationError(_("È un programma: entra con il suo segreto, non con una password."))
    if not persona.is_active:
        raise ValidationError(_("La persona è disattivata: per invitarla va prima riattivata."))
    if persona.has_usable_password():
        raise ValidationError(
            _("La persona ha già una password. Se l'ha dimenticata la rifà da «Accedi».")
        )


def indirizzo_di(invito: Invito) -> str:
    """The link that the person follows."""
    return settings.INDIRIZZO_SITO + reverse("invito", args=[invito.chiave])


def spedisci_invito(invito: Invito) -> bool:
    """Send the message of an invitation that has not left yet; False if there was nothing to do.

    It is taken before being sent, so that a job delivered twice sends one message; a server that
    refuses gives it back, with the reason, to be tried again.
    """
    mio = Invito.objects.filter(pk=invito.pk)
    if not mio.da_spedire().update(spedito_il=timezone.now(), errore=""):
        return False
    contesto = {"invito": invito, "indirizzo": indirizzo_di(invito)}
    messaggio = EmailMessage(
        subject=_("Albero: il tuo invito"),
        body=render_to_string("piani/posta/invito.txt", contesto),
        to=[invito.utente.email],
    )
    try:
        messaggio.send()
    except OSError as errore:  # what smtplib raises is an OSError too
        log.warning("invito %s non spedito: %s", invito.pk, errore)
        mio.update(spedito_il=None, errore=str(errore)[:300] or type(errore).__name__)
        return False
    return True


def revoca_invito(invito: Invito, *, da: Utente | None) -> None:
    """Make the link stop working.

    :raises PermissionDenied: the author does not see to the people of the azienda.
    :raises ValidationError: it was used or revoked already.
    """
    esigi(da, "piani.gestisce_persone", invito.azienda)
    with transaction.atomic():
        if not Invito.objects.aperti().filter(pk=invito.pk).update(revocato_il=timezone.now()):
            invito.refresh_from_db()
            raise ValidationError(
                _("L'invito è già %(stato)s: non si può più revocare.") % {"stato": invito.stato}
            )
        registra(
            "invito.revocato",
            invito,
            azienda=invito.azienda,
            da=da,
            descrizione=_("Revocato l'invito di %(persona)s") % {"persona": invito.utente},
        )


def invito_da(chiave: str) -> Invito:
    """The invitation that a link carries.

    :raises ValidationError: the link is not ours, or its invitation was used, revoked or expired;
        the sentence says which.
    """
    try:
        numero = FIRMA.unsign_object(chiave)
        invito = Invito.objects.select_related("utente", "azienda").get(pk=numero)
    except (signing.BadSignature, Invito.DoesNotExist) as errore:
        raise ValidationError(
            _("Il collegamento non è intero: copialo dal messaggio, dall'inizio alla fine.")
        ) from errore
    if motivo := _perche_non_vale(invito):
        raise ValidationError(motivo)
    return invito


def _perche_non_vale(invito: Invito) -> str:
    if invito.usato_il:
        return _("Questo invito è già stato usato: accedi con la password che hai scelto.")
    if invito.revocato_il or not invito.utente.is_active:
        return _("Questo invito è stato ritirato: vale l'ultimo che hai ricevuto, se c'è.")
    if invito.scaduto:
        return _("Questo invito è scaduto: chiedine un altro all'amministratore.")
    return ""


def accetta_invito(chiave: str, password: str) -> Utente:
    """Give the invited person the password they chose. The link works once.

    :raises ValidationError: the link does not work, the password is not good enough, or somebody
        used or revoked the invitation meanwhile.
    """
    invito = invito_da(chiave)
    persona = invito.utente
    try:
        validate_password(password, persona)
    except ValidationError as errore:
        raise ValidationError({"password": errore.messages}) from errore
    with transaction.atomic():
        if not Invito.objects.validi().filter(pk=invito.pk).update(usato_il=timezone.now()):
            invito.refresh_from_db()
            raise ValidationError(_perche_non_vale(invito))
        persona.set_password(password)
        persona.save(update_fields=["password"])
        registra(
            "invito.accettato",
            invito,
            azienda=invito.azienda,
            da=persona,
            descrizione=_("%(persona)s ha accettato l'invito") % {"persona": persona},
        )
    return persona
