# SPDX-License-Identifier: AGPL-3.0-or-later
"""The logo of an azienda, for the cover of its documents."""

import base64
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from piani.models.azienda import Azienda
from piani.models.incarico import Utente

PESO_MASSIMO = 80_000
"""Bytes: it travels inside every page and every file of data of a document."""


class LogoAzienda(models.Model):
    """The logo as it is printed: a PNG written again by us, so that it holds nothing but a picture.

    A document keeps its own copy in the photograph: changing the logo changes no document of
    before.
    """

    azienda = models.OneToOneField(
        Azienda, models.CASCADE, related_name="logo", verbose_name=_("azienda")
    )
    png = models.BinaryField(_("immagine"), max_length=PESO_MASSIMO)
    larga = models.PositiveSmallIntegerField(_("larghezza in pixel"))
    alta = models.PositiveSmallIntegerField(_("altezza in pixel"))
    alternativa = models.CharField(
        _("testo alternativo"),
        max_length=200,
        help_text=_("Che cosa c'è nel logo, per chi non lo vede: «Logo dell'ASST di Prova»."),
    )
    caricato_il = models.DateTimeField(_("caricato il"), auto_now=True)
    da = models.ForeignKey(
        Utente, models.PROTECT, null=True, related_name="+", verbose_name=_("caricato da")
    )

    class Meta:
        verbose_name = _("logo dell'azienda")
        verbose_name_plural = _("loghi delle aziende")
        ordering = ["azienda"]
        constraints = [
            models.CheckConstraint(
                name="logo_con_alternativa",
                condition=~Q(alternativa=""),
                violation_error_message=_("Un logo ha il suo testo alternativo."),
            ),
        ]

    def __str__(self) -> str:
        return f"{_('Logo di')} {self.azienda}"

    def in_dati(self) -> dict[str, Any]:
        """The logo as a photograph keeps it: the picture itself, and what it says."""
        return {"png": self.in_base64, "alternativa": self.alternativa}

    @property
    def in_base64(self) -> str:
        return base64.b64encode(bytes(self.png)).decode("ascii")
