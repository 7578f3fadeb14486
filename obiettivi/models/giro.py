# SPDX-License-Identifier: AGPL-3.0-or-later
"""Runs asked together: the same period for many plans."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Count, F, Q, Sum
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from obiettivi.models.calcolo import Calcolo, Prospettiva
from obiettivi.models.indicatore import Frazione
from piani.models import Piano, Utente

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


class GiroQuerySet(models.QuerySet["GiroDiCalcolo"]):
    def visibili_a(self, utente: "Utente | AnonymousUser") -> "GiroQuerySet":
        """Those with at least a run that the person sees."""
        calcoli = Calcolo.objects.visibili_a(utente).filter(giro__isnull=False)
        return self.filter(pk__in=calcoli.values("giro"))

    def con_conti(self, utente: "Utente | AnonymousUser") -> "GiroQuerySet":
        """Each with how many of its runs, among those that the person sees, there are
        (``totale``), are open, are over, have failed, wait for a reason; and the scores changed.
        """
        Stato = Calcolo.Stato
        visti = Q(calcoli__piano__in=Piano.objects.visibili_a(utente))
        return self.annotate(
            totale=Count("calcoli", filter=visti),
            aperti=Count("calcoli", filter=visti & Q(calcoli__stato__in=Calcolo.APERTI)),
            finiti=F("totale") - F("aperti"),
            falliti=Count("calcoli", filter=visti & Q(calcoli__stato=Stato.FALLITO)),
            da_accettare=Count("calcoli", filter=visti & Q(calcoli__stato=Stato.DA_ACCETTARE)),
            cambiati=Coalesce(Sum("calcoli__scritti", filter=visti), 0),
        )


class GiroDiCalcolo(models.Model):
    """The runs of many plans, one row each; its progress is theirs.

    ``scartati``: the plans for which no run could be asked (``piano`` is the key), each with its
    reason.
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

    @property
    def periodi(self) -> str:
        """The periods, in words."""
        return ", ".join(str(Frazione(una).label) for una in self.frazioni)
