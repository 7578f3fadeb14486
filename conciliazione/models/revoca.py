# SPDX-License-Identifier: AGPL-3.0-or-later
"""The act that takes a contribution back, and what it leaves to the capofila."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from conciliazione.models.campi import euro
from conciliazione.models.progetto import Progetto
from conciliazione.models.visibilita import Chi, dell_ufficio, enti_di
from piani.models import Azienda, Utente
from piani.models.vincoli import almeno, non_negativi


class RevocaQuerySet(models.QuerySet["RevocaContributo"]):
    def visibili_a(self, utente: "Chi") -> "RevocaQuerySet":
        """The office's and the readers' all; that of a project for who leads it."""
        return self.filter(
            dell_ufficio(utente, "progetto__edizione") | Q(progetto__capofila__in=enti_di(utente))
        )


class RevocaContributo(models.Model):
    """The revocation of a project: what was paid comes back, but for ``trattenuto``, that the act
    recognises for what was done; ``entro`` is the last day to give it back.
    """

    progetto = models.OneToOneField(Progetto, models.PROTECT, related_name="revoca")
    atto = models.CharField(_("atto di revoca"), max_length=200)
    atto_del = models.DateField(_("atto del"))
    trattenuto = euro(_("quanto resta al capofila"), default=0)
    entro = models.DateField(_("da restituire entro"), null=True, blank=True)
    scritta_da = models.ForeignKey(Utente, models.PROTECT, null=True, blank=True, related_name="+")
    scritta_il = models.DateTimeField(_("scritta il"), auto_now=True)

    objects = RevocaQuerySet.as_manager()

    class Meta:
        verbose_name = _("revoca di un contributo")
        verbose_name_plural = _("revoche dei contributi")
        ordering = ["progetto_id"]
        constraints = [
            non_negativi("revoca_contributo", "trattenuto"),
            almeno(
                "revoca_contributo_entro_dopo_l_atto",
                Q(entro__isnull=True) | Q(entro__gte=F("atto_del")),
                _("Il termine per restituire viene prima dell'atto."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.progetto}: {self.atto}"

    @property
    def azienda(self) -> Azienda:
        return self.progetto.azienda
