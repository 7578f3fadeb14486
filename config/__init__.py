# SPDX-License-Identifier: AGPL-3.0-or-later
"""Wiring only: settings, addresses, Celery, WSGI. No rule of the domain lives here."""

from config.celery import app as celery_app
from config.memoria import un_solo_mucchio

__all__ = ["celery_app"]

un_solo_mucchio()
