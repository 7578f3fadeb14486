# SPDX-License-Identifier: AGPL-3.0-or-later
"""What many tables of the conciliation share: amounts in euro, constraints, files kept apart."""

import hashlib
from functools import reduce
from operator import and_
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from piani.models import Utente


def euro(nome: Any, **altro: Any) -> models.DecimalField:
    """An amount in euro, to the cent."""
    return models.DecimalField(nome, max_digits=14, decimal_places=2, **altro)


def euro_o_niente(nome: Any) -> models.DecimalField:
    """An amount that may not be known yet: empty is not zero."""
    return euro(nome, null=True, blank=True)


def non_negativi(tabella: str, *campi: str) -> models.CheckConstraint:
    """None of these amounts is below zero."""
    condizioni = [Q(**{f"{uno}__isnull": True}) | Q(**{f"{uno}__gte": 0}) for uno in campi]
    return models.CheckConstraint(
        name=f"{tabella}_non_negativi",
        condition=reduce(and_, condizioni),
        violation_error_message=_("Numeri e importi non possono essere negativi."),
    )


def date_in_ordine(tabella: str, dal: str = "dal", al: str = "al") -> models.CheckConstraint:
    """A period does not end before it begins; an open end is allowed."""
    return models.CheckConstraint(
        name=f"{tabella}_date_in_ordine",
        condition=Q(**{f"{al}__isnull": True})
        | Q(**{f"{dal}__isnull": True})
        | Q(**{f"{al}__gte": models.F(dal)}),
        violation_error_message=_("La fine viene prima dell'inizio."),
    )


def una_sola(nome: str, campi: list[str], frase: Any, **altro: Any) -> models.UniqueConstraint:
    """There is one row for these fields."""
    return models.UniqueConstraint(name=nome, fields=campi, violation_error_message=frase, **altro)


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
