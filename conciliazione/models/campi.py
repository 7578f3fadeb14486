# SPDX-License-Identifier: AGPL-3.0-or-later
"""What many tables of the conciliation share: amounts in euro, files kept apart."""

import hashlib
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from piani.models import Utente
from piani.models.vincoli import date_in_ordine, non_negativi, una_sola

__all__ = [
    "FileConservato",
    "date_in_ordine",
    "euro",
    "euro_o_niente",
    "impronta",
    "non_negativi",
    "una_sola",
]


def euro(nome: Any, **altro: Any) -> models.DecimalField:
    """An amount in euro, to the cent."""
    return models.DecimalField(nome, max_digits=14, decimal_places=2, **altro)


def euro_o_niente(nome: Any) -> models.DecimalField:
    """An amount that may not be known yet: empty is not zero."""
    return euro(nome, null=True, blank=True)


def impronta(contenuto: bytes) -> str:
    return hashlib.sha256(contenuto).hexdigest()


class FileConservato(models.Model):
    """A file kept in the private storage, served by a view only: see ``obiettivi.Prova``."""

    nome = models.CharField(_("nome"), max_length=200)
    tipo = models.CharField(_("tipo"), max_length=100)
    dimensione = models.PositiveIntegerField(_("dimensione (byte)"))
    sha256 = models.CharField(_("impronta"), max_length=64)
    caricato_da = models.ForeignKey(Utente, models.PROTECT, null=True, blank=True, related_name="+")
    caricato_il = models.DateTimeField(_("caricato il"), auto_now_add=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.nome
