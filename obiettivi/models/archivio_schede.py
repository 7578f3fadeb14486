# SPDX-License-Identifier: AGPL-3.0-or-later
"""The schede of a year printed together: asked, prepared in the background, kept for some days."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from piani.models import Azienda, Utente

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

GIORNI = 7  # an archive is a copy: it is thrown away after a week, and made again when needed


class ArchivioQuerySet(models.QuerySet["ArchivioSchede"]):
    def visibili_a(self, utente: "Utente | AnonymousUser") -> "ArchivioQuerySet":
        """Only one's own, each asked as who one is now: for oneself, or for the same person."""
        if not utente.is_authenticated:
            return self.none()
        aziende = Azienda.objects.visibili_a(utente)
        return self.filter(azienda__in=aziende, da=utente, per_conto_di=utente.per_conto_di)

    def aperti(self) -> "ArchivioQuerySet":
        """Those still to be finished."""
        return self.filter(stato__in=ArchivioSchede.APERTI)

    def da_togliere(self, adesso: datetime) -> "ArchivioQuerySet":
        """Those whose files have been there for long enough."""
        return self.filter(
            stato=ArchivioSchede.Stato.PRONTO, finito_il__lt=adesso - timedelta(days=GIORNI)
        )


class ArchivioSchede(models.Model):
    """A ZIP with the schede of an azienda for a year, those that who asked could see.

    ``schede`` are their keys, fixed when it was asked. The row is the status of the job.
    """

    class Stato(models.TextChoices):
        IN_ATTESA = "in_attesa", _("In attesa")
        IN_CORSO = "in_corso", _("In corso")
        PRONTO = "pronto", _("Pronto")
        FALLITO = "fallito", _("Non riuscito")
        SCADUTO = "scaduto", _("Scaduto")

    APERTI = (Stato.IN_ATTESA, Stato.IN_CORSO)

    azienda = models.ForeignKey(Azienda, models.CASCADE, related_name="archivi_schede")
    anno = models.PositiveSmallIntegerField(_("anno"))
    da = models.ForeignKey(
        Utente, models.PROTECT, related_name="archivi_schede", verbose_name=_("chiesto da")
    )
    per_conto_di = models.ForeignKey(
        Utente, models.PROTECT, null=True, blank=True, related_name="+"
    )
    schede = models.JSONField(_("schede"), default=list)
    stato = models.CharField(_("stato"), max_length=10, choices=Stato, default=Stato.IN_ATTESA)
    fatte = models.PositiveIntegerField(_("fatte"), default=0)
    chiesto_il = models.DateTimeField(_("chiesto il"), auto_now_add=True)
    mosso_il = models.DateTimeField(_("ultimo progresso"), null=True, blank=True)
    finito_il = models.DateTimeField(_("finito il"), null=True, blank=True)
    impronta = models.CharField(_("impronta"), max_length=64, blank=True)
    byte = models.PositiveBigIntegerField(_("byte"), null=True, blank=True)
    errore = models.TextField(_("errore"), blank=True)

    objects = ArchivioQuerySet.as_manager()

    class Meta:
        verbose_name = _("archivio di schede")
        verbose_name_plural = _("archivi di schede")
        ordering = ["-chiesto_il", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="archivio_schede_pronto_con_impronta",
                condition=~Q(stato="pronto") | ~Q(impronta=""),
                violation_error_message=_("Un archivio pronto ha la sua impronta."),
            ),
        ]

    def __str__(self) -> str:
        return f"{_('Schede budget')} {self.anno} – {self.azienda}"

    def get_absolute_url(self) -> str:
        return reverse("schede_archivio", args=[self.pk])

    @property
    def totale(self) -> int:
        return len(self.schede)

    @property
    def aperto(self) -> bool:
        return self.stato in self.APERTI

    @property
    def percorso(self) -> Path:
        """Where the ZIP is: never served but by the view that asks who wants it."""
        return Path(settings.MEDIA_ROOT) / "schede" / f"archivio-{self.pk}.zip"

    @property
    def nome_del_file(self) -> str:
        return f"schede-budget-{self.azienda.codice}-{self.anno}.zip"

    @property
    def scade_il(self) -> datetime | None:
        return self.finito_il + timedelta(days=GIORNI) if self.finito_il else None
