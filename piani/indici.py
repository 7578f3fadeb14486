# SPDX-License-Identifier: AGPL-3.0-or-later
"""Indexes that only one of the two databases has."""

from typing import Any

from django.contrib.postgres.indexes import BrinIndex
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import Index, Model


class IndiceAZone(BrinIndex):
    """A word for each range of pages (BRIN) on PostgreSQL, an ordinary index on SQLite.

    For a column whose equal values lie one after the other in the table: it finds them at next to
    no cost for who writes.
    """

    def create_sql(
        self,
        model: type[Model],
        schema_editor: BaseDatabaseSchemaEditor,
        using: str = "",
        **altro: Any,
    ) -> Any:
        if schema_editor.connection.vendor == "postgresql":
            return super().create_sql(model, schema_editor, using, **altro)
        return Index.create_sql(self, model, schema_editor, **altro)
