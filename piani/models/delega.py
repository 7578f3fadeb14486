# SPDX-License-Identifier: AGPL-3.0-or-later
"""Acting for somebody else: one incarico, lent for a time, with both names on what is done."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from piani.models.azienda import Azienda
from piani.models.incarico import Incarico, Utente


class DelegaQuerySet(models.QuerySet["Delega"]):
    def visibili_a(self, utente: Utente) -> "DelegaQuerySet":
        """Given, received, or of an azienda whose people the person sees to."""
        amministrate = Azienda.objects.amministrate_da(utente)
        return self.filter(
            Q(incarico__utente=utente) | Q(delegato=utente) | Q(incarico__azienda__in=amministrate)
        )

    def in_vigore(self, giorno: date | None = None) -> "DelegaQuerySet":
        """Usable on a day: not revoked, its incarico in force, who lent it still at work."""
        oggi = giorno or timezone.localdate()
        return self.filter(
            Q(incarico__al__isnull=True) | Q(incarico__al__gte=oggi),
            dal__lte=oggi,
            al__gte=oggi,
            revocata_il__isnull=True,
            incarico__dal__lte=oggi,
            incarico__utente__is_active=True,
        )

    def per_intero(self) -> "DelegaQuerySet":
        return self.select_related("incarico__utente", "incarico__azienda", "delegato")


class Delega(models.Model):
    """An incarico lent to a person from a day to another, with the reason.

    Who receives it acts with the rights of that incarico and with no other, and every Evento
    keeps both names.
    """

    incarico = models.ForeignKey(
        Incarico, models.CASCADE, related_name="deleghe", verbose_name=_("incarico")
    )
    delegato = models.ForeignKey(
        Utente, models.CASCADE, related_name="deleghe_ricevute", verbose_name=_("a chi")
    )
    dal = models.DateField(_("dal"))
    al = models.DateField(_("al"))
    motivo = models.CharField(_("motivo"), max_length=300)
    creata_il = models.DateTimeField(_("data il"), auto_now_add=True)
    creata_da = models.ForeignKey(
        Utente, models.PROTECT, related_name="+", null=True, verbose_name=_("data da")
    )
    revocata_il = models.DateTimeField(_("revocata il"), null=True, blank=True)

    objects = DelegaQuerySet.as_manager()

    class Meta:
        verbose_name = _("delega")
        verbose_name_plural = _("deleghe")
        ordering = ["-al", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="delega_date_in_ordine",
                condition=Q(al__gte=F("dal")),
                violation_error_message=_("La delega finisce prima di cominciare."),
            ),
            models.CheckConstraint(
                name="delega_con_motivo",
                condition=~Q(motivo=""),
                violation_error_message=_("Una delega vuole il suo motivo."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.delegante} → {self.delegato}: {self.incarico.get_ruolo_display()}"

    @property
    def delegante(self) -> Utente:
        return self.incarico.utente

    @property
    def azienda(self) -> Azienda:
        return self.incarico.azienda

    @property
    def stato(self) -> str:
        """In words, as the pages say it."""
        oggi = timezone.localdate()
        if self.revocata_il:
            return str(_("revocata"))
        if self.al < oggi:
            return str(_("finita"))
        return str(_("non ancora in vigore") if self.dal > oggi else _("in vigore"))
