# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a person is told by e-mail, and what was told already: nothing leaves twice."""

from django.core import signing
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from piani.models.incarico import Utente

FIRMA = signing.Signer(salt="piani.calendario")


class PreferenzeAvvisi(models.Model):
    """What a person wants to receive, and the number of the calendar link that works now.

    The link is signed and not stored: making another raises the number, and the old one stops.
    """

    class Riepilogo(models.TextChoices):
        NESSUNO = "nessuno", _("Mai")
        SETTIMANALE = "settimanale", _("Ogni lunedì")
        QUOTIDIANO = "quotidiano", _("Ogni giorno")

    utente = models.OneToOneField(Utente, models.CASCADE, related_name="preferenze_avvisi")
    promemoria = models.BooleanField(
        _("promemoria prima e dopo le scadenze"),
        default=True,
    )
    riepilogo = models.CharField(
        _("riepilogo delle cose da fare"),
        max_length=12,
        choices=Riepilogo,
        default=Riepilogo.SETTIMANALE,
    )
    calendario = models.PositiveIntegerField(_("numero del calendario"), default=1)

    class Meta:
        verbose_name = _("preferenze degli avvisi")
        verbose_name_plural = _("preferenze degli avvisi")
        ordering = ["utente"]

    def __str__(self) -> str:
        return str(self.utente)

    @property
    def chiave_calendario(self) -> str:
        """What the link of the calendar carries."""
        return FIRMA.sign_object([self.utente_id, self.calendario])


class AvvisoQuerySet(models.QuerySet["Avviso"]):
    def da_spedire(self) -> "AvvisoQuerySet":
        return self.filter(spedito_il__isnull=True)


class Avviso(models.Model):
    """One thing told to a person: the reminder of a deadline at a certain distance, or a digest.

    ``chiave`` says which: a second one like it is refused by the database.
    """

    class Tipo(models.TextChoices):
        PROMEMORIA = "promemoria", _("Promemoria")
        RIEPILOGO = "riepilogo", _("Riepilogo")

    utente = models.ForeignKey(Utente, models.CASCADE, related_name="avvisi")
    tipo = models.CharField(_("tipo"), max_length=10, choices=Tipo)
    chiave = models.CharField(_("chiave"), max_length=80)
    titolo = models.CharField(_("titolo"), max_length=300, blank=True)
    url = models.CharField(_("indirizzo"), max_length=300, blank=True)
    scadenza = models.DateField(_("scadenza"), null=True, blank=True)
    creato_il = models.DateTimeField(_("creato il"), auto_now_add=True)
    spedito_il = models.DateTimeField(_("spedito il"), null=True, blank=True)
    errore = models.CharField(_("perché non è partito"), max_length=300, blank=True)

    objects = AvvisoQuerySet.as_manager()

    class Meta:
        verbose_name = _("avviso")
        verbose_name_plural = _("avvisi")
        ordering = ["-creato_il", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="avviso_una_volta",
                fields=["utente", "chiave"],
                violation_error_message=_("Quell'avviso c'è già."),
            ),
            models.CheckConstraint(
                name="avviso_promemoria_con_scadenza",
                condition=~Q(tipo="promemoria") | Q(scadenza__isnull=False),
                violation_error_message=_("Un promemoria è di una scadenza."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.utente}: {self.titolo or self.get_tipo_display()}"
