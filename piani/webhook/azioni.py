# SPDX-License-Identifier: AGPL-3.0-or-later
"""Subscriptions of a program: made, changed, suspended, closed; a delivery sent again."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from piani.azioni.cliente import GIORNI_MASSIMI
from piani.azioni.evento import registra
from piani.models import Annuncio, ClienteApi, Consegna, TipoAnnuncio, Utente, Webhook
from piani.models.webhook import AMBITI_DEGLI_ANNUNCI, DA_CHIEDERE
from piani.rules import esigi
from piani.webhook import firma
from piani.webhook.consegne import chiama
from piani.webhook.indirizzi import controlla
from piani.webhook.posta import annuncio
from piani.webhook.sospensione import segna_sospeso

PERMESSO = "piani.gestisce_webhook"
WEBHOOK_MASSIMI = 10
"""Of a program: each announcement is sent to all of them."""
Stato = Webhook.Stato


def crea_webhook(
    cliente: ClienteApi, *, indirizzo: str, eventi: Sequence[str], da: Utente | None
) -> tuple[Webhook, str]:
    """Have a program told of some events; the secret is said here and never again.

    :raises PermissionDenied: the author neither sees to the programs of the azienda nor is it.
    :raises ValidationError: by field: an address that is not called, events that are not there or
        of which the program may read nothing; it is revoked, or has too many.
    """
    esigi(da, PERMESSO, cliente)
    if cliente.revocato_il is not None:
        raise ValidationError(_("Il programma è revocato: non riceve più niente."))
    scelti = _controlla_eventi(cliente, eventi)
    indirizzo = controlla(indirizzo)
    segreto = firma.nuovo_segreto()
    webhook = Webhook(
        cliente=cliente, azienda=cliente.azienda, indirizzo=indirizzo, eventi=scelti,
        segreto=firma.chiudi(segreto),
    )  # fmt: skip
    with transaction.atomic():
        ClienteApi.objects.select_for_update(of=("self",)).get(pk=cliente.pk)
        aperti = cliente.webhook.exclude(stato=Stato.CHIUSO)
        if aperti.count() >= WEBHOOK_MASSIMI:
            raise ValidationError(
                _("Un programma ha al più %(n)s webhook: chiuderne uno.") % {"n": WEBHOOK_MASSIMI}
            )
        if aperti.filter(indirizzo=indirizzo).exists():
            raise _gia_avvisato()
        webhook.save(force_insert=True)
        _registra(webhook, "creato", _("Creato il webhook «%(webhook)s»"), da, eventi=scelti)
    return webhook, segreto


def cambia_webhook(
    webhook: Webhook, *, indirizzo: str, eventi: Sequence[str], da: Utente | None
) -> None:
    """Another address, or other events. What still waits goes to the new address.

    :raises PermissionDenied: as for :func:`crea_webhook`.
    :raises ValidationError: as for :func:`crea_webhook`; or it is closed.
    """
    esigi(da, PERMESSO, webhook)
    scelti, indirizzo = _controlla_eventi(webhook.cliente, eventi), controlla(indirizzo)
    prima = {"indirizzo": webhook.indirizzo, "eventi": webhook.eventi}
    dopo = {"indirizzo": indirizzo, "eventi": scelti}
    if prima == dopo:
        return
    try:
        with transaction.atomic():
            _aggiorna(webhook, [Stato.ATTIVO, Stato.SOSPESO], **dopo, riprende_il=None)
            _registra(
                webhook, "cambiato", _("Cambiato il webhook «%(webhook)s»"), da,
                prima=prima, dopo=dopo,
            )  # fmt: skip
    except IntegrityError as errore:
        raise _gia_avvisato() from errore


def rinnova_segreto_webhook(webhook: Webhook, *, giorni: int = 7, da: Utente | None) -> str:
    """Another secret, said here and never again; for ``giorni`` days what is sent is signed with
    the one before too.

    :raises PermissionDenied: as for :func:`crea_webhook`.
    :raises ValidationError: too many days; it is closed, or got another secret meanwhile.
    """
    esigi(da, PERMESSO, webhook)
    if not 0 <= giorni <= GIORNI_MASSIMI:
        raise ValidationError(
            {"giorni": _("Da 0 a %(n)s giorni: poi vale solo il nuovo.") % {"n": GIORNI_MASSIMI}}
        )
    nuovo = firma.nuovo_segreto()
    fino = timezone.now() + timedelta(days=giorni) if giorni else None
    with transaction.atomic():
        stesso = Webhook.objects.filter(pk=webhook.pk, segreto=webhook.segreto)
        if not stesso.exclude(stato=Stato.CHIUSO).update(
            segreto=firma.chiudi(nuovo),
            segreto_precedente=webhook.segreto if giorni else "",
            segreto_precedente_fino_a=fino,
        ):
            raise ValidationError(_("Il webhook è chiuso o ha già un altro segreto."))
        _registra(
            webhook, "segreto_rinnovato", _("Nuovo segreto per il webhook «%(webhook)s»"), da,
            fino=fino.isoformat() if fino else "",
        )  # fmt: skip
    return nuovo


def sospendi_webhook(webhook: Webhook, *, da: Utente | None) -> None:
    """Send nothing until it is resumed; what happens meanwhile waits.

    :raises PermissionDenied: as for :func:`crea_webhook`.
    :raises ValidationError: it is not active.
    """
    esigi(da, PERMESSO, webhook)
    with transaction.atomic():
        if not segna_sospeso(webhook, _("Sospeso da una persona."), da=da):
            raise ValidationError(_("Il webhook non è attivo."))


def riattiva_webhook(webhook: Webhook, *, da: Utente | None) -> None:
    """Resume: what waited leaves at once.

    :raises PermissionDenied: as for :func:`crea_webhook`.
    :raises ValidationError: it is not suspended, or its address is not called any more.
    """
    esigi(da, PERMESSO, webhook)
    controlla(webhook.indirizzo)
    with transaction.atomic():
        _aggiorna(
            webhook, [Stato.SOSPESO], stato=Stato.ATTIVO, motivo="", sospeso_il=None,
            fallite_di_fila=0, riprende_il=None,
        )  # fmt: skip
        webhook.consegne.in_attesa().update(dal=timezone.now(), tentativi_fatti=0)
        _registra(webhook, "riattivato", _("Riattivato il webhook «%(webhook)s»"), da)
        chiama([webhook.pk])


def chiudi_webhook(webhook: Webhook, *, da: Utente | None) -> None:
    """Close it for ever: nothing more is told, its secrets are thrown away, the log stays.

    :raises PermissionDenied: as for :func:`crea_webhook`.
    :raises ValidationError: it was closed already.
    """
    esigi(da, PERMESSO, webhook)
    with transaction.atomic():
        _aggiorna(
            webhook, [Stato.ATTIVO, Stato.SOSPESO], stato=Stato.CHIUSO, segreto="",
            segreto_precedente="", segreto_precedente_fino_a=None,
        )  # fmt: skip
        webhook.consegne.in_attesa().update(stato=Consegna.Stato.FALLITA, chiusa_il=timezone.now())
        _registra(webhook, "chiuso", _("Chiuso il webhook «%(webhook)s»"), da)


def prova_webhook(webhook: Webhook, *, da: Utente | None) -> Consegna:
    """Send a trial, that says nothing but that it is one; its delivery.

    :raises PermissionDenied: as for :func:`crea_webhook`.
    :raises ValidationError: it is not active.
    """
    esigi(da, PERMESSO, webhook)
    adesso = timezone.now()
    with transaction.atomic():
        _aggiorna(webhook, [Stato.ATTIVO], riprende_il=None)
        dati = {"azienda": webhook.azienda.codice, "programma": webhook.cliente.name}
        una = annuncio(TipoAnnuncio.PROVA, webhook.azienda_id, dati, smistato_il=adesso)
        una.save(force_insert=True)
        consegna = Consegna.objects.create(webhook=webhook, annuncio=una, dal=adesso)
        _registra(webhook, "provato", _("Prova del webhook «%(webhook)s»"), da)
        chiama([webhook.pk])
    return consegna


def rimanda_consegna(consegna: Consegna, *, da: Utente | None) -> None:
    """Send again what was given up, or received: with the same id, so that who receives knows.

    :raises PermissionDenied: as for :func:`crea_webhook`.
    :raises ValidationError: the webhook is not active, or the delivery still has to be tried.
    """
    webhook = consegna.webhook
    esigi(da, PERMESSO, webhook)
    chiuse = [Consegna.Stato.CONSEGNATA, Consegna.Stato.FALLITA]
    with transaction.atomic():
        _aggiorna(webhook, [Stato.ATTIVO], riprende_il=None)
        chiusa = Consegna.objects.filter(pk=consegna.pk, stato__in=chiuse)
        if not chiusa.update(
            stato=Consegna.Stato.IN_ATTESA, dal=timezone.now(), tentativi_fatti=0, chiusa_il=None
        ):
            raise ValidationError(_("La consegna deve ancora partire: aspettare che finisca."))
        _registra(
            webhook, "rimandato", _("Rimandata una consegna del webhook «%(webhook)s»"), da,
            codice=str(consegna.annuncio.codice), tipo=consegna.annuncio.tipo,
        )  # fmt: skip
        chiama([webhook.pk])


def dimentica() -> int:
    """Throw away what was told ``WEBHOOK_GIORNI`` days ago with its log; how many announcements."""
    prima = timezone.now() - timedelta(days=settings.WEBHOOK_GIORNI)
    vecchi = Annuncio.objects.filter(creato_il__lt=prima)
    quanti = vecchi.count()
    vecchi.delete()
    return quanti


def _controlla_eventi(cliente: ClienteApi, eventi: Sequence[str]) -> list[str]:
    """Those chosen, in our order, if the program may read of them."""
    if not eventi:
        raise ValidationError({"eventi": _("Scegli almeno un evento.")})
    if set(eventi) - {uno.value for uno in DA_CHIEDERE}:
        raise ValidationError({"eventi": _("Un evento non esiste.")})
    scelti = [uno for uno in DA_CHIEDERE if uno.value in eventi]
    for uno in scelti:
        if AMBITI_DEGLI_ANNUNCI[uno] not in cliente.ambiti:
            raise ValidationError(
                {"eventi": _("Per «%(evento)s» il programma deve avere l'ambito «%(ambito)s».")
                 % {"evento": uno.label, "ambito": AMBITI_DEGLI_ANNUNCI[uno]}}
            )  # fmt: skip
    return [uno.value for uno in scelti]


def _gia_avvisato() -> ValidationError:
    return ValidationError({"indirizzo": _("Il programma è già avvisato a questo indirizzo.")})


def _aggiorna(webhook: Webhook, da_stati: list[Stato], **campi: Any) -> None:
    """Write on a row still in one of those states.

    :raises ValidationError: somebody moved it.
    """
    if not Webhook.objects.filter(pk=webhook.pk, stato__in=da_stati).update(**campi):
        adesso = Webhook.objects.get(pk=webhook.pk).get_stato_display()
        raise ValidationError(_("Il webhook è %(stato)s: così non si può.") % {"stato": adesso})


def _registra(webhook: Webhook, verbo: str, frase: str, da: Utente | None, **dati: Any) -> None:
    registra(
        f"webhook.{verbo}",
        webhook,
        azienda=webhook.azienda,
        da=da,
        descrizione=frase % {"webhook": webhook},
        dati=dati,
        riguarda=[webhook.cliente],
    )
