# SPDX-License-Identifier: AGPL-3.0-or-later
"""The receipt of a PIAO sent to the Portale PIAO of the Dipartimento della funzione pubblica."""

from pathlib import PurePosixPath

from django.db import models
from django.db.models import Q
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from piani.models.incarico import Utente
from piani.models.piano import Piano


class RicevutaPortale(models.Model):
    """That the document of a PIAO was sent to the Portale (art. 6 c. 4 D.L. 80/2021): when, under
    which number, which version of it, and who recorded it.
    """

    piano = models.ForeignKey(Piano, models.PROTECT, related_name="ricevute_portale")
    data = models.DateField(_("data del caricamento"))
    protocollo = models.CharField(_("protocollo della ricevuta"), max_length=60)
    versione = models.PositiveIntegerField(_("versione del documento"))
    file = models.FileField(
        _("ricevuta"), upload_to="ricevute/%Y/", max_length=200, blank=True,
        help_text=_("Il file che il Portale rilascia."),
    )  # fmt: skip
    sha256 = models.CharField(_("impronta del file"), max_length=64, blank=True)
    registrata_da = models.ForeignKey(
        Utente, models.PROTECT, null=True, related_name="ricevute_portale"
    )
    registrata_il = models.DateTimeField(_("registrata il"), auto_now_add=True)

    class Meta:
        verbose_name = _("ricevuta del Portale PIAO")
        verbose_name_plural = _("ricevute del Portale PIAO")
        ordering = ["piano", "-data", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="ricevuta_portale_una_per_protocollo",
                fields=["piano", "protocollo"],
                violation_error_message=_("Quella ricevuta è già registrata."),
            ),
            models.CheckConstraint(
                name="ricevuta_portale_file_con_impronta",
                condition=Q(file="", sha256="") | (~Q(file="") & ~Q(sha256="")),
                violation_error_message=_("Il file di una ricevuta ha la sua impronta."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.protocollo}, {self.piano}"

    @property
    def nome_del_file(self) -> str:
        """What the file is called by who saves it: ``ricevuta-piao-2026-4711.pdf``."""
        estensione = PurePosixPath(self.file.name or "").suffix
        return f"ricevuta-{self.piano.slug}-{slugify(self.protocollo)}{estensione}"
