# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the Nucleo remarks on a plan, and what is answered."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from obiettivi.models.albero import AreaStrategica, Obiettivo
from obiettivi.models.indicatore import Indicatore
from piani.models import Azienda, Piano, Utente

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser


class OsservazioneQuerySet(models.QuerySet["Osservazione"]):
    def visibili_a(self, utente: "Utente | AnonymousUser") -> "OsservazioneQuerySet":
        return self.filter(piano__in=Piano.objects.visibili_a(utente))

    def per_elenco(self) -> "OsservazioneQuerySet":
        return self.select_related(
            "autore",
            "risposta_da",
            "chiusa_da",
            "area",
            "obiettivo",
            "indicatore",
            "piano__azienda",
        )


class Osservazione(models.Model):
    """A remark of the Nucleo on a plan, or on an area, an objective or an indicator of it; the
    answer of the controllo di gestione; closed by the Nucleo.
    """

    class Stato(models.TextChoices):
        APERTA = "aperta", _("Aperta")
        RISPOSTA = "risposta", _("Con risposta")
        CHIUSA = "chiusa", _("Chiusa")

    piano = models.ForeignKey(Piano, models.CASCADE, related_name="osservazioni")
    area = models.ForeignKey(AreaStrategica, models.CASCADE, null=True, blank=True)
    obiettivo = models.ForeignKey(Obiettivo, models.CASCADE, null=True, blank=True)
    indicatore = models.ForeignKey(Indicatore, models.CASCADE, null=True, blank=True)
    stato = models.CharField(_("stato"), max_length=10, choices=Stato, default=Stato.APERTA)
    testo = models.TextField(_("osservazione"))
    autore = models.ForeignKey(
        Utente, models.PROTECT, related_name="osservazioni", verbose_name=_("di chi")
    )
    scritta_il = models.DateTimeField(_("scritta il"), auto_now_add=True)
    risposta = models.TextField(_("risposta"), blank=True)
    risposta_da = models.ForeignKey(Utente, models.PROTECT, null=True, blank=True, related_name="+")
    risposta_il = models.DateTimeField(_("risposta del"), null=True, blank=True)
    chiusa_da = models.ForeignKey(Utente, models.PROTECT, null=True, blank=True, related_name="+")
    chiusa_il = models.DateTimeField(_("chiusa il"), null=True, blank=True)

    objects = OsservazioneQuerySet.as_manager()

    class Meta:
        verbose_name = _("osservazione")
        verbose_name_plural = _("osservazioni")
        ordering = ["-scritta_il", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="osservazione_su_una_cosa",
                condition=Q(area__isnull=True, obiettivo__isnull=True)
                | Q(area__isnull=True, indicatore__isnull=True)
                | Q(obiettivo__isnull=True, indicatore__isnull=True),
                violation_error_message=_(
                    "Un'osservazione riguarda il piano, un'area, un obiettivo o un indicatore."
                ),
            ),
            models.CheckConstraint(
                name="osservazione_con_testo",
                condition=~Q(testo=""),
                violation_error_message=_("Scrivi l'osservazione."),
            ),
            models.CheckConstraint(
                name="osservazione_risposta_intera",
                condition=~Q(stato="risposta") | ~Q(risposta=""),
                violation_error_message=_("Scrivi la risposta."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.su_che_cosa}: {self.testo[:60]}"

    @property
    def azienda(self) -> Azienda:
        return self.piano.azienda

    @property
    def oggetto(self) -> AreaStrategica | Obiettivo | Indicatore | None:
        return self.area or self.obiettivo or self.indicatore

    @property
    def su_che_cosa(self) -> str:
        """What it is about, in words."""
        if self.oggetto is None:
            return str(_("Tutto il piano"))
        nome = self.oggetto._meta.verbose_name
        return f"{str(nome).capitalize()} {self.oggetto.codice} – {self.oggetto}"
