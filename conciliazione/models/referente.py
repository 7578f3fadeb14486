# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who represents a body: a person from outside the azienda, with no incarico there."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from conciliazione.models.campi import date_in_ordine, una_sola
from conciliazione.models.rete import Ente
from conciliazione.models.visibilita import Chi, dell_azienda, enti_di
from piani.models import Azienda, Utente


class ReferenteQuerySet(models.QuerySet["Referente"]):
    def visibili_a(self, utente: "Chi") -> "ReferenteQuerySet":
        """The office's and the readers' all; those of one's own bodies."""
        return self.filter(dell_azienda(utente, "ente__azienda") | Q(ente__in=enti_di(utente)))

    def in_vigore(self, giorno: date | None = None) -> "ReferenteQuerySet":
        oggi = giorno or timezone.localdate()
        return self.filter(dal__lte=oggi).filter(Q(al__isnull=True) | Q(al__gte=oggi))

    def che_valgono_per(self, utente: "Chi", giorno: date | None = None) -> "ReferenteQuerySet":
        """Those from which the person's rights derive. A body is represented in person: who acts
        for somebody else represents nobody.
        """
        if not utente.is_authenticated or utente.delega is not None or not utente.is_active:
            return self.none()
        return self.filter(utente=utente).in_vigore(giorno)


class Referente(models.Model):
    """Person × ente, dated: what lets someone from outside write for that body and see its own."""

    ente = models.ForeignKey(Ente, models.CASCADE, related_name="referenti")
    utente = models.ForeignKey(Utente, models.CASCADE, related_name="rappresentanze")
    legale = models.BooleanField(_("legale rappresentante"), default=False)
    telefono = models.CharField(_("telefono"), max_length=30, blank=True)
    dal = models.DateField(_("dal"))
    al = models.DateField(_("al"), null=True, blank=True)
    nominato_da = models.ForeignKey(Utente, models.PROTECT, null=True, blank=True, related_name="+")

    objects = ReferenteQuerySet.as_manager()

    class Meta:
        verbose_name = _("referente")
        verbose_name_plural = _("referenti")
        ordering = ["ente_id", "-dal"]
        constraints = [
            una_sola(
                "referente_uno_aperto", ["ente", "utente"],
                _("La persona rappresenta già l'ente."), condition=Q(al__isnull=True),
            ),
            date_in_ordine("referente"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.utente} – {self.ente}"

    @property
    def azienda(self) -> Azienda:
        return self.ente.azienda
