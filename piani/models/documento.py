# SPDX-License-Identifier: AGPL-3.0-or-later
"""The published document: a frozen photograph and the files printed from it."""

from datetime import date
from pathlib import Path
from typing import Any

import simplejson
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from piani.models.piano import Piano

ANNI_DI_PUBBLICAZIONE = 5  # from 1 January of the year after (art. 8 c. 3 D.Lgs. 33/2013)


class DocumentoQuerySet(models.QuerySet["DocumentoPubblicato"]):
    def pubblicati(self) -> "DocumentoQuerySet":
        """What anyone may read: rendered and published."""
        return self.filter(
            pubblicato_il__isnull=False, stato=DocumentoPubblicato.Stato.PRONTO
        ).select_related("piano__azienda")

    def in_mostra(self, oggi: date) -> "DocumentoQuerySet":
        """What the public pages show: published, and its five years are not over."""
        return self.pubblicati().filter(pubblicato_il__year__gte=oggi.year - ANNI_DI_PUBBLICAZIONE)

    def correnti(self) -> "DocumentoQuerySet":
        """The version in force of each plan."""
        return self.filter(sostituito_da__isnull=True)

    def da_stampare(self) -> "DocumentoQuerySet":
        return self.filter(stato=DocumentoPubblicato.Stato.IN_ATTESA)


class DocumentoPubblicato(models.Model):
    """A version of a plan as published. Never changed once published: a new one supersedes it.

    Expires five years from 1 January after publication (art. 8 c. 3 D.Lgs. 33/2013).
    """

    class Stato(models.TextChoices):
        IN_ATTESA = "in_attesa", _("In attesa di stampa")
        PRONTO = "pronto", _("Pronto")
        FALLITO = "fallito", _("Stampa non riuscita")

    piano = models.ForeignKey(Piano, models.PROTECT, related_name="documenti")
    versione = models.PositiveSmallIntegerField(_("versione"))
    stato = models.CharField(_("stato"), max_length=20, choices=Stato, default=Stato.IN_ATTESA)
    contenuto = models.TextField(_("fotografia"), help_text=_("JSON canonico."))
    sha256_contenuto = models.CharField(_("impronta della fotografia"), max_length=64)
    sha256_pdf = models.CharField(_("impronta del PDF"), max_length=64, blank=True)
    pagine = models.PositiveSmallIntegerField(_("pagine"), null=True, blank=True)
    generatore = models.CharField(_("generato da"), max_length=60)
    sezione_at = models.CharField(
        _("sezione di Amministrazione Trasparente"),
        max_length=60,
        default="piano-della-performance",
    )
    creato_il = models.DateTimeField(_("congelato il"), auto_now_add=True)
    pubblicato_il = models.DateField(_("pubblicato il"), null=True, blank=True)
    motivo = models.TextField(_("motivo della nuova versione"), blank=True)
    errore = models.TextField(_("errore"), blank=True)
    sostituito_da = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="sostituisce"
    )

    objects = DocumentoQuerySet.as_manager()

    class Meta:
        verbose_name = _("documento pubblicato")
        verbose_name_plural = _("documenti pubblicati")
        ordering = ["piano", "-versione"]
        constraints = [
            models.UniqueConstraint(
                name="documento_versione_unica",
                fields=["piano", "versione"],
                violation_error_message=_("Quella versione del documento esiste già."),
            ),
            models.CheckConstraint(
                name="documento_pronto_con_impronta",
                condition=~Q(stato="pronto") | ~Q(sha256_pdf=""),
                violation_error_message=_("Un documento pronto ha l'impronta del suo PDF."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.piano} – {_('versione')} {self.versione}"

    def get_absolute_url(self) -> str:
        return reverse("documento", args=[self.piano.slug, self.versione])

    @property
    def fotografia(self) -> dict[str, Any]:
        """The photograph as plain data, figures as Decimal."""
        dati: dict[str, Any] = simplejson.loads(self.contenuto, use_decimal=True)
        return dati

    @property
    def cartella(self) -> Path:
        """Where the files of this version are."""
        return Path(settings.DOCUMENTI) / self.piano.slug / "versioni" / str(self.versione)

    @property
    def scade_il(self) -> date | None:
        if self.pubblicato_il is None:
            return None
        return date(self.pubblicato_il.year + 1 + ANNI_DI_PUBBLICAZIONE, 1, 1)
