# SPDX-License-Identifier: AGPL-3.0-or-later
"""Runs asked together: the same period for many plans."""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from obiettivi.models.calcolo import Calcolo, Prospettiva
from piani.models import Azienda, Utente

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


class GiroQuerySet(models.QuerySet["GiroDiCalcolo"]):
    def visibili_a(self, utente: "Utente | AnonymousUser") -> "GiroQuerySet":
        """Those with at least a run on a plan of an azienda that the person sees."""
        aziende = Azienda.objects.visibili_a(utente)
        calcoli = Calcolo.objects.filter(piano__azienda__in=aziende, giro__isnull=False)
        return self.filter(pk__in=calcoli.values("giro"))


class GiroDiCalcolo(models.Model):
    """The runs of many plans, one row each; its progress is theirs.

    ``scartati``: the plans for which no run could be asked, each with its reason.
    """

    prospettiva = models.CharField(_("prospettiva"), max_length=15, choices=Prospettiva)
    anno = models.PositiveSmallIntegerField(_("anno"))
    frazioni = models.JSONField(_("periodi"), default=list)
    da = models.ForeignKey(
        Utente,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="giri_di_calcolo",
        verbose_name=_("avviato da"),
    )
    creato_il = models.DateTimeField(_("chiesto il"), auto_now_add=True)
    scartati = models.JSONField(_("piani scartati"), default=list, blank=True)

    objects = GiroQuerySet.as_manager()

    class Meta:
        verbose_name = _("giro di calcolo")
        verbose_name_plural = _("giri di calcolo")
        ordering = ["-creato_il"]

    def __str__(self) -> str:
        return _("Giro di calcolo %(n)s") % {"n": self.pk}

    def get_absolute_url(self) -> str:
        return reverse("giro", args=[self.pk])

    def conti(self) -> dict[str, Any]:
        """How many runs there are, are over, have failed, wait for a reason; scores changed."""
        Stato = Calcolo.Stato
        return self.calcoli.aggregate(
            totale=Count("pk"),
            fatti=Count("pk", filter=~Q(stato__in=Calcolo.APERTI)),
            falliti=Count("pk", filter=Q(stato=Stato.FALLITO)),
            da_accettare=Count("pk", filter=Q(stato=Stato.DA_ACCETTARE)),
            scritti=models.Sum("scritti", default=0),
        )
