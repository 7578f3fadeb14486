# SPDX-License-Identifier: AGPL-3.0-or-later
"""Constraints that many tables share, each with the sentence that people read."""

from functools import reduce
from operator import and_
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


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


def almeno(nome: str, condizione: Q, frase: Any) -> models.CheckConstraint:
    """What must hold of a row, with its sentence."""
    return models.CheckConstraint(name=nome, condition=condizione, violation_error_message=frase)
