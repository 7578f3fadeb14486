# SPDX-License-Identifier: AGPL-3.0-or-later
"""How a scheda is agreed on: messages, versions, signatures, who read it, revisions of the year."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from obiettivi.models.scheda import SchedaBudget
from piani.models import Utente


class MessaggioScheda(models.Model):
    """What was said while negotiating a scheda; ``versione`` is the one it speaks of."""

    scheda = models.ForeignKey(SchedaBudget, models.CASCADE, related_name="messaggi")
    versione = models.PositiveSmallIntegerField(_("versione"))
    testo = models.TextField(_("messaggio"))
    autore = models.ForeignKey(
        Utente, models.PROTECT, related_name="messaggi_scheda", verbose_name=_("di chi")
    )
    per_conto_di = models.ForeignKey(
        Utente, models.PROTECT, null=True, blank=True, related_name="+"
    )
    scritto_il = models.DateTimeField(_("scritto il"), auto_now_add=True)

    class Meta:
        verbose_name = _("messaggio sulla scheda")
        verbose_name_plural = _("messaggi sulle schede")
        ordering = ["scheda", "scritto_il", "pk"]
        constraints = [
            models.CheckConstraint(
                name="messaggio_con_testo",
                condition=~Q(testo=""),
                violation_error_message=_("Scrivi il messaggio."),
            ),
        ]

    def __str__(self) -> str:
        return self.testo[:60]


class VersioneScheda(models.Model):
    """The content of a scheda as it was when a version was sent to the CdR; never changed."""

    scheda = models.ForeignKey(SchedaBudget, models.CASCADE, related_name="versioni")
    numero = models.PositiveSmallIntegerField(_("versione"))
    contenuto = models.JSONField(_("contenuto"), encoder=DjangoJSONEncoder)
    impronta = models.CharField(_("impronta"), max_length=64)
    motivo = models.TextField(_("che cosa cambia"), blank=True)
    inviata_da = models.ForeignKey(Utente, models.PROTECT, null=True, related_name="+")
    inviata_il = models.DateTimeField(_("inviata il"), auto_now_add=True)

    class Meta:
        verbose_name = _("versione della scheda")
        verbose_name_plural = _("versioni delle schede")
        ordering = ["scheda", "-numero"]
        constraints = [
            models.UniqueConstraint(
                name="versione_scheda_unica",
                fields=["scheda", "numero"],
                violation_error_message=_("Quella versione c'è già."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scheda} – {_('versione')} {self.numero}"


class FirmaScheda(models.Model):
    """A signature on a version of a scheda, one for each of the three who sign."""

    class Ruolo(models.TextChoices):
        DIREZIONE = "direzione", _("Direzione strategica")
        DIPARTIMENTO = "dipartimento", _("Direttore di dipartimento")
        RESPONSABILE = "responsabile", _("Responsabile di CdR")

    versione = models.ForeignKey(VersioneScheda, models.CASCADE, related_name="firme")
    ruolo = models.CharField(_("in qualità di"), max_length=15, choices=Ruolo)
    utente = models.ForeignKey(
        Utente, models.PROTECT, related_name="firme_scheda", verbose_name=_("firmata da")
    )
    per_conto_di = models.ForeignKey(
        Utente, models.PROTECT, null=True, blank=True, related_name="+"
    )
    firmata_il = models.DateTimeField(_("firmata il"), auto_now_add=True)

    class Meta:
        verbose_name = _("firma della scheda")
        verbose_name_plural = _("firme delle schede")
        ordering = ["versione", "firmata_il"]
        constraints = [
            models.UniqueConstraint(
                name="firma_una_per_ruolo",
                fields=["versione", "ruolo"],
                violation_error_message=_("Questa firma c'è già."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_ruolo_display()}: {self.utente}"


class PresaVisione(models.Model):
    """A person of the unit has read the scheda that was made known."""

    versione = models.ForeignKey(VersioneScheda, models.CASCADE, related_name="prese_visione")
    utente = models.ForeignKey(Utente, models.PROTECT, related_name="prese_visione")
    vista_il = models.DateTimeField(_("vista il"), auto_now_add=True)

    class Meta:
        verbose_name = _("presa visione")
        verbose_name_plural = _("prese visione")
        ordering = ["versione", "vista_il"]
        constraints = [
            models.UniqueConstraint(
                name="presa_visione_una_per_persona",
                fields=["versione", "utente"],
                violation_error_message=_("L'hai già vista."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.utente}: {self.versione}"


class RevisioneScheda(models.Model):
    """A revision during the year, by an act: from the version signed to the one that follows.

    Before, after and effect on weights are read from the two versions.
    """

    scheda = models.ForeignKey(SchedaBudget, models.CASCADE, related_name="revisioni")
    dalla = models.ForeignKey(VersioneScheda, models.PROTECT, related_name="+")
    alla = models.ForeignKey(
        VersioneScheda, models.PROTECT, null=True, blank=True, related_name="+"
    )
    motivo = models.TextField(_("motivo"))
    atto_tipo = models.CharField(_("tipo di atto"), max_length=60)
    atto_numero = models.CharField(_("numero dell'atto"), max_length=30)
    atto_data = models.DateField(_("data dell'atto"))
    aperta_da = models.ForeignKey(Utente, models.PROTECT, null=True, related_name="+")
    aperta_il = models.DateTimeField(_("aperta il"), auto_now_add=True)

    class Meta:
        verbose_name = _("revisione della scheda")
        verbose_name_plural = _("revisioni delle schede")
        ordering = ["scheda", "-aperta_il"]
        constraints = [
            models.CheckConstraint(
                name="revisione_motivata",
                condition=~Q(motivo=""),
                violation_error_message=_("Scrivi il motivo della revisione."),
            ),
            models.UniqueConstraint(
                name="revisione_una_aperta",
                fields=["scheda"],
                condition=Q(alla__isnull=True),
                violation_error_message=_("Una revisione di questa scheda è già aperta."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scheda}: {self.atto_tipo} {self.atto_numero}"

    @property
    def abbandonata(self) -> bool:
        """It ended where it began: the signed version went on."""
        return self.alla_id is not None and self.alla_id == self.dalla_id
