# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the Nucleo opened, page by page: who, where, when."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from piani.models.azienda import Azienda
from piani.models.incarico import Incarico, Ruolo, Utente

if TYPE_CHECKING:
    from datetime import datetime


class AccessoQuerySet(models.QuerySet["Accesso"]):
    def di(self, azienda: Azienda) -> "AccessoQuerySet":
        """Those to an azienda; one that could not be told apart shows in each that the person
        reads as Nucleo.
        """
        membri = Incarico.objects.filter(azienda=azienda, ruolo=Ruolo.NUCLEO).values("utente")
        return self.filter(Q(azienda=azienda) | Q(azienda__isnull=True, utente__in=membri))

    def prima_di(self, quando: "datetime") -> "AccessoQuerySet":
        return self.filter(quando__lt=quando)


class Accesso(models.Model):
    """A page or a file opened by who is only in the Nucleo. Kept for ACCESSI_MESI months."""

    utente = models.ForeignKey(
        Utente, models.PROTECT, related_name="accessi", verbose_name=_("chi")
    )
    azienda = models.ForeignKey(Azienda, models.PROTECT, null=True, related_name="accessi")
    indirizzo = models.CharField(_("che cosa"), max_length=500)
    esito = models.PositiveSmallIntegerField(_("risposta"))
    quando = models.DateTimeField(_("quando"), auto_now_add=True)

    objects = AccessoQuerySet.as_manager()

    class Meta:
        verbose_name = _("accesso")
        verbose_name_plural = _("accessi")
        ordering = ["-quando", "-pk"]
        indexes = [models.Index(fields=["azienda", "-quando"], name="accesso_azienda_quando")]

    def __str__(self) -> str:
        return f"{self.utente} {self.indirizzo}"
