# SPDX-License-Identifier: AGPL-3.0-or-later
"""The signed PDF of a published document, of a plan or of the body, with what its verification
found."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from piani.models.azienda import Azienda
from piani.models.documento import DocumentoPubblicato
from piani.models.documento_ente import DocumentoEnte
from piani.models.incarico import Utente

NOME_FIRMATO = "documento-firmato.pdf"
Firmabile = DocumentoPubblicato | DocumentoEnte


class PdfFirmatoQuerySet(models.QuerySet["PdfFirmato"]):
    def di(self, documento: Firmabile) -> "PdfFirmatoQuerySet":
        """That of a document, if it has one."""
        return self.filter(**{campo_di(documento): documento})


def campo_di(documento: Firmabile) -> str:
    """The field that a document stands in."""
    return "documento_ente" if isinstance(documento, DocumentoEnte) else "documento"


def ente_di(documento: Firmabile) -> Azienda:
    """Whose a document is."""
    di = documento if isinstance(documento, DocumentoEnte) else documento.piano
    return di.azienda


class PdfFirmato(models.Model):
    """The document as it was published, signed (PAdES): its first bytes are the printed PDF.

    ``firme`` is the report of the verification, frozen: a certificate that expires later takes
    nothing away from a signature that held that day.
    """

    class Origine(models.TextChoices):
        CARICATO = "caricato", _("Firmato altrove e caricato")
        APPOSTO = "apposto", _("Firmato qui, con il sigillo dell'ente")

    documento = models.OneToOneField(
        DocumentoPubblicato, models.PROTECT, null=True, blank=True, related_name="firmato"
    )
    documento_ente = models.OneToOneField(
        DocumentoEnte, models.PROTECT, null=True, blank=True, related_name="firmato"
    )
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

    objects = PdfFirmatoQuerySet.as_manager()

    class Meta:
        verbose_name = _("PDF firmato")
        verbose_name_plural = _("PDF firmati")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="pdf_firmato_con_impronta",
                condition=~Q(sha256="") & ~Q(firme=[]),
                violation_error_message=_("Un PDF firmato ha l'impronta e almeno una firma."),
            ),
            models.CheckConstraint(
                name="pdf_firmato_di_un_documento",
                condition=Q(documento__isnull=False) ^ Q(documento_ente__isnull=False),
                violation_error_message=_("Un PDF firmato è di un documento solo."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.firmabile} – {_('firmato')}"

    @property
    def firmabile(self) -> Firmabile:
        """The document that it is."""
        return self.documento or self.documento_ente  # type: ignore[return-value]

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
        return f"{self.firmabile.get_absolute_url()}{NOME_FIRMATO}"
