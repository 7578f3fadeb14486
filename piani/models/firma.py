# SPDX-License-Identifier: AGPL-3.0-or-later
"""The signed PDF of a published document, with what its verification found."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from piani.models.documento import DocumentoPubblicato
from piani.models.incarico import Utente

NOME_FIRMATO = "documento-firmato.pdf"


class PdfFirmato(models.Model):
    """The document as it was published, signed (PAdES): its first bytes are the printed PDF.

    ``firme`` is the report of the verification, frozen: a certificate that expires later takes
    nothing away from a signature that held that day.
    """

    class Origine(models.TextChoices):
        CARICATO = "caricato", _("Firmato altrove e caricato")
        APPOSTO = "apposto", _("Firmato qui, con il sigillo dell'ente")

    documento = models.OneToOneField(DocumentoPubblicato, models.PROTECT, related_name="firmato")
    origine = models.CharField(_("origine"), max_length=10, choices=Origine)
    file = models.FileField(_("PDF firmato"), upload_to="firmati/%Y/", max_length=200)
    sha256 = models.CharField(_("impronta"), max_length=64)
    dimensione = models.PositiveIntegerField(_("dimensione (byte)"))
    firme = models.JSONField(_("verbale della verifica"))
    catena_verificata = models.BooleanField(
        _("catena verificata"),
        help_text=_("Ogni certificato risale a un'autorità di quelle configurate."),
    )
    verificato_il = models.DateTimeField(_("verificato il"), auto_now_add=True)
    da = models.ForeignKey(
        Utente, models.PROTECT, null=True, related_name="+", verbose_name=_("aggiunto da")
    )

    class Meta:
        verbose_name = _("PDF firmato")
        verbose_name_plural = _("PDF firmati")
        ordering = ["documento"]
        constraints = [
            models.CheckConstraint(
                name="pdf_firmato_con_impronta",
                condition=~Q(sha256="") & ~Q(firme=[]),
                violation_error_message=_("Un PDF firmato ha l'impronta e almeno una firma."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.documento} – {_('firmato')}"

    @property
    def verbale(self) -> list[dict[str, Any]]:
        """The signatures with their times as times, for who shows them."""
        tempi = ("quando", "valido_dal", "valido_al")
        return [
            una | {nome: parse_datetime(una[nome]) if una[nome] else None for nome in tempi}
            for una in self.firme
        ]

    @property
    def indirizzo(self) -> str:
        """Where anyone reads it, once its document is published."""
        return f"{self.documento.get_absolute_url()}{NOME_FIRMATO}"
