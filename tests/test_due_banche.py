# SPDX-License-Identifier: AGPL-3.0-or-later
"""What must hold on PostgreSQL and on the embedded SQLite alike."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

pytestmark = [pytest.mark.due_banche, pytest.mark.django_db]


def test_tutte_le_migrazioni_sono_applicate() -> None:
    esecutore = MigrationExecutor(connection)
    assert esecutore.loader.graph.leaf_nodes()
    assert esecutore.migration_plan(esecutore.loader.graph.leaf_nodes()) == []
