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

from piani.models.incarico import Utente
from piani.models.piano import Piano

ANNI_DI_PUBBLICAZIONE = 5  # from 1 January of the year after (art. 8 c. 3 D.Lgs. 33/2013)


class DocumentoQuerySet(models.QuerySet["DocumentoPubblicato"]):
    def pubblicati(self) -> "DocumentoQuerySet":
        """What anyone may read: rendered and published."""
        return self.filter(
            pubblicato_il__isnull=False, stato=DocumentoPubblicato.Stato.PRONTO
        ).select_related("piano__azienda", "firmato")

    def visibili_a(self, utente: Utente) -> "DocumentoQuerySet":
        """Those of the plans that the person sees."""
        return self.filter(piano__in=Piano.objects.visibili_a(utente))

    def in_mostra(self, oggi: date) -> "DocumentoQuerySet":
        """What the public pages show: published, and its five years are not over."""
        return self.pubblicati().filter(pubblicato_il__year__gte=oggi.year - ANNI_DI_PUBBLICAZIONE)

    def correnti(self) -> "DocumentoQuerySet":
        """The version in force of each plan."""
        return self.filter(sostituito_da__isnull=True)

    def del_piano(self) -> "DocumentoQuerySet":
        """The plan's own document, without those of what accompanies it (``serie``)."""
        return self.filter(serie="")

    def da_stampare(self) -> "DocumentoQuerySet":
        return self.filter(stato=DocumentoPubblicato.Stato.IN_ATTESA)


class DocumentoPubblicato(models.Model):
    """A version of a plan as published. Never changed once published: a new one supersedes it.

    A plan has more than one document, each with its own versions: ``serie`` says which, empty is
    the plan itself (``relazione-2022`` is the Relazione of that year).

    Expires five years from 1 January after publication (art. 8 c. 3 D.Lgs. 33/2013).
    """

    class Stato(models.TextChoices):
        IN_ATTESA = "in_attesa", _("In attesa di stampa")
        PRONTO = "pronto", _("Pronto")
        FALLITO = "fallito", _("Stampa non riuscita")

    piano = models.ForeignKey(Piano, models.PROTECT, related_name="documenti")
    serie = models.SlugField(
        _("documento"), max_length=40, blank=True, default="", help_text=_("Vuoto: è il piano.")
    )
    titolo = models.CharField(
        _("titolo"), max_length=200, blank=True, default="", help_text=_("Vuoto: quello del piano.")
    )
    atto = models.CharField(_("atto, come si cita"), max_length=250, blank=True, default="")
    versione = models.PositiveSmallIntegerField(_("versione"))
    stato = models.CharField(_("stato"), max_length=20, choices=Stato, default=Stato.IN_ATTESA)
    contenuto = models.TextField(_("fotografia"), help_text=_("JSON canonico."))
    sha256_contenuto = models.CharField(_("impronta della fotografia"), max_length=64)
    sha256_pdf = models.CharField(_("impronta del PDF"), max_length=64, blank=True)
    pagine = models.PositiveSmallIntegerField(_("pagine"), null=True, blank=True)
    generatore = models.CharField(_("generato da"), max_length=60)
    sezione_at = models.CharField(
        _("sezione di Amministrazione Trasparente"),
        max_length=100,
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
        ordering = ["piano", "serie", "-versione"]
        constraints = [
            models.UniqueConstraint(
                name="documento_versione_unica",
                fields=["piano", "serie", "versione"],
                violation_error_message=_("Quella versione del documento esiste già."),
            ),
            models.CheckConstraint(
                name="documento_pronto_con_impronta",
                condition=~Q(stato="pronto") | ~Q(sha256_pdf=""),
                violation_error_message=_("Un documento pronto ha l'impronta del suo PDF."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.nome} – {_('versione')} {self.versione}"

    def get_absolute_url(self) -> str:
        """Its page; the address of a file is this one with the file's name after it."""
        chiavi = {"slug": self.piano.slug, "versione": self.versione}
        if self.serie:
            chiavi["serie"] = self.serie
        return reverse("documento", kwargs=chiavi)

    @property
    def nome(self) -> str:
        """The title, without the version."""
        return self.titolo or str(self.piano)

    @property
    def della_serie(self) -> models.QuerySet["DocumentoPubblicato"]:
        """Every version of the same document."""
        return DocumentoPubblicato.objects.filter(piano=self.piano_id, serie=self.serie)

    @property
    def fotografia(self) -> dict[str, Any]:
        """The photograph as plain data, figures as Decimal."""
        dati: dict[str, Any] = simplejson.loads(self.contenuto, use_decimal=True)
        return dati

    @property
    def cartella(self) -> Path:
        """Where the files of this version are."""
        return self.cartella_corrente / "versioni" / str(self.versione)

    @property
    def cartella_corrente(self) -> Path:
        """Where the files of the newest version are."""
        return Path(settings.DOCUMENTI) / self.piano.slug / self.serie

    @property
    def scade_il(self) -> date | None:
        if self.pubblicato_il is None:
            return None
        return date(self.pubblicato_il.year + 1 + ANNI_DI_PUBBLICAZIONE, 1, 1)
