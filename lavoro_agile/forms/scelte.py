# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a field of a form chooses among, said when the form is made."""

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.db.models import QuerySet


def fra_righe(form: forms.BaseForm, nome: str, righe: QuerySet[Any]) -> None:
    """The field chooses among those rows."""
    cast(forms.ModelChoiceField, form.fields[nome]).queryset = righe


def fra_voci(form: forms.BaseForm, nome: str, voci: Iterable[Any]) -> None:
    """The field chooses among those values, each with its name."""
    cast(forms.ChoiceField, form.fields[nome]).choices = list(voci)
