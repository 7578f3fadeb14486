# SPDX-License-Identifier: AGPL-3.0-or-later
"""Periods whose results are settled: no new one comes in."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from obiettivi.calcolo.periodi import genitori
from obiettivi.models.indicatore import Frazione
from piani.models import Azienda, Utente


class PeriodoChiusoQuerySet(models.QuerySet["PeriodoChiuso"]):
    def che_comprendono(self, anno: int, frazione: str) -> "PeriodoChiusoQuerySet":
        """The closures that hold for a period: its own and those of the longer ones around it."""
        return self.filter(anno=anno, frazione__in=(frazione, *genitori(frazione)))


class PeriodoChiuso(models.Model):
    """A year, or a part of it, whose results an azienda takes no more."""

    azienda = models.ForeignKey(Azienda, models.CASCADE, related_name="periodi_chiusi")
    anno = models.PositiveSmallIntegerField(_("anno"))
    frazione = models.CharField(
        _("periodo"), max_length=2, choices=Frazione, blank=True, default=Frazione.ANNO
    )
    chiuso_il = models.DateTimeField(_("chiuso il"), auto_now_add=True)
    chiuso_da = models.ForeignKey(
        Utente, models.PROTECT, null=True, blank=True, related_name="periodi_chiusi"
    )

    objects = PeriodoChiusoQuerySet.as_manager()

    class Meta:
        verbose_name = _("periodo chiuso")
        verbose_name_plural = _("periodi chiusi")
        ordering = ["azienda", "anno", "frazione"]
        constraints = [
            models.UniqueConstraint(
                name="periodo_chiuso_una_volta",
                fields=["azienda", "anno", "frazione"],
                violation_error_message=_("Quel periodo è già chiuso."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_frazione_display()} {self.anno}"
