# SPDX-License-Identifier: AGPL-3.0-or-later
"""Tables emptied after a test that used more connections: only those with rows in them.

Django empties them all and then fills again what the migrations wrote, at every test: here there
are two hundred, and a test writes in twenty.
"""

from collections.abc import Iterator
from importlib import import_module

from django.apps import AppConfig, apps
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.test import TransactionTestCase

from lavoro_agile.models import SogliaDiLegge
from obiettivi.models import CriterioValidazione
from piani.models import ObbligoDiPubblicazione, TermineAdozione

DI_LEGGE = (
    ("piani", "0010_termini_e_pareri_di_legge", TermineAdozione),
    ("piani", "0019_obblighi_di_pubblicazione", ObbligoDiPubblicazione),
    ("obiettivi", "0012_termini_e_criteri_relazione", CriterioValidazione),
    ("lavoro_agile", "0002_legge", SogliaDiLegge),
)
"""Rows of the law that migrations write: app, migration, table."""
RESTANO = (ContentType, Permission)
"""What the installation writes and no test changes."""


def tabelle() -> Iterator[str]:
    """The tables of the models, with those of their relations, that a test may have written."""
    for modello in apps.get_models(include_auto_created=True):
        if modello._meta.managed and not modello._meta.proxy and modello not in RESTANO:
            yield modello._meta.db_table


def svuota(_prova: TransactionTestCase) -> None:
    """Delete every row. The references are looked at when all are gone, and there are none left."""
    con_righe = " UNION ALL ".join(
        f"SELECT '{nome}' WHERE EXISTS (SELECT 1 FROM {nome})"  # noqa: S608 -- our tables
        for nome in sorted(set(tabelle()))
    )
    with transaction.atomic(), connection.cursor() as cursore:
        cursore.execute(con_righe)
        for (nome,) in cursore.fetchall():
            cursore.execute(f"DELETE FROM {nome}")  # noqa: S608 -- our tables
    for app in {app for app, _migrazione, _modello in DI_LEGGE}:
        rimetti_la_legge(apps.get_app_config(app))


def rimetti_la_legge(sender: AppConfig, **altro: object) -> None:
    """Write again what the law says, where the tables were emptied: when Django does it, it says
    so as after a migration, but with no plan of migrations.
    """
    for app, migrazione, modello in DI_LEGGE:
        if "plan" not in altro and sender.name == app and not modello.objects.exists():
            import_module(f"{app}.migrations.{migrazione}").scrivi(apps, None)
