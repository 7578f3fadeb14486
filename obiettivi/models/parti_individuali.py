# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is in a sheet of individual evaluation, what is asked about it, its story."""

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from obiettivi.models.individuale import PUNTI, ValutazioneIndividuale
from obiettivi.models.scheda import RigaScheda
from piani.models import Utente

DA_0_A_100 = [MinValueValidator(0), MaxValueValidator(100)]


class ObiettivoIndividuale(models.Model):
    """An objective of one person: what is expected, how much it weighs, how far it got."""

    valutazione = models.ForeignKey(
        ValutazioneIndividuale, models.CASCADE, related_name="obiettivi"
    )
    ordine = models.PositiveSmallIntegerField(_("ordine"))
    testo = models.TextField(_("obiettivo"))
    atteso = models.TextField(_("risultato atteso"), blank=True)
    peso = models.DecimalField(_("peso %"), max_digits=5, decimal_places=2, validators=DA_0_A_100)
    riga = models.ForeignKey(
        RigaScheda,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="obiettivi_individuali",
        verbose_name=_("dalla scheda budget"),
    )
    raggiungimento = models.DecimalField(
        _("raggiungimento %"), max_digits=5, decimal_places=2, null=True, blank=True,
        validators=DA_0_A_100,
    )  # fmt: skip
    nota = models.TextField(_("nota sul raggiungimento"), blank=True)

    class Meta:
        verbose_name = _("obiettivo individuale")
        verbose_name_plural = _("obiettivi individuali")
        ordering = ["valutazione", "ordine", "pk"]
        constraints = [
            models.CheckConstraint(
                name="obiettivo_individuale_0_100",
                condition=Q(peso__range=(0, 100))
                & (Q(raggiungimento__isnull=True) | Q(raggiungimento__range=(0, 100))),
                violation_error_message=_("Pesi e raggiungimenti vanno da 0 a 100."),
            ),
        ]

    def __str__(self) -> str:
        return self.testo[:60]


class ComportamentoValutato(models.Model):
    """The step of the scale given to a behaviour by who evaluates, and by the person themselves.

    The second is a twin: it is read beside the first and never enters the score.
    """

    valutazione = models.ForeignKey(
        ValutazioneIndividuale, models.CASCADE, related_name="comportamenti"
    )
    codice = models.CharField(_("comportamento"), max_length=40)
    livello = models.CharField(_("livello"), max_length=40, blank=True)
    nota = models.TextField(_("nota"), blank=True)
    livello_proprio = models.CharField(_("autovalutazione"), max_length=40, blank=True)
    nota_propria = models.TextField(_("nota dell'autovalutazione"), blank=True)

    class Meta:
        verbose_name = _("comportamento valutato")
        verbose_name_plural = _("comportamenti valutati")
        ordering = ["valutazione", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="comportamento_una_volta", fields=["valutazione", "codice"],
                violation_error_message=_("Quel comportamento c'è già."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.codice


class RichiestaConciliazione(models.Model):
    """What a person asks about their evaluation, the reply of who evaluated, the outcome.

    The score before and the one after both stay (art. 7 D.Lgs. 150/2009, procedure di
    conciliazione).
    """

    class Esito(models.TextChoices):
        IN_ATTESA = "in_attesa", _("In corso")
        CONFERMATA = "confermata", _("Valutazione confermata")
        MODIFICATA = "modificata", _("Valutazione modificata")

    valutazione = models.OneToOneField(
        ValutazioneIndividuale, models.CASCADE, related_name="conciliazione"
    )
    testo = models.TextField(_("richiesta"))
    chiesta_il = models.DateTimeField(_("chiesta il"), auto_now_add=True)
    risposta_entro = models.DateField(_("risposta entro il"))
    risposta = models.TextField(_("risposta del valutatore"), blank=True)
    risposta_da = models.ForeignKey(Utente, models.PROTECT, null=True, blank=True, related_name="+")
    risposta_per_conto_di = models.ForeignKey(
        Utente, models.PROTECT, null=True, blank=True, related_name="+"
    )
    risposta_il = models.DateTimeField(_("risposta del"), null=True, blank=True)
    esito = models.CharField(_("esito"), max_length=10, choices=Esito, default=Esito.IN_ATTESA)
    motivazione = models.TextField(_("motivazione"), blank=True)
    prima = models.DecimalField(_("punteggio prima"), **PUNTI)
    dopo = models.DecimalField(_("punteggio dopo"), **PUNTI)
    decisa_da = models.ForeignKey(Utente, models.PROTECT, null=True, blank=True, related_name="+")
    decisa_per_conto_di = models.ForeignKey(
        Utente, models.PROTECT, null=True, blank=True, related_name="+"
    )
    decisa_il = models.DateTimeField(_("decisa il"), null=True, blank=True)

    class Meta:
        verbose_name = _("conciliazione")
        verbose_name_plural = _("conciliazioni")
        ordering = ["-chiesta_il"]
        constraints = [
            models.CheckConstraint(
                name="conciliazione_con_testo",
                condition=~Q(testo=""),
                violation_error_message=_("Scrivi che cosa chiedi."),
            ),
            models.CheckConstraint(
                name="conciliazione_esito_motivato",
                condition=Q(esito="in_attesa") | ~Q(motivazione=""),
                violation_error_message=_("L'esito ha sempre una motivazione."),
            ),
        ]

    def __str__(self) -> str:
        return self.get_esito_display()


class PassoValutazione(models.Model):
    """What was done of a sheet, by whom, for whom, when: its own story, read with the sheet only.

    The register of the azienda, which more people consult, knows that something was written and
    not what.
    """

    valutazione = models.ForeignKey(ValutazioneIndividuale, models.CASCADE, related_name="storia")
    quando = models.DateTimeField(_("quando"), auto_now_add=True)
    fatto = models.CharField(_("che cosa"), max_length=200)
    motivo = models.TextField(_("motivo"), blank=True)
    da = models.ForeignKey(Utente, models.PROTECT, null=True, related_name="+")
    per_conto_di = models.ForeignKey(
        Utente, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("passo della valutazione")
        verbose_name_plural = _("passi delle valutazioni")
        ordering = ["valutazione", "quando", "pk"]

    def __str__(self) -> str:
        return self.fatto

    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **{**kwargs, "force_insert": True})
