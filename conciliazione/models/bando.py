# SPDX-License-Identifier: AGPL-3.0-or-later
"""The call to the Alleanze: window, envelope, criteria."""

from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from conciliazione.models.campi import euro, non_negativi, una_sola
from conciliazione.models.edizione import EdizioneConciliazione
from conciliazione.models.visibilita import Chi, attraverso, dell_ufficio
from piani.models import Azienda


class ManifestazioneQuerySet(models.QuerySet["ManifestazioneInteresse"]):
    def visibili_a(self, utente: "Chi") -> "ManifestazioneQuerySet":
        """The office's and the readers' all; once published, whoever sees the edition."""
        pubblicate = Q(edizione__in=EdizioneConciliazione.objects.visibili_a(utente)) & ~Q(
            stato="bozza"
        )
        return self.filter(dell_ufficio(utente) | pubblicate)

    def aperte(self, adesso: datetime | None = None) -> "ManifestazioneQuerySet":
        """Those to which a proposal can be sent at a moment (now if not said)."""
        quando = adesso or timezone.now()
        return self.filter(stato="pubblicata", apre_il__lte=quando, chiude_il__gt=quando)


class ManifestazioneInteresse(models.Model):
    """A manifestazione di interesse. What is proposed stays sealed until ``chiude_il``."""

    class Stato(models.TextChoices):
        BOZZA = "bozza", _("Bozza")
        PUBBLICATA = "pubblicata", _("Pubblicata")
        IN_VALUTAZIONE = "in_valutazione", _("In valutazione")
        CONCLUSA = "conclusa", _("Conclusa")
        ANNULLATA = "annullata", _("Annullata")

    edizione = models.ForeignKey(
        EdizioneConciliazione, models.CASCADE, related_name="manifestazioni"
    )
    numero = models.PositiveSmallIntegerField(_("numero"), default=1)
    titolo = models.CharField(_("titolo"), max_length=200)
    testo = models.TextField(_("testo"), blank=True, help_text=_("Markdown."))
    atto = models.CharField(_("atto"), max_length=200, blank=True)
    dotazione = euro(_("risorse a disposizione"))
    apre_il = models.DateTimeField(_("si apre il"))
    chiude_il = models.DateTimeField(_("si chiude il"))
    stato = models.CharField(_("stato"), max_length=15, choices=Stato, default=Stato.BOZZA)
    riga_fonte = models.CharField(_("riga della fonte"), max_length=60, blank=True)

    objects = ManifestazioneQuerySet.as_manager()

    class Meta:
        verbose_name = _("manifestazione di interesse")
        verbose_name_plural = _("manifestazioni di interesse")
        ordering = ["edizione_id", "-numero"]
        constraints = [
            una_sola(
                "manifestazione_numero_unico", ["edizione", "numero"],
                _("L'edizione ha già una manifestazione con quel numero."),
            ),
            models.CheckConstraint(
                name="manifestazione_si_chiude_dopo",
                condition=Q(chiude_il__gt=F("apre_il")),
                violation_error_message=_("La manifestazione si chiude prima di aprirsi."),
            ),
            non_negativi("manifestazione", "dotazione"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.titolo

    @property
    def azienda(self) -> Azienda:
        return self.edizione.azienda

    @property
    def aperta(self) -> bool:
        adesso = timezone.now()
        return self.stato == self.Stato.PUBBLICATA and self.apre_il <= adesso < self.chiude_il

    @property
    def sigillata(self) -> bool:
        """As long as it has not closed nobody but who writes a proposal reads it."""
        return timezone.now() < self.chiude_il


class Criterio(models.Model):
    """What the proposals of a call are judged by: taken from the edition, with its points."""

    manifestazione = models.ForeignKey(
        ManifestazioneInteresse, models.CASCADE, related_name="criteri"
    )
    ordine = models.PositiveSmallIntegerField(_("ordine"))
    codice = models.SlugField(_("codice"), max_length=60)
    nome = models.CharField(_("nome"), max_length=300)
    punti = models.DecimalField(_("punti al massimo"), max_digits=6, decimal_places=2)
    premiale = models.BooleanField(_("premiale"), default=False)
    fonte = models.CharField(_("fonte"), max_length=300, blank=True)

    objects = attraverso("manifestazione")

    class Meta:
        verbose_name = _("criterio di valutazione")
        verbose_name_plural = _("criteri di valutazione")
        ordering = ["manifestazione_id", "ordine"]
        constraints = [
            una_sola(
                "criterio_proposte_codice_unico", ["manifestazione", "codice"],
                _("La manifestazione ha già quel criterio."),
            ),
            models.CheckConstraint(
                name="criterio_vale_qualcosa",
                condition=Q(punti__gt=0),
                violation_error_message=_("Un criterio vale più di zero punti."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.nome

    @property
    def azienda(self) -> Azienda:
        return self.manifestazione.azienda
