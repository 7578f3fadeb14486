# SPDX-License-Identifier: AGPL-3.0-or-later
"""The windows of the yearly cycle: from when to when each thing can be done, and who has longer."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from obiettivi.models.indicatore import Frazione
from piani.models import Azienda, UnitaOrganizzativa, Utente

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


class FinestraQuerySet(models.QuerySet["Finestra"]):
    def visibili_a(self, utente: "Utente | AnonymousUser") -> "FinestraQuerySet":
        return self.filter(azienda__in=Azienda.objects.visibili_a(utente))

    def aperte(self, giorno: date) -> "FinestraQuerySet":
        """Those open on a day, without the late exceptions of single units."""
        return self.filter(apre__lte=giorno, scade__gte=giorno)


class Finestra(models.Model):
    """When something of a year's cycle may be done, ends included.

    A reporting window is of a period (``frazione``); the others are of the whole year. What is
    done of 2026 may be due in 2027: the dates say it, not ``anno``.
    """

    class Tipo(models.TextChoices):
        NEGOZIAZIONE = "negoziazione", _("Negoziazione delle schede budget")
        RENDICONTAZIONE = "rendicontazione", _("Rendicontazione dei risultati")
        CONTRODEDUZIONI = "controdeduzioni", _("Controdeduzioni sulle schede")
        VALIDAZIONE_SCHEDE = "validazione_schede", _("Validazione delle schede del Nucleo")
        AUTOVALUTAZIONE = "autovalutazione", _("Autovalutazione individuale")
        VALUTAZIONE = "valutazione", _("Valutazione individuale, colloquio e firme")
        RELAZIONE = "relazione", _("Relazione sulla performance")

    azienda = models.ForeignKey(Azienda, models.CASCADE, related_name="finestre")
    anno = models.PositiveSmallIntegerField(_("anno"))
    tipo = models.CharField(_("che cosa"), max_length=20, choices=Tipo)
    frazione = models.CharField(
        _("periodo"), max_length=2, choices=Frazione, blank=True, default=Frazione.ANNO
    )
    apre = models.DateField(_("si apre il"))
    scade = models.DateField(_("scade il"))

    objects = FinestraQuerySet.as_manager()

    class Meta:
        verbose_name = _("finestra del ciclo")
        verbose_name_plural = _("finestre del ciclo")
        ordering = ["azienda", "-anno", "apre", "scade"]
        constraints = [
            models.UniqueConstraint(
                name="finestra_una_per_periodo",
                fields=["azienda", "anno", "tipo", "frazione"],
                violation_error_message=_("Questa finestra c'è già."),
            ),
            models.CheckConstraint(
                name="finestra_date_in_ordine",
                condition=Q(scade__gte=F("apre")),
                violation_error_message=_("La finestra scade prima di aprirsi."),
            ),
            models.CheckConstraint(
                name="finestra_periodo_se_rendicontazione",
                condition=Q(tipo="rendicontazione") | Q(frazione=""),
                violation_error_message=_("Solo la rendicontazione è di un periodo."),
            ),
        ]

    def __str__(self) -> str:
        if not self.frazione:
            return f"{self.get_tipo_display()} {self.anno}"
        return f"{self.get_tipo_display()}, {self.get_frazione_display()} {self.anno}"


class Proroga(models.Model):
    """A late exception: a unit may still do it until a later day, for a written reason."""

    finestra = models.ForeignKey(Finestra, models.CASCADE, related_name="proroghe")
    unita = models.ForeignKey(
        UnitaOrganizzativa, models.PROTECT, related_name="proroghe", verbose_name=_("unità")
    )
    fino_al = models.DateField(_("fino al"))
    motivo = models.TextField(_("motivo"))
    concessa_da = models.ForeignKey(
        Utente, models.PROTECT, null=True, related_name="+", verbose_name=_("concessa da")
    )
    concessa_il = models.DateTimeField(_("concessa il"), auto_now_add=True)

    class Meta:
        verbose_name = _("proroga")
        verbose_name_plural = _("proroghe")
        ordering = ["finestra", "unita"]
        constraints = [
            models.UniqueConstraint(
                name="proroga_una_per_unita",
                fields=["finestra", "unita"],
                violation_error_message=_("L'unità ha già una proroga di questa finestra."),
            ),
            models.CheckConstraint(
                name="proroga_motivata",
                condition=~Q(motivo=""),
                violation_error_message=_("Scrivi perché la proroga è concessa."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unita}: {self.finestra}"
