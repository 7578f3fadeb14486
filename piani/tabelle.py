# SPDX-License-Identifier: AGPL-3.0-or-later
"""Migrations that create many tables at once, without reading the whole model again for each.

After each operation Django renders again every model related to the one that changed, and here
nearly all are related: with two hundred models that is nearly all the time of a migration, and it
grows with the square of their number.
"""

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import Migration
from django.db.migrations.operations import AddConstraint, AddField, AddIndex, CreateModel
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

COMPLETANO = (AddConstraint, AddField, AddIndex)
"""What may follow in the list, on the tables that the list creates."""


class CreaTabelle(Operation):
    """Create tables as they are at the end of a list of operations, that only creates and completes
    them; raises ValueError for a list that does anything else.
    """

    def __init__(self, operazioni: list[Operation]) -> None:
        """``operazioni``: in the order in which they were written, that of the creation."""
        self.operazioni = operazioni
        self.nuove = [una for una in operazioni if isinstance(una, CreateModel)]
        nate: set[str] = set()
        for una in operazioni:
            if isinstance(una, CreateModel):
                nate.add(una.name_lower)
            elif not isinstance(una, COMPLETANO) or una.model_name_lower not in nate:
                raise ValueError(f"Non crea e non completa una tabella nuova: {una.describe()}.")

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Let go of what was rendered: it is rendered once, when it is next asked for."""
        state.__dict__.pop("apps", None)
        for una in self.operazioni:
            una.state_forwards(app_label, state)

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        for una in self.nuove:
            una.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        for una in reversed(self.nuove):
            una.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        return f"Create {len(self.nuove)} tables"


def tabelle_insieme(migrazione: type[Migration]) -> type[Migration]:
    """Of a migration that only creates tables, and completes them: create them in one go."""
    migrazione.operations = [CreaTabelle(migrazione.operations)]
    return migrazione
