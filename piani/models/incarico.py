# SPDX-License-Identifier: AGPL-3.0-or-later
"""People and what they are entrusted with: every right derives from an Incarico in force."""

from datetime import date

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from piani.models.azienda import Azienda


class Ruolo(models.TextChoices):
    """Jobs of the ciclo della performance and of the floors above it."""

    CONTROLLO_GESTIONE = "controllo_gestione", _("Controllo di gestione")
    RESPONSABILE_CDR = "responsabile_cdr", _("Responsabile di CdR")
    RILEVATORE = "rilevatore", _("Rilevatore (UO certificatrice)")
    DIREZIONE = "direzione", _("Direzione strategica")
    NUCLEO = "nucleo", _("Nucleo di valutazione / OIV")
    PUBBLICATORE = "pubblicatore", _("RPCT / pubblicatore")
    RISORSE_UMANE = "risorse_umane", _("Risorse umane")
    CUG = "cug", _("CUG")
    CAPOFILA = "capofila", _("Capofila di rete")
    REGIONE = "regione", _("Regione (lettura)")
    AMMINISTRATORE = "amministratore", _("Amministratore")


class Utente(AbstractUser):
    """A person with a login."""

    email = models.EmailField(_("posta elettronica"), unique=True)

    class Meta:
        verbose_name = _("persona")
        verbose_name_plural = _("persone")
        ordering = ["last_name", "first_name", "username"]

    def __str__(self) -> str:
        return self.get_full_name() or self.username


class IncaricoQuerySet(models.QuerySet["Incarico"]):
    def in_vigore(self, giorno: date | None = None) -> "IncaricoQuerySet":
        """Those valid on a day, both ends included (today if not said)."""
        oggi = giorno or timezone.localdate()
        return self.filter(Q(dal__lte=oggi) & (Q(al__isnull=True) | Q(al__gte=oggi)))


class Incarico(models.Model):
    """Person × azienda × ruolo × unità, dated.

    The Nucleo's incarichi are read-only and limited to the years entrusted to it
    (``anno_da``–``anno_a``), besides their dates.
    """

    utente = models.ForeignKey(Utente, models.CASCADE, related_name="incarichi")
    azienda = models.ForeignKey(Azienda, models.CASCADE, related_name="incarichi")
    ruolo = models.CharField(_("ruolo"), max_length=20, choices=Ruolo)
    unita = models.ForeignKey(
        "piani.UnitaOrganizzativa",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="incarichi",
        verbose_name=_("unità organizzativa"),
    )
    dal = models.DateField(_("dal"))
    al = models.DateField(_("al"), null=True, blank=True)
    anno_da = models.PositiveSmallIntegerField(_("dall'anno"), null=True, blank=True)
    anno_a = models.PositiveSmallIntegerField(_("all'anno"), null=True, blank=True)

    objects = IncaricoQuerySet.as_manager()

    class Meta:
        verbose_name = _("incarico")
        verbose_name_plural = _("incarichi")
        ordering = ["azienda", "ruolo", "dal"]
        constraints = [
            models.CheckConstraint(
                name="incarico_date_in_ordine",
                condition=Q(al__isnull=True) | Q(al__gte=F("dal")),
                violation_error_message=_("L'incarico finisce prima di cominciare."),
            ),
            models.CheckConstraint(
                name="incarico_anni_in_ordine",
                condition=Q(anno_da__isnull=True)
                | Q(anno_a__isnull=True)
                | Q(anno_a__gte=F("anno_da")),
                violation_error_message=_("L'ultimo anno affidato viene prima del primo."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.utente} – {self.get_ruolo_display()}"

    def comprende(self, primo: int, ultimo: int) -> bool:
        """Whether some of those years, ends included, are among the ones entrusted."""
        da, a = self.anno_da or primo, self.anno_a or ultimo
        return da <= ultimo and a >= primo
