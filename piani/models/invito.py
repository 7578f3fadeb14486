# SPDX-License-Identifier: AGPL-3.0-or-later
"""The invitation that brings a person in: by e-mail, for some days, once."""

from datetime import datetime

from django.core import signing
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from piani.models.azienda import Azienda
from piani.models.incarico import Utente

FIRMA = signing.Signer(salt="piani.invito")


class InvitoQuerySet(models.QuerySet["Invito"]):
    def aperti(self) -> "InvitoQuerySet":
        """Neither used nor revoked; perhaps expired."""
        return self.filter(usato_il__isnull=True, revocato_il__isnull=True)

    def validi(self, adesso: datetime | None = None) -> "InvitoQuerySet":
        """Those that can be used. Columns of the row alone, so that an UPDATE that waited for
        another looks at them again.
        """
        return self.aperti().filter(scade_il__gt=adesso or timezone.now())

    def da_spedire(self) -> "InvitoQuerySet":
        return self.validi().filter(spedito_il__isnull=True)


class Invito(models.Model):
    """Lets a person choose a password. The link is signed and not stored: who reads the database
    cannot use it.
    """

    utente = models.ForeignKey(Utente, models.CASCADE, related_name="inviti")
    azienda = models.ForeignKey(Azienda, models.CASCADE, related_name="inviti")
    da = models.ForeignKey(
        Utente, models.PROTECT, null=True, related_name="+", verbose_name=_("invitato da")
    )
    creato_il = models.DateTimeField(_("creato il"), auto_now_add=True)
    scade_il = models.DateTimeField(_("scade il"))
    spedito_il = models.DateTimeField(_("spedito il"), null=True, blank=True)
    errore = models.CharField(_("perché non è partito"), max_length=300, blank=True)
    usato_il = models.DateTimeField(_("usato il"), null=True, blank=True)
    revocato_il = models.DateTimeField(_("revocato il"), null=True, blank=True)

    objects = InvitoQuerySet.as_manager()

    class Meta:
        verbose_name = _("invito")
        verbose_name_plural = _("inviti")
        ordering = ["-creato_il", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="invito_uno_aperto",
                fields=["utente"],
                condition=Q(usato_il__isnull=True, revocato_il__isnull=True),
                violation_error_message=_("La persona ha già un invito aperto."),
            ),
            models.CheckConstraint(
                name="invito_usato_o_revocato",
                condition=Q(usato_il__isnull=True) | Q(revocato_il__isnull=True),
                violation_error_message=_("Un invito usato non si revoca."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.utente} – {self.stato}"

    @property
    def aperto(self) -> bool:
        return self.usato_il is None and self.revocato_il is None

    @property
    def scaduto(self) -> bool:
        return self.aperto and self.scade_il <= timezone.now()

    @property
    def stato(self) -> str:
        """In words, as the pages say it."""
        if self.usato_il:
            return str(_("accettato"))
        if self.revocato_il:
            return str(_("revocato"))
        if self.scaduto:
            return str(_("scaduto"))
        if self.errore:
            return str(_("non ancora partito"))
        return str(_("spedito") if self.spedito_il else _("in partenza"))

    @property
    def chiave(self) -> str:
        """What the link carries: the row's key, signed."""
        return FIRMA.sign_object(self.pk)
