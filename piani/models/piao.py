# SPDX-License-Identifier: AGPL-3.0-or-later
"""The receipt of a PIAO sent to the Portale PIAO of the Dipartimento della funzione pubblica."""

from django.db import models
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
        ]

    def __str__(self) -> str:
        return f"{self.protocollo}, {self.piano}"
