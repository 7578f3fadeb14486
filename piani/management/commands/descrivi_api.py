# SPDX-License-Identifier: AGPL-3.0-or-later
"""Writes docs/api/openapi.json again, from the code."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from drf_spectacular.generators import SchemaGenerator

from piani.api.doc import leggibile


class Command(BaseCommand):
    help = "Riscrive docs/api/openapi.json da ciò che il programma fa."

    def handle(self, *args: Any, **options: Any) -> None:
        file = settings.BASE / "docs" / "api" / "openapi.json"
        dati = SchemaGenerator(api_version="v1").get_schema(public=True)
        file.write_text(leggibile(dati))
        self.stdout.write(f"{file.relative_to(settings.BASE)}: {len(dati['paths'])} indirizzi")
