# SPDX-License-Identifier: AGPL-3.0-or-later
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def con_posto(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """A run is written again when it is done: with room beside it, on the page where it is."""
    _riempi(apps, schema_editor, "SET (fillfactor = 45)")


def come_prima(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    _riempi(apps, schema_editor, "RESET (fillfactor)")


def _riempi(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor, come: str) -> None:
    if schema_editor.connection.vendor == "postgresql":
        tabella = apps.get_model("obiettivi", "Calcolo")._meta.db_table
        schema_editor.execute(f"ALTER TABLE {schema_editor.quote_name(tabella)} {come}")


class Migration(migrations.Migration):
    dependencies = [("obiettivi", "0018_impronte")]

    operations = [migrations.RunPython(con_posto, come_prima)]
