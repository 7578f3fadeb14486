# SPDX-License-Identifier: AGPL-3.0-or-later
"""What other programs are told as soon as it happens: who wants it, what is told, how it went."""

import uuid
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from piani.models.azienda import Azienda
from piani.models.cliente import ClienteApi
from piani.models.incarico import Utente

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

URL_MASSIMA = 500


class TipoAnnuncio(models.TextChoices):
    """What a program may ask to be told."""

    PUNTEGGIO = "punteggio.cambiato", _("Punteggio cambiato")
    DOCUMENTO = "documento.pubblicato", _("Documento pubblicato")
    FINESTRA = "finestra.in_apertura", _("Finestra in apertura")
    PROVA = "prova", _("Prova del collegamento")


DA_CHIEDERE = (TipoAnnuncio.PUNTEGGIO, TipoAnnuncio.DOCUMENTO, TipoAnnuncio.FINESTRA)
"""Those that one subscribes to; the trial is sent by hand."""
AMBITI_DEGLI_ANNUNCI = {
    TipoAnnuncio.PUNTEGGIO: "obiettivi:leggi",
    TipoAnnuncio.DOCUMENTO: "piani:leggi",
    TipoAnnuncio.FINESTRA: "obiettivi:leggi",
}
"""The scope that a program must have to be told."""


class WebhookQuerySet(models.QuerySet["Webhook"]):
    def visibili_a(self, utente: "Utente | AnonymousUser") -> "WebhookQuerySet":
        """Those of the aziende whose programs the person sees to, and a program's own while its
        incarico lasts.
        """
        if not utente.is_authenticated:
            return self.none()
        propri = Q(cliente__user=utente, azienda__in=Azienda.objects.visibili_a(utente))
        return self.filter(Q(azienda__in=Azienda.objects.amministrate_da(utente)) | propri)

    def attivi(self) -> "WebhookQuerySet":
        """Those that are told things today."""
        return self.filter(stato=Webhook.Stato.ATTIVO, cliente__revocato_il__isnull=True)


class Webhook(models.Model):
    """The address where a program of an azienda wants to be told of some events.

    ``segreto`` and ``segreto_precedente`` are encrypted (``piani.webhook.firma``): what is sent is
    signed with both while the second is good. ``preso_fino_a``: somebody is delivering, until then
    at most. ``riprende_il``: the receiver does not answer, it is left in peace until then.
    """

    class Stato(models.TextChoices):
        ATTIVO = "attivo", _("attivo")
        SOSPESO = "sospeso", _("sospeso")
        CHIUSO = "chiuso", _("chiuso")

    cliente = models.ForeignKey(ClienteApi, models.PROTECT, related_name="webhook")
    azienda = models.ForeignKey(Azienda, models.PROTECT, related_name="webhook")
    indirizzo = models.CharField(_("indirizzo"), max_length=URL_MASSIMA)
    eventi = models.JSONField(_("eventi"), default=list)
    segreto = models.TextField(_("segreto"))
    segreto_precedente = models.TextField(_("segreto precedente"), blank=True, default="")
    segreto_precedente_fino_a = models.DateTimeField(
        _("il segreto precedente firma fino a"), null=True, blank=True
    )
    stato = models.CharField(_("stato"), max_length=10, choices=Stato, default=Stato.ATTIVO)
    motivo = models.CharField(_("perché è sospeso"), max_length=300, blank=True, default="")
    sospeso_il = models.DateTimeField(_("sospeso il"), null=True, blank=True)
    fallite_di_fila = models.PositiveIntegerField(_("consegne fallite di fila"), default=0)
    riprende_il = models.DateTimeField(_("si riprova dal"), null=True, blank=True)
    preso_fino_a = models.DateTimeField(_("in consegna fino a"), null=True, blank=True)
    creato_il = models.DateTimeField(_("creato il"), auto_now_add=True)

    objects = WebhookQuerySet.as_manager()

    class Meta:
        verbose_name = _("webhook")
        verbose_name_plural = _("webhook")
        ordering = ["azienda", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="webhook_indirizzo_unico",
                fields=["cliente", "indirizzo"],
                condition=~Q(stato="chiuso"),
                violation_error_message=_("Il programma è già avvisato a questo indirizzo."),
            ),
        ]
        indexes = [models.Index(fields=["azienda", "stato"], name="webhook_azienda_stato")]

    def __str__(self) -> str:
        return f"{self.cliente}: {self.indirizzo}"

    @property
    def ha_due_segreti(self) -> bool:
        """Whether what is sent is signed with the secret before this one too."""
        fino = self.segreto_precedente_fino_a
        return bool(self.segreto_precedente) and fino is not None and fino > timezone.now()

    @property
    def eventi_detti(self) -> list[str]:
        """Its events as people read them."""
        return [str(TipoAnnuncio(uno).label) for uno in self.eventi]


class Annuncio(models.Model):
    """Something that happened and that some program wants to know: written in the transaction that
    did it, so that it is told if, and only if, it stands.

    ``corpo`` is the very text that is sent and signed. ``riguarda``: the plan it speaks of, that a
    program must be able to read. ``chiave``: what must not be told twice; empty if it may.
    """

    codice = models.UUIDField(_("codice"), default=uuid.uuid4, unique=True, editable=False)
    azienda = models.ForeignKey(Azienda, models.CASCADE, related_name="annunci")
    tipo = models.CharField(_("tipo"), max_length=40, choices=TipoAnnuncio)
    corpo = models.TextField(_("corpo"))
    riguarda = models.ForeignKey("piani.Piano", models.CASCADE, null=True, related_name="+")
    chiave = models.CharField(_("chiave"), max_length=80, blank=True, default="")
    creato_il = models.DateTimeField(_("accaduto il"), default=timezone.now)
    smistato_il = models.DateTimeField(_("smistato il"), null=True, blank=True)

    class Meta:
        verbose_name = _("annuncio")
        verbose_name_plural = _("annunci")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="annuncio_una_volta", fields=["chiave"], condition=~Q(chiave="")
            ),
        ]
        indexes = [
            models.Index(
                fields=["id"], name="annuncio_da_smistare", condition=Q(smistato_il__isnull=True)
            ),
            models.Index(fields=["creato_il"], name="annuncio_creato_il"),
        ]

    def __str__(self) -> str:
        return f"{self.get_tipo_display()} {self.codice}"


class ConsegnaQuerySet(models.QuerySet["Consegna"]):
    def visibili_a(self, utente: "Utente | AnonymousUser") -> "ConsegnaQuerySet":
        """Those of the webhooks that the person, or the program, sees."""
        return self.filter(webhook__in=Webhook.objects.visibili_a(utente))

    def in_attesa(self) -> "ConsegnaQuerySet":
        return self.filter(stato=Consegna.Stato.IN_ATTESA)


class Consegna(models.Model):
    """An announcement for a webhook, until it is received or given up.

    Taken by compare-and-set (``in_attesa`` → ``in_corso``) before sending: two workers never send
    it together. ``dal``: not before then.
    """

    class Stato(models.TextChoices):
        IN_ATTESA = "in_attesa", _("in attesa")
        IN_CORSO = "in_corso", _("in corso")
        CONSEGNATA = "consegnata", _("consegnata")
        FALLITA = "fallita", _("fallita")

    webhook = models.ForeignKey(Webhook, models.CASCADE, related_name="consegne")
    annuncio = models.ForeignKey(Annuncio, models.CASCADE, related_name="consegne")
    stato = models.CharField(_("stato"), max_length=10, choices=Stato, default=Stato.IN_ATTESA)
    dal = models.DateTimeField(_("si manda dal"))
    presa_il = models.DateTimeField(_("presa il"), null=True, blank=True)
    tentativi_fatti = models.PositiveSmallIntegerField(_("tentativi"), default=0)
    chiusa_il = models.DateTimeField(_("chiusa il"), null=True, blank=True)

    objects = ConsegnaQuerySet.as_manager()

    class Meta:
        verbose_name = _("consegna")
        verbose_name_plural = _("consegne")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(name="consegna_una_volta", fields=["webhook", "annuncio"]),
        ]
        indexes = [
            models.Index(
                fields=["webhook", "dal"],
                name="consegna_da_fare",
                condition=Q(stato__in=("in_attesa", "in_corso")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.annuncio} → {self.webhook}"


class Tentativo(models.Model):
    """Once that a delivery was tried: what was answered, or why nobody answered."""

    consegna = models.ForeignKey(Consegna, models.CASCADE, related_name="tentativi")
    quando = models.DateTimeField(_("quando"))
    durata_ms = models.PositiveIntegerField(_("durata in millisecondi"))
    risposta = models.PositiveSmallIntegerField(_("stato della risposta"), null=True)
    errore = models.CharField(_("errore"), max_length=300, blank=True, default="")

    class Meta:
        verbose_name = _("tentativo di consegna")
        verbose_name_plural = _("tentativi di consegna")
        ordering = ["quando", "pk"]

    def __str__(self) -> str:
        return f"{self.quando:%d/%m/%Y %H:%M} {self.risposta or self.errore}"
