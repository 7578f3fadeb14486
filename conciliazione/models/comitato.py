# SPDX-License-Identifier: AGPL-3.0-or-later
"""The Comitato di programmazione, valutazione e monitoraggio: its seats and who holds them."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from conciliazione.models.campi import date_in_ordine, una_sola
from conciliazione.models.edizione import EdizioneConciliazione
from conciliazione.models.rete import Ente
from conciliazione.models.visibilita import Chi, dell_ufficio, edizioni_del_comitato
from piani.models import Azienda, Utente


class SeggioQuerySet(models.QuerySet["Seggio"]):
    def visibili_a(self, utente: "Chi") -> "SeggioQuerySet":
        """For the office, the readers, and whoever sits in that Comitato."""
        return self.filter(dell_ufficio(utente) | Q(edizione__in=edizioni_del_comitato(utente)))

    def in_carica(self, giorno: date | None = None) -> "SeggioQuerySet":
        """The seats that count on a day: the number of members is theirs."""
        oggi = giorno or timezone.localdate()
        return self.filter(Q(dal__isnull=True) | Q(dal__lte=oggi)).filter(
            Q(al__isnull=True) | Q(al__gte=oggi)
        )


class Seggio(models.Model):
    """A seat of the Comitato of an edition: the body it is of, under the heading that the
    document prints. ``capofila`` is the one whose vote breaks a tie: there is one.
    """

    edizione = models.ForeignKey(EdizioneConciliazione, models.CASCADE, related_name="seggi")
    ordine = models.PositiveSmallIntegerField(_("ordine"))
    tipologia = models.CharField(_("tipologia di soggetto"), max_length=120)
    ente = models.ForeignKey(Ente, models.PROTECT, related_name="seggi", verbose_name=_("ente"))
    denominazione = models.CharField(_("come stampato"), max_length=200, blank=True)
    capofila = models.BooleanField(_("capofila di Rete"), default=False)
    dal = models.DateField(_("dal"), null=True, blank=True)
    al = models.DateField(_("al"), null=True, blank=True)
    riga_fonte = models.CharField(_("riga della fonte"), max_length=60, blank=True)

    objects = SeggioQuerySet.as_manager()

    class Meta:
        verbose_name = _("seggio del Comitato")
        verbose_name_plural = _("seggi del Comitato")
        ordering = ["edizione_id", "ordine"]
        constraints = [
            una_sola(
                "seggio_posto_unico", ["edizione", "ordine"],
                _("Un altro seggio ha già quel posto."),
            ),
            una_sola(
                "seggio_un_capofila", ["edizione"],
                _("Il capofila di Rete è uno solo."), condition=Q(capofila=True),
            ),
            date_in_ordine("seggio"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.denominazione or str(self.ente)

    @property
    def azienda(self) -> Azienda:
        return self.edizione.azienda


class ComponenteQuerySet(models.QuerySet["Componente"]):
    def visibili_a(self, utente: "Chi") -> "ComponenteQuerySet":
        return self.filter(seggio__in=Seggio.objects.visibili_a(utente))

    def in_vigore(self, giorno: date | None = None) -> "ComponenteQuerySet":
        oggi = giorno or timezone.localdate()
        return self.filter(dal__lte=oggi).filter(Q(al__isnull=True) | Q(al__gte=oggi))

    def che_valgono_per(self, utente: "Chi", giorno: date | None = None) -> "ComponenteQuerySet":
        """The seats that the person holds; none while acting for somebody else."""
        if not utente.is_authenticated or utente.delega is not None or not utente.is_active:
            return self.none()
        return self.filter(utente=utente).in_vigore(giorno)


class Componente(models.Model):
    """Who holds a seat: the titolare, and the supplente who comes when the titolare cannot."""

    class Qualita(models.TextChoices):
        TITOLARE = "titolare", _("Titolare")
        SUPPLENTE = "supplente", _("Supplente")

    seggio = models.ForeignKey(Seggio, models.CASCADE, related_name="componenti")
    qualita = models.CharField(_("qualità"), max_length=10, choices=Qualita)
    utente = models.ForeignKey(
        Utente, models.PROTECT, related_name="seggi", verbose_name=_("persona")
    )
    dal = models.DateField(_("dal"))
    al = models.DateField(_("al"), null=True, blank=True)

    objects = ComponenteQuerySet.as_manager()

    class Meta:
        verbose_name = _("componente del Comitato")
        verbose_name_plural = _("componenti del Comitato")
        ordering = ["seggio_id", "-qualita", "-dal"]
        constraints = [
            una_sola(
                "componente_uno_per_qualita", ["seggio", "qualita"],
                _("Il seggio ha già un titolare o un supplente in carica: prima finisce quello."),
                condition=Q(al__isnull=True),
            ),
            date_in_ordine("componente"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.utente} – {self.seggio}"

    @property
    def azienda(self) -> Azienda:
        return self.seggio.azienda
