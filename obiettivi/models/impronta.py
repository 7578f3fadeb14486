# SPDX-License-Identifier: AGPL-3.0-or-later
"""A short text in place of a long reading: equal readings have equal ones."""

from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.functions import MD5, Cast
from django.db.models.sql.compiler import SQLCompiler


class Impronta(MD5):
    """The MD5 of a JSON as PostgreSQL writes it, that says equal readings in one way.

    Nothing on SQLite, where the readings are compared as they are.
    """

    def __init__(self, campo: str) -> None:
        super().__init__(Cast(campo, models.TextField()))

    def as_sqlite(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **contesto: Any
    ) -> tuple[str, list[Any]]:
        return "NULL", []


def impronta_di(campo: str) -> models.GeneratedField:
    """The column that keeps the impronta of a JSON column; the database writes it."""
    return models.GeneratedField(
        expression=Impronta(campo),
        output_field=models.CharField(max_length=32, null=True),
        db_persist=True,
    )
