# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a scheda scored, what the CdR objects, what the Nucleo says of it."""

from decimal import Decimal

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from obiettivi.calcolo.arrotondamento import mostra
from obiettivi.models.calcolo import Raggiungimento
from obiettivi.models.indicatore import Frazione
from obiettivi.models.scheda import RigaScheda, SchedaBudget
from piani.models import Utente


class PunteggioScheda(models.Model):
    """A computed score of a scheda, of an area or of a row of it, in a period.

    ``oggetto`` is the key of what is scored at its ``livello``.
    """

    class Livello(models.TextChoices):
        RIGA = "R", _("Riga")
        AREA = "A", _("Area")
        SCHEDA = "S", _("Scheda")

    Stato = Raggiungimento.Stato
    ESITO = Raggiungimento.ESITO

    scheda = models.ForeignKey(SchedaBudget, models.CASCADE, related_name="punteggi")
    frazione = models.CharField(
        _("periodo"), max_length=2, choices=Frazione, blank=True, default=Frazione.ANNO
    )
    livello = models.CharField(_("livello"), max_length=1, choices=Livello)
    oggetto = models.BigIntegerField(_("oggetto"))
    stato = models.CharField(_("stato"), max_length=1, choices=Raggiungimento.Stato)
    punteggio = models.DecimalField(
        _("punteggio"), max_digits=30, decimal_places=8, null=True, blank=True
    )
    copertura = models.DecimalField(
        _("copertura %"), max_digits=7, decimal_places=4, default=Decimal(0)
    )
    motivo = models.CharField(_("motivo"), max_length=300, blank=True)
    dimostrativo = models.BooleanField(_("da dati dimostrativi"), default=False)

    class Meta:
        verbose_name = _("punteggio della scheda")
        verbose_name_plural = _("punteggi delle schede")
        ordering = ["scheda", "frazione", "livello", "oggetto"]
        constraints = [
            models.UniqueConstraint(
                name="punteggio_scheda_unico",
                fields=["scheda", "frazione", "livello", "oggetto"],
                violation_error_message=_("Quel punteggio c'è già."),
            ),
            models.CheckConstraint(
                name="punteggio_scheda_se_calcolato",
                condition=Q(stato="C", punteggio__isnull=False)
                | (~Q(stato="C") & Q(punteggio__isnull=True)),
                violation_error_message=_("Solo ciò che è calcolato ha un punteggio."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_livello_display()} {self.oggetto}: {self.punteggio}"

    @property
    def mostrato(self) -> str:
        """The score as people read it, "" when there is none; below 100 it never shows 100,00."""
        return "" if self.punteggio is None else mostra(self.punteggio)


class Controdeduzione(models.Model):
    """What a CdR objects to the evaluation of its scheda, or of a row of it, and the answer."""

    class Esito(models.TextChoices):
        IN_ATTESA = "in_attesa", _("In attesa di risposta")
        ACCOLTA = "accolta", _("Accolta")
        IN_PARTE = "in_parte", _("Accolta in parte")
        RESPINTA = "respinta", _("Respinta")

    scheda = models.ForeignKey(SchedaBudget, models.CASCADE, related_name="controdeduzioni")
    riga = models.ForeignKey(
        RigaScheda, models.CASCADE, null=True, blank=True, related_name="controdeduzioni"
    )
    testo = models.TextField(_("controdeduzione"))
    presentata_da = models.ForeignKey(Utente, models.PROTECT, related_name="controdeduzioni")
    per_conto_di = models.ForeignKey(
        Utente, models.PROTECT, null=True, blank=True, related_name="+"
    )
    presentata_il = models.DateTimeField(_("presentata il"), auto_now_add=True)
    esito = models.CharField(_("esito"), max_length=10, choices=Esito, default=Esito.IN_ATTESA)
    risposta = models.TextField(_("risposta"), blank=True)
    risposta_da = models.ForeignKey(Utente, models.PROTECT, null=True, blank=True, related_name="+")
    risposta_il = models.DateTimeField(_("risposta del"), null=True, blank=True)

    class Meta:
        verbose_name = _("controdeduzione")
        verbose_name_plural = _("controdeduzioni")
        ordering = ["scheda", "presentata_il"]
        constraints = [
            models.CheckConstraint(
                name="controdeduzione_con_testo",
                condition=~Q(testo=""),
                violation_error_message=_("Scrivi la controdeduzione."),
            ),
            models.CheckConstraint(
                name="controdeduzione_risposta_motivata",
                condition=Q(esito="in_attesa") | ~Q(risposta=""),
                violation_error_message=_("La risposta ha sempre una motivazione."),
            ),
        ]

    def __str__(self) -> str:
        return self.testo[:60]


class ValidazioneScheda(models.Model):
    """What the Nucleo said of the evaluation of a scheda; refusals stay too."""

    class Esito(models.TextChoices):
        VALIDATA = "validata", _("Validata")
        RINVIATA = "rinviata", _("Rinviata con osservazioni")

    scheda = models.ForeignKey(SchedaBudget, models.CASCADE, related_name="validazioni")
    esito = models.CharField(_("esito"), max_length=10, choices=Esito)
    data = models.DateField(_("data"))
    motivazione = models.TextField(_("motivazione"))
    punteggio = models.DecimalField(
        _("punteggio validato"), max_digits=30, decimal_places=8, null=True, blank=True
    )
    da = models.ForeignKey(Utente, models.PROTECT, null=True, related_name="validazioni_scheda")
    creata_il = models.DateTimeField(_("registrata il"), auto_now_add=True)

    class Meta:
        verbose_name = _("validazione della scheda")
        verbose_name_plural = _("validazioni delle schede")
        ordering = ["scheda", "-creata_il", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="validazione_scheda_motivata",
                condition=~Q(motivazione=""),
                violation_error_message=_("La validazione ha sempre una motivazione."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scheda}: {self.get_esito_display()}"
