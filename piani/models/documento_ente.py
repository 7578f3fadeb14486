# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a body publishes that is no plan's document: attestations, amounts, tables of a year."""

from datetime import date
from typing import TYPE_CHECKING, Any

import simplejson
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from piani.models.azienda import Azienda
from piani.models.documento import ANNI_DI_PUBBLICAZIONE
from piani.models.incarico import Utente
from piani.models.vincoli import almeno, una_sola

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    Chi = Utente | AnonymousUser


class DocumentoEnteQuerySet(models.QuerySet["DocumentoEnte"]):
    def visibili_a(self, utente: "Chi") -> "DocumentoEnteQuerySet":
        """Those of the aziende that the person sees, published or not."""
        return self.filter(azienda__in=Azienda.objects.visibili_a(utente))

    def pubblicati(self) -> "DocumentoEnteQuerySet":
        return self.filter(pubblicato_il__isnull=False).select_related("azienda", "firmato")

    def in_mostra(self, oggi: date) -> "DocumentoEnteQuerySet":
        """What the public pages show: published, and its five years are not over."""
        return self.pubblicati().filter(pubblicato_il__year__gte=oggi.year - ANNI_DI_PUBBLICAZIONE)

    def correnti(self) -> "DocumentoEnteQuerySet":
        """The version in force of each."""
        return self.filter(sostituito_da__isnull=True)

    def da_stampare(self) -> "DocumentoEnteQuerySet":
        return self.filter(file="")


class DocumentoEnte(models.Model):
    """A version of a document of the body, frozen: ``contenuto`` is its photograph, every file
    comes from it alone (``piani.documenti_ente``). Never changed: a new version supersedes it.

    ``serie`` names the document through its versions (``attestazione-2026-05-31``).
    """

    azienda = models.ForeignKey(Azienda, models.PROTECT, related_name="documenti_ente")
    sezione_at = models.SlugField(_("sezione di Amministrazione Trasparente"), max_length=100)
    serie = models.SlugField(_("documento"), max_length=60)
    titolo = models.CharField(_("titolo"), max_length=250)
    anno = models.PositiveSmallIntegerField(_("anno di cui parla"))
    data_atto = models.DateField(_("data dell'atto"), null=True, blank=True)
    versione = models.PositiveSmallIntegerField(_("versione"))
    motivo = models.TextField(_("motivo della nuova versione"), blank=True)
    contenuto = models.TextField(_("fotografia"), help_text=_("JSON canonico."))
    sha256_contenuto = models.CharField(_("impronta della fotografia"), max_length=64)
    file = models.FileField(_("PDF"), upload_to="documenti-ente/%Y/", max_length=200, blank=True)
    sha256_pdf = models.CharField(_("impronta del PDF"), max_length=64, blank=True)
    pagine = models.PositiveSmallIntegerField(_("pagine"), null=True, blank=True)
    creato_il = models.DateTimeField(_("congelato il"), auto_now_add=True)
    creato_da = models.ForeignKey(Utente, models.PROTECT, null=True, blank=True, related_name="+")
    pubblicato_il = models.DateField(_("pubblicato il"), null=True, blank=True)
    sostituito_da = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="sostituisce"
    )

    objects = DocumentoEnteQuerySet.as_manager()

    class Meta:
        verbose_name = _("documento dell'ente")
        verbose_name_plural = _("documenti dell'ente")
        ordering = ["azienda_id", "-anno", "serie", "-versione"]
        constraints = [
            una_sola("documento_ente_versione_unica", ["azienda", "serie", "versione"],
                     _("Quella versione del documento esiste già.")),
            almeno("documento_ente_nuova_con_motivo", Q(versione=1) | ~Q(motivo=""),
                   _("Scrivi perché questa versione sostituisce quella di prima.")),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.titolo} – {_('versione')} {self.versione}"

    def get_absolute_url(self) -> str:
        """Its public page; the address of a file is this one with the file's name after it."""
        return reverse("documento_ente", args=[self.azienda.codice, self.serie, self.versione])

    @property
    def nome(self) -> str:
        """The title, as the other documents say it."""
        return self.titolo

    @property
    def della_serie(self) -> models.QuerySet["DocumentoEnte"]:
        """Every version of the same document."""
        return DocumentoEnte.objects.filter(azienda=self.azienda_id, serie=self.serie)

    @property
    def fotografia(self) -> dict[str, Any]:
        """The photograph as plain data, figures as Decimal."""
        dati: dict[str, Any] = simplejson.loads(self.contenuto, use_decimal=True)
        return dati

    @property
    def scade_il(self) -> date | None:
        if self.pubblicato_il is None:
            return None
        return date(self.pubblicato_il.year + 1 + ANNI_DI_PUBBLICAZIONE, 1, 1)
