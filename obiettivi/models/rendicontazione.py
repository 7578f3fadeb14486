# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a CdR reports of its scheda each quarter, with the files that prove it."""

from decimal import Decimal
from typing import TYPE_CHECKING

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from obiettivi.models.indicatore import Frazione, Rilevazione
from obiettivi.models.scheda import DELLA_PROPRIA_UNITA, RigaScheda, SchedaBudget
from piani.models import Incarico, Utente
from piani.organigramma.ambito import unita_sotto

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

DA_0_A_100 = [MinValueValidator(0), MaxValueValidator(100)]


class RendicontazioneQuerySet(models.QuerySet["Rendicontazione"]):
    def visibili_a(self, utente: "Utente | AnonymousUser") -> "RendicontazioneQuerySet":
        """Those sent, of the schede that the person sees; drafts, for who leads the CdR."""
        if not utente.is_authenticated:
            return self.none()
        if utente.puo_tutto:
            return self
        guidate = (
            Incarico.objects.che_valgono_per(utente)
            .filter(ruolo__in=DELLA_PROPRIA_UNITA, unita__isnull=False)
            .values_list("unita", flat=True)
        )
        return self.filter(
            Q(stato="trasmessa") | Q(riga__area__scheda__unita__in=unita_sotto(set(guidate))),
            riga__area__scheda__in=SchedaBudget.objects.visibili_a(utente),
        )

    def per_intero(self) -> "RendicontazioneQuerySet":
        return self.select_related(
            "riga__area__scheda__azienda", "riga__area__scheda__unita", "riga__indicatore__azienda"
        )


class ProvaQuerySet(models.QuerySet["Prova"]):
    def visibili_a(self, utente: "Utente | AnonymousUser") -> "ProvaQuerySet":
        return self.filter(rendicontazione__in=Rendicontazione.objects.visibili_a(utente))


class Rendicontazione(models.Model):
    """A row of a scheda in a period: what was done, what hinders, how far it is.

    ``dichiarato`` is the % that the CdR declares, ``validato`` the one of the Nucleo: both stay.
    The figure is a ``Rilevazione``, shared with everything else that uses the indicator; it is
    written when the report is sent.
    """

    class Stato(models.TextChoices):
        BOZZA = "bozza", _("Bozza")
        TRASMESSA = "trasmessa", _("Trasmessa")

    riga = models.ForeignKey(RigaScheda, models.CASCADE, related_name="rendicontazioni")
    frazione = models.CharField(_("periodo"), max_length=2, choices=Frazione)
    stato = models.CharField(_("stato"), max_length=10, choices=Stato, default=Stato.BOZZA)
    rilevazione = models.ForeignKey(
        Rilevazione, models.PROTECT, null=True, blank=True, related_name="rendicontazioni"
    )
    cifre = models.JSONField(_("cifre in bozza"), default=dict, blank=True)
    azioni = models.TextField(_("azioni svolte"), blank=True)
    provvedimenti = models.TextField(_("provvedimenti"), blank=True)
    criticita = models.TextField(_("criticità"), blank=True)
    raggiungibile = models.BooleanField(_("raggiungibile al 31/12"), null=True, blank=True)
    motivo = models.TextField(_("perché"), blank=True)
    dichiarato = models.DecimalField(
        _("dichiarato %"), max_digits=5, decimal_places=2, null=True, blank=True,
        validators=DA_0_A_100,
    )  # fmt: skip
    validato = models.DecimalField(
        _("validato %"), max_digits=5, decimal_places=2, null=True, blank=True,
        validators=DA_0_A_100,
    )  # fmt: skip
    nota_nucleo = models.TextField(_("nota del Nucleo"), blank=True)
    validato_da = models.ForeignKey(Utente, models.PROTECT, null=True, blank=True, related_name="+")
    validato_il = models.DateTimeField(_("validato il"), null=True, blank=True)
    scritta_da = models.ForeignKey(Utente, models.PROTECT, null=True, blank=True, related_name="+")
    modificata_il = models.DateTimeField(_("modificata il"), auto_now=True)
    trasmessa_il = models.DateTimeField(_("trasmessa il"), null=True, blank=True)

    objects = RendicontazioneQuerySet.as_manager()

    class Meta:
        verbose_name = _("rendicontazione")
        verbose_name_plural = _("rendicontazioni")
        ordering = ["riga", "frazione"]
        constraints = [
            models.UniqueConstraint(
                name="rendicontazione_una_per_periodo",
                fields=["riga", "frazione"],
                violation_error_message=_("La rendicontazione di quel periodo c'è già."),
            ),
            models.CheckConstraint(
                name="rendicontazione_percentuali_0_100",
                condition=(Q(dichiarato__isnull=True) | Q(dichiarato__range=(0, 100)))
                & (Q(validato__isnull=True) | Q(validato__range=(0, 100))),
                violation_error_message=_("Le percentuali vanno da 0 a 100."),
            ),
            models.CheckConstraint(
                name="rendicontazione_non_raggiungibile_motivata",
                condition=Q(stato="bozza") | Q(raggiungibile__isnull=True)
                | Q(raggiungibile=True) | ~Q(motivo=""),
                violation_error_message=_("Scrivi perché l'obiettivo non è raggiungibile."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.riga} {self.frazione}"

    @property
    def trasmessa(self) -> bool:
        return self.stato == self.Stato.TRASMESSA

    @property
    def scarto(self) -> Decimal | None:
        """Validated minus declared; None as long as one of them is not there."""
        if self.validato is None or self.dichiarato is None:
            return None
        return self.validato - self.dichiarato

    @property
    def impronta(self) -> str:
        """What a form saw of a draft: a save over a newer one is refused."""
        return self.modificata_il.isoformat() if self.pk else ""


class Prova(models.Model):
    """A file that proves what was reported: kept in the private storage, served by a view only."""

    rendicontazione = models.ForeignKey(Rendicontazione, models.CASCADE, related_name="prove")
    file = models.FileField(_("documento"), upload_to="prove/%Y/", max_length=200)
    nome = models.CharField(_("nome"), max_length=200)
    tipo = models.CharField(_("tipo"), max_length=100)
    dimensione = models.PositiveIntegerField(_("dimensione (byte)"))
    sha256 = models.CharField(_("impronta"), max_length=64)
    caricata_da = models.ForeignKey(Utente, models.PROTECT, null=True, related_name="+")
    caricata_il = models.DateTimeField(_("caricata il"), auto_now_add=True)

    objects = ProvaQuerySet.as_manager()

    class Meta:
        verbose_name = _("prova")
        verbose_name_plural = _("prove")
        ordering = ["rendicontazione", "caricata_il"]
        constraints = [
            models.UniqueConstraint(
                name="prova_una_volta",
                fields=["rendicontazione", "sha256"],
                violation_error_message=_("Questo documento c'è già."),
            ),
        ]

    def __str__(self) -> str:
        return self.nome
